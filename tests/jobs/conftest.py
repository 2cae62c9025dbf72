"""What may every test of jobs ask for?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.bound import bound
from tests.support.databases import Templates
from tests.support.town import peopled


@pytest.fixture
def town(database_templates: Templates) -> Iterator[Flask]:
    """Zandlede with its people and the shipped definitions; once per kind of database."""
    url = database_templates.copy("town", peopled)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)
