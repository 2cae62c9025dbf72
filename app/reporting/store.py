"""Where do reports read, so that no answer is opened for them?

A Parquet file per municipality, month and table (``cases``: what every case has; a form's id: the options chosen in
it), with dictionary columns, sealed as a whole by the key of the municipality. It is made of the database and may be
thrown away at any time: what is missing, damaged or of another moment says ``Damaged``, and is made anew.

A file is written beside the old one and takes its place at once; the index, which says how far everything is, is
written last. Whoever dies in between does the same again.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from app.engine.reported import AMOUNT, FLAG

CASES = "cases"
KEY = "key"
"""The column that tells cases apart: a keyed number, not the one of the database."""
WHOLE = frozenset({"waited"})
"""Columns of whole numbers, or blank."""
_INDEX = "index"
_PART = re.compile(r"\d{4}-\d{2}/[a-z0-9_-]+")

Row = Mapping[str, Any]


class Damaged(Exception):
    """What is there is not what was written; ``part`` names the month and table, empty for all of it."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part or "all")
        self.part = part


@dataclass(frozen=True, slots=True)
class Lock:
    """How bytes are sealed and opened under a name; ``open`` raises ``Damaged`` for what was not sealed so."""

    seal: Callable[[str, bytes], bytes]
    open: Callable[[str, bytes], bytes]


@dataclass(slots=True)
class Index:
    """``seen``: the last event of the database that everything here knows; ``recent``: those of its last hour, as
    others may still come between; ``parts``: rows by ``2026-11/cases``; ``made``: which wording of each report its
    parts were made by."""

    seen: int
    parts: dict[str, int] = field(default_factory=dict)
    recent: set[int] = field(default_factory=set)
    made: dict[str, str] = field(default_factory=dict)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only one on this machine at the store in ``folder``; makes the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


class Store:
    """The files of one municipality; only for who holds ``writing``."""

    def __init__(self, folder: Path, lock: Lock) -> None:
        self._folder = folder
        self._lock = lock

    def index(self) -> Index:
        """How far everything is. Raises ``Damaged``."""
        try:
            raw = json.loads(self._lock.open(_INDEX, (self._folder / _INDEX).read_bytes()))
            return Index(
                int(raw["seen"]),
                {str(part): int(n) for part, n in raw["parts"].items()},
                set(raw["recent"]),
                dict(raw["made"]),
            )
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged from error

    def commit(self, index: Index) -> None:
        """Write the index: from here on the parts count as they are now."""
        content = {
            "seen": index.seen,
            "parts": index.parts,
            "recent": sorted(index.recent),
            "made": index.made,
        }
        self._put(_INDEX, json.dumps(content).encode())

    def clear(self) -> None:
        """Throw everything away, the index first."""
        (self._folder / _INDEX).unlink(missing_ok=True)
        for month in self._folder.glob("????-??"):
            shutil.rmtree(month)

    def read(self, index: Index, part: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A part, or of it the ``columns`` it has (``field=``: all options of a field); choices come as categories.

        Raises ``Damaged``.
        """
        path = self._path(part)
        try:
            content = self._lock.open(part, path.read_bytes())
            file = pq.ParquetFile(io.BytesIO(content))
            wanted = _wanted(file.schema_arrow.names, columns)
            table = file.read(columns=[KEY] if wanted == [] else wanted)
        except (FileNotFoundError, pa.ArrowException) as error:
            raise Damaged(part) from error
        if file.metadata.num_rows != index.parts.get(part):
            raise Damaged(part)
        data: pd.DataFrame = table.to_pandas()
        return data[[]] if wanted == [] else data  # as many rows as there are, with nothing in them

    def merge(self, index: Index, part: str, rows: Sequence[Row], gone: set[int]) -> None:
        """Put ``rows`` in the place of what has their key, and take out what is ``gone``. Raises ``Damaged``."""
        if not rows and not self.read(index, part, [KEY])[KEY].isin(list(gone)).any():
            return
        replaced = gone | {row[KEY] for row in rows}
        frames = [frame_of(rows)] if rows else []
        if part in index.parts:
            before = self.read(index, part)
            frames.insert(0, before[~before[KEY].isin(list(replaced))])
        self.put(index, part, pd.concat(frames, ignore_index=True) if frames else pd.DataFrame())

    def replace(self, index: Index, part: str, rows: Sequence[Row]) -> None:
        """Make a part anew of exactly these rows."""
        self.put(index, part, frame_of(rows) if rows else pd.DataFrame())

    def put(self, index: Index, part: str, data: pd.DataFrame) -> None:
        """Write a part whole; one without rows goes."""
        if data.empty:
            self._path(part).unlink(missing_ok=True)
            index.parts.pop(part, None)
            return
        made = io.BytesIO()
        table = pa.Table.from_pandas(typed(data), preserve_index=False)
        pq.write_table(table, made, compression="zstd")
        self._put(part, made.getvalue())
        index.parts[part] = len(data)

    def _put(self, name: str, content: bytes) -> None:
        """Whole or not at all, also when the machine stops."""
        path = self._folder / name if name == _INDEX else self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as fresh:
            fresh.write(self._lock.seal(name, content))
            fresh.flush()
            os.fsync(fresh.fileno())
        Path(fresh.name).replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, part: str) -> Path:
        if not _PART.fullmatch(part):
            raise ValueError("not a month and a table")
        return self._folder / f"{part}.parquet"


def _wanted(there: Sequence[str], columns: Sequence[str] | None) -> list[str] | None:
    if columns is None:
        return None
    return [
        name
        for name in there
        if name in columns or (FLAG in name and name.partition(FLAG)[0] + FLAG in columns)
    ]


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows to typed columns; what a row lacks is blank there."""
    return typed(pd.DataFrame.from_records(list(rows)))


def typed(data: pd.DataFrame) -> pd.DataFrame:
    """``key`` and whole numbers as numbers, ``field=option`` as yes or no (blank: no), all else as categories."""
    return pd.DataFrame({name: _typed(str(name), data[name]) for name in data.columns})


def _typed(name: str, column: pd.Series[Any]) -> pd.Series[Any]:
    if name == KEY:
        return column.astype("int64")
    if name in WHOLE:
        return column.astype("Int32")
    if name.startswith(AMOUNT):
        return pd.to_numeric(column).astype("float64")
    if FLAG in name:
        return column.astype("boolean").fillna(False).astype("bool")
    return column.astype("object").where(column.notna(), None).astype("category")
