"""What may every test of storage ask for?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.bound import bound, migrated
from tests.support.databases import Templates


@pytest.fixture
def store(database_templates: Templates) -> Iterator[Flask]:
    """A migrated database with two municipalities, and the context to use it; once per kind of database."""
    url = database_templates.copy("storage", migrated)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Flask]:
    """The same on PostgreSQL alone, for what only it promises."""
    migrated(postgres_url)
    with bound(postgres_url) as app:
        yield app


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Flask]:
    """The same on SQLite alone."""
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    migrated(url)
    with bound(url) as app:
        yield app
