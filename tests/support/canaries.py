"""Markers planted in what people fill in, and everything that leaves the process, to be searched for them."""

from __future__ import annotations

import base64
import gzip
import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, quote_plus

import sqlalchemy as sa
from flask import Flask, Response, g, request
from redis import Redis

from app.definitions.model.forms import FieldType, Form
from app.storage.database import db, transaction
from app.storage.models import METADATA
from tests.documents import reading_pdf
from tests.support.bound import MUNICIPALITY
from tests.support.tls_server import Heard

Raw = dict[str, str | list[str]]
FREE = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Marker:
    """Words that stand nowhere else: ``klass`` is the privacy class of what they were filled in for."""

    text: str
    where: str
    klass: int

    def shapes(self) -> frozenset[str]:
        """The ways in which it may be written, in small letters: a number also without what parts it, each also as in
        an address and in base64, wherever it begins there."""
        bare = self.text.translate({ord(sign): None for sign in " .-/"})
        plain = (self.text, bare, f"+32{bare[1:]}") if bare.isdecimal() else (self.text,)
        written = {way(text) for text in plain for way in (str, quote, quote_plus)}
        return frozenset(text.lower() for text in (*written, *_in_base64(self.text)))


@dataclass(frozen=True, slots=True)
class Left:
    """Something that left the process: ``what`` kind it is, ``who`` got it, from ``where``."""

    what: str
    who: str
    where: str
    text: str


@dataclass(slots=True)
class Planted:
    """All markers of one test, by their text."""

    markers: dict[str, Marker] = field(default_factory=dict)

    def put(self, where: str, klass: int, text: str = "") -> str:
        """Words for one place; the same place gets other words each time."""
        words = text or f"Kanarie{_letters(len(self.markers))}zz"
        assert words not in self.markers
        self.markers[words] = Marker(words, where, klass)
        return words

    def filled(self, form: Form, name: str, raw: Raw) -> Raw:
        """``raw`` with a marker in every free text of a form that has nothing yet, and in the notes of its matrices."""
        found: Raw = {}
        for item in form.fields():
            if item.type in FREE and item.id not in raw and not item.limits.pattern:
                found[item.id] = self.put(f"{name}:{item.id}", item.privacy)
        return {**found, **raw}

    def in_text(self, text: str, least: int = 0) -> Iterator[Marker]:
        """The markers of at least class ``least`` that stand in it, whatever the case of their letters."""
        low = text.lower()
        for marker in self.markers.values():
            if marker.klass >= least and any(shape in low for shape in marker.shapes()):
                yield marker


def leaks(planted: Planted, left: Iterable[Left], *, least: int, but: Iterable[str] = ()) -> list[str]:
    """What stands where it may not; ``but``: texts of markers that may."""
    allowed, low = set(but), [(item, item.text.lower()) for item in left]
    everything = "\n".join(text for _, text in low)
    return sorted(
        {
            f"{item.what} to {item.who} from {item.where}: {marker.text} (class {marker.klass}, {marker.where})"
            for marker in planted.markers.values()
            if marker.klass >= least and marker.text not in allowed
            for shape in marker.shapes()
            if shape in everything
            for item, text in low
            if shape in text
        }
    )


def _in_base64(text: str) -> Iterator[str]:
    """How it stands in base64, after a number of bytes that leaves 0, 1 or 2 over; without the signs at both ends that
    belong to its neighbours too."""
    for before in range(3):
        whole = base64.b64encode(b"." * before + text.encode()).decode().rstrip("=")
        yield whole[(0, 2, 3)[before] : -1]


def _letters(number: int) -> str:
    """A number in letters, so that no other number is part of it."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")


# What leaves -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Wire:
    """Every request and answer of an application from now on. ``who`` is set by whoever drives it."""

    who: str = ""
    left: list[Left] = field(default_factory=list)

    def on(self, app: Flask) -> Wire:
        """Listen."""
        app.before_request(self._asked)
        app.after_request(self._answered)
        return self

    def of(self, *what: str, who: Iterable[str] = ()) -> list[Left]:
        """Only these kinds, to these people."""
        people = set(who)
        return [item for item in self.left if item.what in what and (not people or item.who in people)]

    def _asked(self) -> None:
        g.asked_by = self.who
        agent = " ".join(f"{name}: {value}" for name, value in request.headers if name == "Referer")
        self.left.append(Left("url", self.who, request.path, f"{request.full_path} {agent}"))

    def _answered(self, response: Response) -> Response:
        where = f"{request.method} {request.path} {response.status_code}"
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
        self.left.append(Left("headers", self.who, where, headers))
        if response.is_streamed or response.direct_passthrough:
            response.direct_passthrough = False
        body = response.get_data()
        self.left.append(Left("page", self.who, where, plain(body)))
        title = body.partition(b"<title>")[2].partition(b"</title>")[0]
        self.left.append(Left("title", self.who, where, title.decode("utf-8", "replace")))
        return response


@lru_cache(maxsize=200)
def plain(body: bytes) -> str:
    """What somebody reads who opens it: the words of a PDF, the files in an archive or a workbook, what was packed."""
    if body.startswith(b"%PDF-") and b"%%EOF" in body:
        return "\n".join(reading_pdf.words(body))
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(name + "\n" + plain(archive.read(name)) for name in archive.namelist())
    if body.startswith(b"\x1f\x8b"):
        return plain(gzip.decompress(body))
    return body.decode("utf-8", "replace")


def received(heard: Iterable[Heard]) -> list[Left]:
    """What another system got: address, headers and body."""
    return [
        Left("webhook", "receiver", item.path, "\n".join((item.path, str(item.headers), plain(item.body))))
        for item in heard
    ]


class Records(logging.Handler):
    """Everything that any logger says, as a server would write it, tracebacks too."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.left: list[Left] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.left.append(Left("log", "", record.name, self.format(record)))


def rows() -> list[Left]:
    """Every row of every table, sealed columns as the bytes they are."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [
            Left("table", "", table.name, _clear(row))
            for table in METADATA.sorted_tables
            if table.name != "definition_text"
            for row in tx.execute(sa.select(table)).mappings()
        ]


def _clear(row: sa.RowMapping) -> str:
    return "\n".join(
        f"{name}={value.decode('latin-1') if isinstance(value, bytes) else value}"
        for name, value in row.items()
    )


def hints(url: str) -> list[Left]:
    """Everything that stands in Redis."""
    with Redis.from_url(url) as connection:
        return [
            Left("redis", "", "dump", f"{key!r} {connection.dump(key)!r}") for key in connection.keys("*")
        ]


def files(folder: Path) -> list[Left]:
    """Every file of a folder, as bytes."""
    return [
        Left("file", "", item.name, item.read_bytes().decode("latin-1"))
        for item in folder.rglob("*")
        if item.is_file()
    ]


def database_files() -> list[Left]:
    """The database as it stands on disk, where it is a file."""
    if db.engine.dialect.name != "sqlite":
        return []
    path = Path(str(db.engine.url.database))
    return [
        Left("file", "", item.name, item.read_bytes().decode("latin-1"))
        for item in path.parent.glob(f"{path.name}*")
    ]
