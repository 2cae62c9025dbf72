"""How are the rows of every submission written without working out their statement each time?

SQLAlchemy compiles an insert once for a dialect, a table and a set of columns; after that the driver gets the finished
text and the bound values. Values are bound by the types of the columns, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from app.storage.database import ReadOnly, Transaction

Row = Mapping[str, Any]
Bind = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A finished insert: ``columns`` in the order of the text with how to bind each; ``defaults`` of left-out ones."""

    text: str
    columns: tuple[tuple[str, Bind], ...]
    defaults: Row
    by_place: bool

    def bound(self, row: Row) -> Any:
        """The values of ``row`` as the driver takes them."""
        whole = {**self.defaults, **row} if self.defaults else row
        if self.by_place:
            return tuple([bind(whole[name]) if bind else whole[name] for name, bind in self.columns])
        return {name: bind(whole[name]) if bind else whole[name] for name, bind in self.columns}


def insert_rows(tx: Transaction, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert ``rows``, which all have the keys of the first; what they leave out takes the default of the model.

    Raises what ``Transaction.execute`` raises.
    """
    if tx.readonly:
        raise ReadOnly
    if not rows:
        return
    dialect = tx.connection.dialect
    ready = _ready(dialect, table, tuple(rows[0]))
    cursor = tx.connection.connection.cursor()
    try:
        if len(rows) == 1:
            cursor.execute(ready.text, ready.bound(rows[0]))
        else:
            cursor.executemany(ready.text, [ready.bound(row) for row in rows])
    except dialect.loaded_dbapi.Error as error:
        raise exc.DBAPIError.instance(
            ready.text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
        ) from error
    finally:
        cursor.close()


@lru_cache(maxsize=256)
def _ready(dialect: sa.Dialect, table: sa.Table, columns: tuple[str, ...]) -> _Ready:
    compiled: Any = sa.insert(table).compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup if compiled.positional else list(compiled.params)
    defaults = {column.name: _default(column) for column in compiled.insert_prefetch}
    binds = tuple((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names)
    return _Ready(compiled.string, binds, defaults, bool(compiled.positional))


def _default(column: sa.Column[Any]) -> Any:
    """Only plain values: what is worked out a row belongs into the row."""
    default: Any = column.default
    if not default.is_scalar:
        raise TypeError(f"{column} has a default that is worked out")
    return default.arg
