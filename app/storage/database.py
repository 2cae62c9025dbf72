"""How does a use case read and write? In one transaction of one municipality.

>>> with transaction("zandlede") as tx:                       # doctest: +SKIP
...     tx.execute(sa.insert(Task).values(municipality=tx.municipality, id=new_id(), ...))
...     tx.on_commit(lambda: hint(ids))

Needs an application context, as Flask-SQLAlchemy finds the engine by it. Statements are Core on the typed columns of
``storage.models``. On PostgreSQL beginning, naming the municipality and reading the clock are one round trip.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol, TypeVar, TypeVarTuple, overload

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import TypedReturnsRows

from app.storage import clock, engines
from app.storage.engines import StorageRefused, Unavailable
from app.storage.models import METADATA
from app.storage.models.base import Base
from app.storage.sealing import Keyring, Sealer

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None

db = SQLAlchemy(metadata=METADATA, disable_autonaming=True)
_log = logging.getLogger("meernet.storage")
_active: ContextVar[Transaction | None] = ContextVar("meernet_transaction", default=None)


class StorageSettings(Protocol):
    """What storage needs to know of an installation; ``app.config.Settings`` has it."""

    @property
    def environment(self) -> str: ...
    @property
    def database_url(self) -> str: ...
    @property
    def master_key(self) -> bytes: ...
    @property
    def clock_shift(self) -> timedelta: ...
    def masters(self) -> tuple[bytes, ...]: ...


class NestedTransaction(RuntimeError):
    """A transaction was begun inside another: a use case is one transaction."""


class ReadOnly(RuntimeError):
    """A transaction that only reads was asked to write."""


class Transaction:
    """What a service works with between BEGIN and COMMIT. Made by ``transaction`` only."""

    __slots__ = ("_hooks", "_keyring", "_sealer", "connection", "instant", "municipality", "readonly")

    def __init__(
        self,
        connection: sa.Connection,
        municipality: str,
        *,
        readonly: bool,
        instant: datetime,
        keyring: Keyring,
    ) -> None:
        self.connection = connection
        self.municipality = municipality
        self.readonly = readonly
        self.instant = instant
        """The database's clock when it began, unshifted: for leases, rate limits and sessions."""
        self._keyring = keyring
        self._sealer: Sealer | None = None
        self._hooks: list[Callable[[], None]] = []

    @property
    def now(self) -> datetime:
        """The clock people live by when it began; the same throughout the transaction."""
        return clock.shown(self.instant)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.connection.dialect.name

    @property
    def sealer(self) -> Sealer:
        """Seals and opens columns of this municipality; its key is made at the first use that writes."""
        if self._sealer is None:
            self._sealer = self._keyring.sealer(self)
        return self._sealer

    @overload
    def execute(
        self, statement: TypedReturnsRows[*Ts], parameters: Parameters = None
    ) -> sa.CursorResult[*Ts]: ...

    @overload
    def execute(
        self, statement: sa.Executable, parameters: Parameters = None
    ) -> sa.CursorResult[*tuple[Any, ...]]: ...

    def execute(self, statement: sa.Executable, parameters: Parameters = None) -> Any:
        """Run one statement; a list of parameters runs it once each."""
        if self.readonly and getattr(statement, "is_dml", False):
            raise ReadOnly
        return self.connection.execute(statement, parameters)

    def scalar(self, statement: sa.Executable, parameters: Parameters = None) -> Any:
        """The first column of the first row, or ``None``."""
        return self.execute(statement, parameters).scalar()

    def insert_new(self, model: type[Base], values: Mapping[str, Any]) -> bool:
        """Insert unless a unique key is taken; says whether it was inserted. Never raises for a duplicate.

        ``values`` are complete (``municipality`` too); defaults of the model apply.
        """
        return self.execute(_insert_new(self.dialect, model), dict(values)).first() is not None

    def on_commit(self, hook: Callable[[], None]) -> None:
        """Call ``hook`` after the commit, outside any transaction. Its errors are logged and go no further."""
        self._hooks.append(hook)

    def run_hooks(self) -> None:
        """For ``transaction`` alone."""
        for hook in self._hooks:
            try:
                hook()
            except Exception as error:
                _log.error("after-commit hook failed: %s", type(error).__name__)


def table_of(model: type[Base]) -> sa.Table:
    """The Core table of a model."""
    table = model.__table__
    assert isinstance(table, sa.Table)  # noqa: S101 - every model here is one table
    return table


def insert_into(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when a unique key is taken."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _insert_new(dialect: str, model: type[Base]) -> sa.Executable:
    table = table_of(model)
    return insert_into(dialect, table).on_conflict_do_nothing().returning(*table.primary_key)


@contextmanager
def transaction(municipality: str, *, readonly: bool = False) -> Iterator[Transaction]:
    """One transaction of ``municipality`` (its slug; ``""`` for the few tables that belong to none).

    Commits at the end and then runs the hooks; rolls back on any exception. Raises ``NestedTransaction`` inside
    another one, and ``Unavailable`` when the database is away, locked too long or chose us to break a deadlock:
    retrying is the caller's. Nothing slow (mail, HTTP, hashing of passwords) belongs in here.
    """
    if _active.get() is not None:
        raise NestedTransaction(municipality)
    engine = db.engine
    keyring = engines.store_of(engine).keyring
    with engines.begun(engine, municipality, readonly=readonly) as (connection, instant):
        tx = Transaction(connection, municipality, readonly=readonly, instant=instant, keyring=keyring)
        token = _active.set(tx)
        try:
            yield tx
        finally:
            _active.reset(token)
    tx.run_hooks()


@contextmanager
def reading(municipality: str) -> Iterator[Transaction]:
    """The transaction this thread is in, or else one that only reads: for caches that fill themselves on the way."""
    tx = _active.get()
    if tx is not None and tx.municipality == municipality:
        yield tx
        return
    with transaction(municipality, readonly=True) as fresh:
        yield fresh


def memory(name: str, make: Callable[[], T]) -> T:
    """What this process remembers of the bound database under ``name``; ``make`` makes it the first time."""
    found: T = engines.store_of(db.engine).memory.setdefault(name, make())
    return found


def init_app(app: Any, settings: StorageSettings) -> None:
    """Bind ``app`` (a Flask application) to its database; the first thing a factory does. Opens no connection.

    Sets the clock of the process too. ``assert_fit`` afterwards says whether the database may be used.
    """
    production = settings.environment == "production"
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engines.options(settings.database_url)
    db.init_app(app)
    clock.configure(shift=settings.clock_shift, movable=not production)
    with app.app_context():
        engines.equip(db.engine)
        keyring = Keyring(settings.master_key, settings.masters, reading=reading)
        engines.keep(db.engine, engines.Store(keyring, production))


def assert_fit() -> None:
    """Raise ``StorageRefused`` when the bound database does not hold what it must, ``Unavailable`` when it is away."""
    engine = db.engine
    engines.assert_fit(engine, production=engines.store_of(engine).production)


def in_transaction() -> bool:
    """Whether this thread is inside ``transaction``."""
    return _active.get() is not None


__all__ = [
    "NestedTransaction",
    "ReadOnly",
    "StorageRefused",
    "StorageSettings",
    "Transaction",
    "Unavailable",
    "assert_fit",
    "db",
    "in_transaction",
    "init_app",
    "insert_into",
    "memory",
    "reading",
    "table_of",
    "transaction",
]
