"""A provider for every test, and a look into the database beside the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.channels.fetch import Reach, configure, reach
from tests.support.elsewhere import person
from tests.support.listener import made
from tests.support.provider import House, place_of, providing
from tests.support.tls_server import Papers

__all__ = ["house", "made"]


@pytest.fixture
def house(app: Flask, made: Papers) -> Iterator[House]:
    before = reach()
    with providing(made) as found:
        configure(Reach(frozenset({place_of(found.issuer)}), str(made.authority)))
        found.people["u-1"] = person("Hilde Claes", "MeernetOnthaal")
        yield found
    configure(before)
