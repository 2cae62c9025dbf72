"""What do the tests of copies work with? A busy town, copies of it, and empty places to put them back in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.services.access import accounts
from app.services.municipality import setup
from app.services.safekeeping import copies
from app.services.safekeeping.copies import Key, Lock
from app.storage import age_file
from tests.support import town as zandlede
from tests.support.bound import MUNICIPALITY, bound
from tests.support.databases import Templates

VERSION = "1.2.3"
PASSWORD = "een zin van vijf woorden"
Elsewhere = Callable[[], AbstractContextManager[Flask]]
SECRET, PUBLIC = age_file.new_pair()


@pytest.fixture
def elsewhere(database_templates: Templates) -> Elsewhere:
    """Another, empty, migrated database of the same kind; a new one at every call."""

    @contextmanager
    def made() -> Iterator[Flask]:
        url = database_templates.copy("empty", empty)
        with bound(url) as app:
            yield app
        database_templates.server.drop_database(url)

    return made


def empty(url: str) -> None:
    """A migrated database in which nobody lives."""
    with bound(url) as app:
        setup.migrate(app)


def _busy(url: str) -> None:
    """Zandlede with three cases, and somebody who can sign in."""
    zandlede.peopled(url)
    with bound(url):
        joris = zandlede.actor("joris_maes").account
        accounts.set_password(accounts.operator(MUNICIPALITY), joris, PASSWORD, must_change=False)
        for n in range(3):
            zandlede.send_card(persoon__voornaam=f"Maria {n}")
        zandlede.settle()
        zandlede.send_card(persoon__voornaam="Maria, van wie nog niets vertrok")


@pytest.fixture
def busy(database_templates: Templates) -> Iterator[Flask]:
    """An application on such a database."""
    url = database_templates.copy("busy", _busy)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)


@pytest.fixture
def pair() -> tuple[Key, Lock]:
    """What opens a copy, and for whom it is written."""
    return copies.key_from(SECRET), copies.lock_for(PUBLIC)


_made: dict[str, bytes] = {}


@pytest.fixture
def copy(database_templates: Templates, tmp_path: Path, pair: tuple[Key, Lock]) -> Path:
    """A copy of such a database, made once for each kind."""
    target, kind = tmp_path / "kopie.age", database_templates.server.kind
    if kind not in _made:
        with bound(database_templates.copy("busy", _busy)):
            copies.back_up(target, pair[1], version=VERSION)
        _made[kind] = target.read_bytes()
        target.unlink()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(_made[kind])
    return target
