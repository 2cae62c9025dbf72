"""How does what ``dumping`` told come back? Into an empty database of the same schema, in one transaction.

Everything or nothing: a file that shows to be cut or changed half way leaves the database as empty as it was.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from app.storage import dumping
from app.storage.age_file import NotWhole
from app.storage.dumping import Manifest, Tally
from app.storage.models import METADATA
from app.storage.models.base import Utc

_AT_ONCE = 200


class OtherSchema(Exception):
    """The copy was made by another version; ``manifest`` says which."""

    def __init__(self, manifest: Manifest) -> None:
        super().__init__(manifest.revision)
        self.manifest = manifest


class Loader:
    """Takes the lines of a copy one by one; ``end`` says whether all of it came."""

    def __init__(self, connection: sa.Connection, revision: str) -> None:
        """``revision``: the schema of the database behind ``connection``, which is inside a transaction."""
        self._connection = connection
        self._revision = revision
        self._whole = hashlib.sha256()
        self._table: _Table | None = None
        self._count: Tally = {}
        self.manifest: Manifest | None = None
        self.tally: Tally | None = None

    def take(self, line: bytes) -> None:
        """One line without its end. Raises ``NotWhole`` and ``OtherSchema``."""
        try:
            said = json.loads(line)
            if self.manifest is None:
                self._begin(said)
            elif self.tally is not None:
                raise NotWhole
            elif isinstance(said, list) and self._table is not None:
                self._table.add(said, line + b"\n")
            elif "table" in said:
                self._next(*said["table"])
            else:
                self._check(said["end"], said["digest"])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise NotWhole from error
        self._whole.update(line + b"\n")

    def end(self) -> Tally:
        """What came, counted. Raises ``NotWhole`` when the end did not."""
        if self.tally is None or self.manifest is None:
            raise NotWhole
        return self.tally

    def _begin(self, said: Any) -> None:
        if said["meernet"] != dumping.FORMAT:
            raise NotWhole
        at = datetime.fromisoformat(said["at"])
        here = tuple(said["municipalities"])
        self.manifest = Manifest(said["version"], said["revision"], at, here, said["heads"])
        if said["revision"] != self._revision:
            raise OtherSchema(self.manifest)

    def _next(self, slug: str, name: str, columns: list[str]) -> None:
        self._close()
        dumping.enter(self._connection, slug)
        self._table = _Table(self._connection, METADATA.tables[name], columns, slug)

    def _close(self) -> None:
        if self._table is not None:
            self._table.close()
            counted = (self._table.count, self._table.digest.hexdigest())
            self._count.setdefault(self._table.slug, {})[self._table.table.name] = counted

    def _check(self, said: Any, digest: str) -> None:
        self._close()
        assert self.manifest is not None  # noqa: S101 - the first line was read
        told: Tally = {slug: {n: (c, d) for n, (c, d) in known.items()} for slug, known in said.items()}
        counted = {slug: self._count.get(slug, {}) for slug in self.manifest.municipalities}
        if not hmac.compare_digest(digest, self._whole.hexdigest()) or told != counted:
            raise NotWhole
        self.tally = told


class _Table:
    """The rows of one table of one municipality. What points into the table itself is set once all are there."""

    def __init__(self, connection: sa.Connection, table: sa.Table, columns: list[str], slug: str) -> None:
        self.table, self.columns, self.slug = table, columns, slug
        self.count, self.digest = 0, hashlib.sha256()
        self._connection = connection
        self._kinds = [table.c[name].type for name in columns]
        self._later = _points_to_itself(table)
        self._ready: list[dict[str, Any]] = []
        self._set: list[dict[str, Any]] = []

    def add(self, values: list[Any], line: bytes) -> None:
        """One row."""
        self.count += 1
        self.digest.update(line)
        given = zip(self.columns, values, self._kinds, strict=True)
        row = {name: back(value, kind) for name, value, kind in given}
        if any(row[name] is not None for name in self._later):
            self._set.append({f"_{name}": row[name] for name in (*_key(self.table), *self._later)})
        self._ready.append(row | dict.fromkeys(self._later))
        if len(self._ready) >= _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """All rows are there."""
        self._flush()
        if self._set:
            mine = [self.table.c[name] == sa.bindparam(f"_{name}") for name in _key(self.table)]
            new: dict[str, Any] = {name: sa.bindparam(f"_{name}") for name in self._later}
            self._connection.execute(sa.update(self.table).where(*mine).values(new), self._set)

    def _flush(self) -> None:
        if self._ready:
            self._connection.execute(sa.insert(self.table), self._ready)
            self._ready = []


def _key(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key]


def _points_to_itself(table: sa.Table) -> list[str]:
    keys = [key for key in table.foreign_key_constraints if key.referred_table is table]
    return sorted({name for key in keys for name in key.column_keys if name != "municipality"})


def back(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    """What ``dumping.plain`` wrote, for a column of this type."""
    if value is None:
        return None
    if isinstance(kind, Utc):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value, validate=True)
    for one, read in ((sa.Date, date.fromisoformat), (sa.Time, time.fromisoformat)):
        if isinstance(kind, one):
            return read(value)
    return value
