"""How is the same statement run again and again without working it out each time?

SQLAlchemy compiles it once for a kind of database; after that the driver gets the finished text and the bound values.
Values are bound and read by the types of the columns, as everywhere else. This is for the few statements that every
request or submission runs, each an object that is made once: what is asked now and then goes through
``Transaction.execute``.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.storage.database import ReadOnly, Transaction
from app.storage.engines import refusal
from app.storage.models.base import Utc

Row = Mapping[str, Any]
Convert = Callable[[Any], Any] | None
MOST_ROWS = 50
"""Rows in one statement; more go in several, far from what either database takes in parameters."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A finished statement: ``parameters`` in the order of the text with how to bind each, ``known`` what they hold
    when the caller says nothing of them: numbers in the statement, defaults of the model."""

    text: str
    parameters: tuple[tuple[str, Convert], ...]
    known: Row

    def bound(self, values: Row) -> list[Any]:
        """``values`` as the driver takes them."""
        whole = {**self.known, **values} if self.known else values
        return [bind(whole[name]) if bind else whole[name] for name, bind in self.parameters]


@dataclass(frozen=True, slots=True)
class _Question:
    """A finished query: ``name`` makes a row of what was read, ``reads`` say how to read each column."""

    ready: _Ready
    name: Callable[..., Any]
    reads: tuple[Convert, ...]


def first(tx: Transaction, query: sa.Select[*tuple[Any, ...]], values: Row) -> Any:
    """The first row of a query, with its columns by name, or ``None``. Raises what ``Transaction.execute`` raises."""
    question = _question(tx.connection.dialect, query, tuple(values))
    row = _run(tx, question.ready.text, question.ready.bound(values), answers=True)
    if row is None:
        return None
    return question.name(
        *[read(value) if read else value for read, value in zip(question.reads, row, strict=True)]
    )


def write(tx: Transaction, statement: sa.Executable, values: Row) -> None:
    """Run a statement that writes and asks nothing back. Raises what ``Transaction.execute`` raises."""
    _demand_writing(tx)
    ready = _statement(tx.connection.dialect, statement, tuple(values))
    _run(tx, ready.text, ready.bound(values))


def answered(tx: Transaction, statement: sa.Executable, values: Row) -> tuple[Any, ...] | None:
    """The same for one that writes and returns at most one row, of plain numbers and texts: that row."""
    _demand_writing(tx)
    ready = _statement(tx.connection.dialect, statement, tuple(values))
    row: tuple[Any, ...] | None = _run(tx, ready.text, ready.bound(values), answers=True)
    return row


def insert_rows(tx: Transaction, into: sa.Table | sa.Insert, rows: Sequence[Row]) -> None:
    """Insert ``rows``, which all have the keys of the first; what they leave out takes the default of the model.

    ``into`` an insert says what happens when a unique key is taken. Raises what ``Transaction.execute`` raises.
    """
    _demand_writing(tx)
    for begin in range(0, len(rows), MOST_ROWS):
        some = rows[begin : begin + MOST_ROWS]
        text, ready = _rows(tx.connection.dialect, into, tuple(rows[0]), len(some))
        _run(tx, text, [value for row in some for value in ready.bound(row)])


def _demand_writing(tx: Transaction) -> None:
    if tx.readonly:
        raise ReadOnly


def _run(tx: Transaction, text: str, bound: list[Any], *, answers: bool = False) -> Any:
    dialect: Any = tx.connection.dialect
    raw: Any = tx.connection.connection.driver_connection
    cursor = raw.cursor() if dialect.name == "sqlite" else dialect.loaded_dbapi.RawCursor(raw)
    try:
        cursor.execute(text, bound)
        return cursor.fetchone() if answers else None
    except dialect.loaded_dbapi.Error as error:
        raise refusal(dialect, text, error) from error
    finally:
        cursor.close()


@lru_cache(maxsize=256)
def _statement(dialect: sa.Dialect, statement: sa.Executable, names: tuple[str, ...]) -> _Ready:
    compiled: Any = statement.compile(dialect=_numbered(dialect), column_keys=list(names))  # type: ignore[attr-defined]
    if compiled.post_compile_params:
        raise TypeError("a list of values makes another text each time")
    parameters = tuple((name, _bind(compiled.binds[name].type, dialect)) for name in compiled.positiontup)
    defaults = {column.name: _default(column) for column in compiled.insert_prefetch}
    known = {name: value for name, value in compiled.params.items() if name not in names} | defaults
    return _Ready(compiled.string, parameters, known)


@lru_cache(maxsize=256)
def _question(dialect: sa.Dialect, query: sa.Select[*tuple[Any, ...]], names: tuple[str, ...]) -> _Question:
    columns: list[Any] = list(query.selected_columns)
    reads = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    name = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]
    return _Question(_statement(dialect, query, names), name, reads)


@lru_cache(maxsize=256)
def _rows(
    dialect: sa.Dialect, into: sa.Table | sa.Insert, names: tuple[str, ...], count: int
) -> tuple[str, _Ready]:
    """The text for ``count`` rows, and how to bind each."""
    insert = sa.insert(into) if isinstance(into, sa.Table) else into
    one = _statement(dialect, insert, names)
    columns = {name: insert.table.c[name].type for name, _ in one.parameters}
    markers = [
        {name: sa.bindparam(f"{number}:{name}", type_=kind) for name, kind in columns.items()}
        for number in range(count)
    ]
    compiled: Any = insert.values(markers).compile(dialect=_numbered(dialect))
    return compiled.string, one


@lru_cache(maxsize=8)
def _numbered(dialect: sa.Dialect) -> sa.Dialect:
    """The dialect with parameters by number, as the driver sends them: psycopg rewrites named ones at every call."""
    return dialect if dialect.positional else type(dialect)(paramstyle="numeric_dollar")  # type: ignore[call-arg]


def _bind(kind: Any, dialect: sa.Dialect) -> Convert:
    bind: Convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if bind is not None and isinstance(kind, Utc):
        return lru_cache(maxsize=64)(bind)  # the rows of one decision hold the same few instants
    return bind


def _default(column: sa.Column[Any]) -> Any:
    """Only plain values: what is worked out a row belongs into the row."""
    default: Any = column.default
    if not default.is_scalar:
        raise TypeError(f"{column} has a default that is worked out")
    return default.arg
