"""How is a database opened so that it keeps its promises?

SQLite: WAL, synchronous FULL, BEGIN IMMEDIATE for writers, BEGIN for readers; refused when one is not in force.
PostgreSQL: one round trip begins, names the municipality for row-level security and reads the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import exc

from app.storage import clock, lite_file
from app.storage.refused import StorageRefused, Unavailable
from app.storage.sealing import Keyring

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit survives a power cut
    "busy_timeout": 15_000,
    "foreign_keys": 1,
    "trusted_schema": 0,
}
_ONLY = {True: " READ ONLY", False: ""}
_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,39}|")


@dataclass(frozen=True, slots=True)
class Store:
    """What goes with a database in use: the keys of its municipalities, and what was read once.

    It must not hold its engine, on which it is kept: neither would ever be let go."""

    keyring: Keyring
    production: bool
    memory: dict[str, Any] = field(default_factory=dict)
    """What this process remembers of the database: compiled definitions, the staff."""


_stores: WeakKeyDictionary[sa.Engine, Store] = WeakKeyDictionary()


def options(url: str) -> dict[str, Any]:
    """Arguments of ``create_engine`` for ``url``. Values never reach a log."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        return {"hide_parameters": True, "connect_args": {"timeout": 15, "isolation_level": None}}
    return {
        "hide_parameters": True,
        "isolation_level": "AUTOCOMMIT",  # BEGIN is ours, see begun
        "pool_recycle": 1800,
        "connect_args": {"connect_timeout": 5, "application_name": "meernet"},
    }


def equip(engine: sa.Engine) -> None:
    """Make every connection of ``engine`` behave as above, whoever opens it."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)


def keep(engine: sa.Engine, store: Store) -> None:
    """Remember what belongs to an engine, for as long as there is one."""
    _stores[engine] = store


def store_of(engine: sa.Engine) -> Store:
    """What ``keep`` remembered."""
    return _stores[engine]


def assert_fit(engine: sa.Engine, *, production: bool) -> None:
    """Raise ``StorageRefused`` unless durability (SQLite) or tenant separation (PostgreSQL) is in force."""
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                _assert_pragmas(connection)
                lite_file.assert_sound(connection)
            elif production:
                _assert_plain_role(connection)
    except exc.OperationalError as error:
        raise Unavailable from error
    except exc.DatabaseError as error:  # so broken that not even its settings can be read
        raise StorageRefused("broken", path=engine.url.database or "") from error


@contextmanager
def begun(
    engine: sa.Engine, municipality: str, *, readonly: bool
) -> Iterator[tuple[sa.Connection, datetime]]:
    """A connection inside a transaction, and the database's clock. Commits at the end, rolls back on an exception."""
    if not _SLUG.fullmatch(municipality):
        raise ValueError("not the name of a municipality")
    try:
        connection = _connect(engine, municipality, readonly=readonly)
        with connection:
            yield connection, connection.info["instant"]
            _commit(connection)
    except (exc.OperationalError, exc.TimeoutError) as error:
        raise Unavailable from error


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[tuple[sa.Connection, datetime]]:
    """A connection that only reads and sees one state of everything as long as it is open, and the database's clock.

    It belongs to no municipality yet. Raises ``Unavailable``.
    """
    chosen = engine.execution_options(readonly=True, snapshot=True)
    try:
        with chosen.connect() as connection, connection.begin():
            yield connection, connection.info["instant"]
    except (exc.OperationalError, exc.TimeoutError) as error:
        raise Unavailable from error


def _commit(connection: sa.Connection) -> None:
    """Commit. Where that fails the connection goes: SQLAlchemy takes the transaction for over and would hand it out
    again as it is, still holding the lock of a writer on SQLite."""
    try:
        connection.commit()
    except BaseException:
        connection.invalidate()
        raise


def _connect(engine: sa.Engine, municipality: str, *, readonly: bool) -> sa.Connection:
    """Begin; a pooled connection that died meanwhile is replaced once, as nothing has happened on it yet."""
    try:
        return _open(engine, municipality, readonly=readonly)
    except exc.OperationalError as error:
        if not error.connection_invalidated:
            raise
        engine.dispose(close=False)  # what died under one connection died under all that were idle
        return _open(engine, municipality, readonly=readonly)


def _open(engine: sa.Engine, municipality: str, *, readonly: bool) -> sa.Connection:
    connection = engine.connect().execution_options(municipality=municipality, readonly=readonly)
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragmas(dbapi_connection: Any, _record: object) -> None:
    cursor = dbapi_connection.cursor()
    for name, value in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.execute("PRAGMA journal_size_limit=67108864")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    chosen = connection.get_execution_options()
    readonly = bool(chosen.get("readonly"))
    if connection.dialect.name == "sqlite":
        connection.info["instant"] = _begin_sqlite(connection, readonly=readonly)
    else:
        how = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if chosen.get("snapshot") else _ONLY[readonly]
        connection.info["instant"] = _begin_postgresql(connection, chosen.get("municipality", ""), how)


def _begin_sqlite(connection: sa.Connection, *, readonly: bool) -> datetime:
    raw: Any = connection.connection.dbapi_connection
    text = "BEGIN" if readonly else "BEGIN IMMEDIATE"
    try:
        raw.execute(text).close()
    except raw.Error as error:
        raise refusal(connection.dialect, text, error) from error
    return clock.host()


def _begin_postgresql(connection: sa.Connection, municipality: str, how: str) -> datetime:
    """Two statements in one simple query are one round trip; ``municipality`` was checked to be a slug."""
    raw: Any = connection.connection.dbapi_connection
    cursor = raw.cursor()
    try:
        cursor.execute(
            f"BEGIN{how};SELECT set_config('app.municipality', '{municipality}', true), now()",
            prepare=False,
        )
        cursor.nextset()
        instant: datetime = cursor.fetchone()[1]
    except connection.dialect.loaded_dbapi.Error as error:
        gone = bool(raw.closed or raw.broken)
        if gone:
            connection.invalidate()
        raise exc.OperationalError("BEGIN", None, error, connection_invalidated=gone) from error
    finally:
        cursor.close()
    clock.learn(instant)
    return instant.astimezone(UTC)


def refusal(dialect: sa.Dialect, text: str, error: Exception) -> BaseException:
    """What SQLAlchemy raises for an error of the driver, for a statement that went past it."""
    base: Any = dialect.loaded_dbapi
    return exc.DBAPIError.instance(text, None, error, base.Error, hide_parameters=True, dialect=dialect)


def _assert_pragmas(connection: sa.Connection) -> None:
    for name, wanted in SQLITE_PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != wanted:
            raise StorageRefused("pragma", name=name, wanted=str(wanted), found=str(found))


def _assert_plain_role(connection: sa.Connection) -> None:
    mighty = connection.exec_driver_sql(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).scalar()
    if mighty:
        raise StorageRefused("mighty_role")


__all__ = [
    "SQLITE_PRAGMAS",
    "StorageRefused",
    "Store",
    "Unavailable",
    "assert_fit",
    "begun",
    "equip",
    "keep",
    "options",
    "refusal",
    "store_of",
]
