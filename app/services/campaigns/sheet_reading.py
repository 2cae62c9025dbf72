"""What stands in a list that somebody brought: headings and rows, from CSV, XLSX, XLS or ODS?"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Field, FieldType
from app.services import spreadsheets
from app.services.errors import Invalid

MOST_ROWS = 5000
MOST_COLUMNS = 60
_PACKED = (b"PK", b"\xd0\xcf")
_GUESSES: Mapping[str, tuple[str, ...]] = {
    "resident.name": ("naam", "name", "voornaam en naam", "volledige naam", "naam en voornaam"),
    "resident.phone": ("tel", "telefoon", "telefoonnummer", "gsm", "nummer", "phone"),
    "resident.address": ("straat", "adres", "straat en nummer", "straat en huisnummer"),
    "case.neighbourhood": ("buurt", "wijk", "dorp", "dorp of wijk", "deelgemeente"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it came: its headings, and each row with its number in the sheet (the heading is 1)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(data: bytes) -> Listed:
    """Read a file. Raises ``Invalid``: ``list_empty``, ``list_rows``, ``list_unreadable``, ``sheet_size`` ..."""
    if len(data) > spreadsheets.MOST_BYTES:
        raise Invalid("sheet_size", most="10 MB")
    rows = _packed(data) if data[:2] in _PACKED else _plain(data)
    lines = [
        (number, tuple(unicodedata.normalize("NFC", cell.strip()) for cell in row[:MOST_COLUMNS]))
        for number, row in rows
        if any(cell.strip() for cell in row)
    ]
    if len(lines) < 2:
        raise Invalid("list_empty")
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid("list_rows", most=str(MOST_ROWS))
    return Listed(lines[0][1], tuple(lines[1:]))


def _packed(data: bytes) -> list[tuple[int, Sequence[str]]]:
    found = spreadsheets.sheets(data)
    first = next(iter(found.values()), ())
    return list(enumerate(first, 1))


def _plain(data: bytes) -> list[tuple[int, Sequence[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=first.count))
    try:
        return list(enumerate(reader, 1))
    except csv.Error:
        raise Invalid("list_unreadable") from None


def guessed(campaign: Campaign, heads: Sequence[str]) -> dict[str, int]:
    """Column -> place in the list, for the columns whose heading says so."""
    plain = [_word(head) for head in heads]
    found: dict[str, int] = {}
    for field in campaign.contacts.columns:
        for spelling in (field.label, field.id, *_GUESSES.get(field.means, ())):
            place = next((at for at, head in enumerate(plain) if head == _word(spelling)), None)
            if place is not None and place not in found.values():
                found[field.id] = place
                break
    return found


def cell(field: Field, text: str, places: Mapping[str, str]) -> str:
    """A cell as the field reads it: the label of an option, or the name of a neighbourhood, becomes its id."""
    if field.options is not None:
        known = {item.id: item.label for item in field.options.options}
    elif field.type is FieldType.NEIGHBOURHOOD:
        known = dict(places)
    else:
        return text
    word = _word(text)
    return next((key for key, label in known.items() if word in (_word(key), _word(label))), text)


def _word(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
