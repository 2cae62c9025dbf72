"""What may every test of services ask for?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.bound import bound, migrated
from tests.support.databases import Templates
from tests.support.listener import made, server
from tests.support.town import peopled

__all__ = ["made", "server", "store", "town"]


@pytest.fixture
def town(database_templates: Templates) -> Iterator[Flask]:
    """Zandlede with its people and the shipped definitions; once per kind of database."""
    url = database_templates.copy("town", peopled)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)


@pytest.fixture
def store(database_templates: Templates) -> Iterator[Flask]:
    """A migrated database with two municipalities and nothing in them; once per kind of database."""
    url = database_templates.copy("storage", migrated)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)
