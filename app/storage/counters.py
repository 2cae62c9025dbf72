"""How does a series of numbers stay without doubles? It is drawn in the transaction that uses it.

A drawn number that is rolled back is drawn again by the next: numbers have no holes either.
"""

from __future__ import annotations

import re
from functools import cache

import sqlalchemy as sa

from app.storage import ready
from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import Counter

_TABLE = table_of(Counter)


def draw(tx: Transaction, series: str, year: int = 0) -> int:
    """The next number of ``series`` in ``year`` (0: a series over all years), from 1.

    On PostgreSQL others who draw from the same series wait until this transaction ends: draw late.
    """
    row = {"municipality": tx.municipality, "series": series, "year": year, "value": 1}
    drawn = ready.answered(tx, _draw(tx.dialect), row)
    assert drawn is not None  # noqa: S101 - an insert that turns into an update always returns its row
    return int(drawn[0])


def jump(tx: Transaction, series: str, year: int, value: int) -> None:
    """The next number of ``series`` comes after ``value``; a series that is past it already stays where it is."""
    row = {"municipality": tx.municipality, "series": series, "year": year, "value": value}
    tx.execute(_jump(tx.dialect), row)


@cache
def _jump(dialect: str) -> sa.Executable:
    statement = insert_into(dialect, _TABLE)
    higher = sa.case(
        (statement.excluded.value > _TABLE.c.value, statement.excluded.value), else_=_TABLE.c.value
    )
    return statement.on_conflict_do_update(
        index_elements=[_TABLE.c.municipality, _TABLE.c.series, _TABLE.c.year], set_={"value": higher}
    )


@cache
def _draw(dialect: str) -> sa.Executable:
    return (
        insert_into(dialect, _TABLE)
        .on_conflict_do_update(
            index_elements=[_TABLE.c.municipality, _TABLE.c.series, _TABLE.c.year],
            set_={"value": _TABLE.c.value + 1},
        )
        .returning(_TABLE.c.value)
    )


def numbered(tx: Transaction, pattern: str, *, year: int) -> str:
    """``BI-{year}-{seq}`` filled in with the next number; ``seq`` has at least five digits."""
    per_year = year if "{year}" in pattern else 0
    return pattern.format(year=year, seq=f"{draw(tx, pattern, per_year):05d}")


def matched(pattern: str, number: str) -> tuple[int, int] | None:
    """Year (0 without one) and place in the series of a number that ``numbered`` could have made; else ``None``."""
    shape = re.escape(pattern).replace(r"\{year\}", r"(?P<year>[0-9]{4})", 1)
    shape = shape.replace(r"\{seq\}", r"(?P<seq>[0-9]{5,9})", 1)
    found = re.fullmatch(shape, number)
    if found is None or "seq" not in found.groupdict():
        return None
    return int(found.groupdict().get("year") or 0), int(found["seq"])


def peek(tx: Transaction, series: str, year: int = 0) -> int:
    """The last number drawn; 0 when none was."""
    query = sa.select(Counter.value).where(
        Counter.municipality == tx.municipality, Counter.series == series, Counter.year == year
    )
    return int(tx.scalar(query) or 0)
