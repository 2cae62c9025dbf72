"""What stands in a spreadsheet somebody brought, and how is one written that only shows?"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from app.engine.street_file import decoded
from app.services.errors import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
"""A spreadsheet is a zip: what would swell beyond this is not opened."""
MOST_ROWS = 20_000
MOST_COLUMNS = 200

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out instead of show."""
_QUOTED = re.compile(r"^'(?=[=+\-@])")
"""How we write what a spreadsheet would carry out."""

Sheet = Sequence[Sequence[str]]


def sheets(data: bytes) -> Mapping[str, Sheet]:
    """The sheets of an XLSX, XLS or ODS file, by their name in small letters.

    Raises ``Invalid``: ``sheet_size``, ``sheet_unreadable``.
    """
    _assert_small(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name.strip().lower(): _rows(book, name) for name in book.sheet_names}
    except (CalamineError, ZipError, ValueError, OSError):
        raise Invalid("sheet_unreadable") from None


def _assert_small(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Invalid("sheet_size", most="10 MB")
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                unpacked = sum(item.file_size for item in packed.infolist())
        except (zipfile.BadZipFile, ValueError):
            raise Invalid("sheet_unreadable") from None
        if unpacked > MOST_UNPACKED:
            raise Invalid("sheet_size", most="10 MB")


def _rows(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(cell: object) -> str:
    """A cell as its author sees it: no ``3.0`` for 3, dates in the order of ISO."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a list as text, each with the line it ends in (1 is the first): separated by semicolons, tabs or
    commas, whichever the heading has most of. Empty rows are left out."""
    text = unicodedata.normalize("NFC", text.lstrip("\ufeff")).replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=first.count))
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((reader.line_num, [_QUOTED.sub("", cell.strip()) for cell in cells]))
    except csv.Error:
        return found
    return found


def folded(text: str) -> str:
    """A heading or a word of a list, to be compared: small letters, one space, no apostrophes."""
    plain = text.casefold().replace("'", "").replace("’", "").strip()
    return " ".join(re.split(r"[\s_]+", plain))


def as_text(data: bytes) -> str:
    """A file as a list in text: what it says, or the first sheet of a workbook. Raises as ``sheets``."""
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        first = next(iter(sheets(data).values()), ())
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in first)
    return decoded(data)


def written(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a file for a spreadsheet: semicolons, no cell that it would take for a formula."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return paper.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
