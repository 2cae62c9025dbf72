"""How is everything in the database told, a line a row, at one instant?

One transaction that only reads sees one state of all municipalities, however many write meanwhile: BEGIN on SQLite in
WAL mode, REPEATABLE READ on PostgreSQL. It passes through the same row-level security as the application, one
municipality after the other, so that no role has to see more than one. The lines are the same on both databases.

    {"meernet": 1, "version", "revision", "at", "municipalities", …}
    {"table": [municipality, name, [column, …]]}     then [value, …] for every row
    {"end": {counts and digests per municipality and table}, "digest": of all lines before}
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.storage import engines
from app.storage.database import db
from app.storage.models import METADATA

FORMAT = 1
LEFT_OUT = frozenset({"heartbeat", "safekeeping", "outbox_hold", "session"})
"""What belongs to the place and not to the data. Whoever was signed in signs in again: who left since must stay out."""
_ROWS, _LARGE_ROWS = 1000, 20

Tally = dict[str, dict[str, tuple[int, str]]]
"""Municipality -> table -> number of rows and digest (SHA-256, hex) over them in the order of their key."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself. ``heads``: municipality -> what ``anchors.line`` says of its histories."""

    version: str
    revision: str
    at: datetime
    municipalities: tuple[str, ...]
    heads: Mapping[str, str] = field(default_factory=dict)


def tables() -> list[sa.Table]:
    """Every table that is copied, each after those it points to."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def own(table: sa.Table) -> sa.Column[Any]:
    """The column that says whose a row is."""
    return table.c.id if table.name == "municipality" else table.c.municipality


def municipalities(connection: sa.Connection) -> list[str]:
    """The slugs of all that live here."""
    column = METADATA.tables["municipality"].c.id
    return list(connection.execute(sa.select(column).order_by(column)).scalars())


def enter(connection: sa.Connection, municipality: str) -> None:
    """Go on as this municipality in the transaction at hand."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.set_config("app.municipality", municipality, True)))


def lines(connection: sa.Connection, manifest: Manifest, tell: Callable[[Tally], None]) -> Iterator[bytes]:
    """The whole copy; ``tell`` gets the tally at its end. ``connection`` is inside ``engines.snapshot``."""
    whole = hashlib.sha256()
    tally: Tally = {}
    head = {
        "meernet": FORMAT,
        "version": manifest.version,
        "revision": manifest.revision,
        "at": manifest.at.isoformat(),
        "municipalities": list(manifest.municipalities),
        "heads": dict(manifest.heads),
    }
    for line in _told(connection, head, manifest.municipalities, tally):
        whole.update(line)
        yield line
    tell(tally)
    yield _line({"end": tally, "digest": whole.hexdigest()})


def tally_of(connection: sa.Connection, slugs: Sequence[str]) -> Tally:
    """The tally of what stands in the database, read as for a copy."""
    tally: Tally = {}
    for _line_of_it in _told(connection, {}, slugs, tally):
        pass
    return tally


def _told(connection: sa.Connection, head: object, slugs: Sequence[str], tally: Tally) -> Iterator[bytes]:
    yield _line(head)
    for slug in slugs:
        enter(connection, slug)
        tally[slug] = {}
        for table in tables():
            count, digest = 0, hashlib.sha256()
            for line in _rows(connection, table, slug):
                if not count:
                    yield _line({"table": [slug, table.name, [column.name for column in table.columns]]})
                count += 1
                digest.update(line)
                yield line
            if count:
                tally[slug][table.name] = (count, digest.hexdigest())


def _rows(connection: sa.Connection, table: sa.Table, slug: str) -> Iterator[bytes]:
    large = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
    query = sa.select(table).where(own(table) == slug).order_by(*table.primary_key)
    streamed = query.execution_options(yield_per=_LARGE_ROWS if large else _ROWS)
    for row in connection.execute(streamed):
        yield _line([plain(value) for value in row])


def plain(value: Any) -> Any:
    """A value of a column as JSON has it; ``loading.back`` reverses it by the type of the column."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def snapshot() -> Any:
    """A connection that sees one state of the bound database as long as it is open, and the instant of it."""
    return engines.snapshot(db.engine)


def wrapped_keys(connection: sa.Connection, municipality: str) -> list[bytes]:
    """The wrapped keys of a municipality, to see whether the master key at hand opens them."""
    found: list[bytes] = []
    for name in ("data_key", "root_key"):
        table = METADATA.tables[name]
        found += connection.execute(
            sa.select(table.c.wrapped).where(table.c.municipality == municipality)
        ).scalars()
    return found
