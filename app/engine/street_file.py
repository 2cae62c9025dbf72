"""What does a street register in CSV say, and which of its rows cannot be used?

Columns ``straat;kant;van;tot;dorp`` and, where a name occurs twice, ``postcode``; separated by semicolons, commas or
tabs, in any order. ``kant`` is even, oneven or alle; an empty ``van`` is 1 and an empty ``tot`` the end of the street.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.engine.belgium.address import is_postcode
from app.engine.streets import BOTH, EVEN, ODD, StreetRange, fold

MOST_ROWS = 20_000
NAME_MOST, NUMBER_MOST = 120, 99_999
COLUMNS = {
    "street": ("straat", "straatnaam", "street"),
    "side": ("kant", "zijde", "even/oneven", "side"),
    "first": ("van", "vanaf", "from"),
    "last": ("tot", "tot en met", "t/m", "until"),
    "neighbourhood": ("dorp", "wijk", "buurt", "deelgemeente", "village"),
    "postcode": ("postcode",),
}
NEEDED = ("street", "neighbourhood")
_SIDES = {
    **dict.fromkeys(("", "alle", "beide", "allebei", "both"), BOTH),
    **dict.fromkeys(("even", "pair"), EVEN),
    **dict.fromkeys(("oneven", "odd"), ODD),
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was not taken: its ``line`` in the file (1 is the header) and a code with its words."""

    line: int
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StreetFile:
    """The rows that can be used, and what is wrong with the others."""

    ranges: tuple[StreetRange, ...]
    faults: tuple[RowFault, ...]


class _Unfit(Exception):
    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = tuple(params.items())


def decoded(content: bytes) -> str:
    """The text of a file as spreadsheets save it: UTF-8 with or without a mark, else Windows' own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_streets(text: str, neighbourhoods: Mapping[str, str]) -> StreetFile:
    """The stretches in ``text``; ``neighbourhoods`` are id -> label, a row may name either."""
    lines = text.splitlines()
    if len(lines) > MOST_ROWS + 1:
        return StreetFile((), (RowFault(0, "too_many_rows", (("max", str(MOST_ROWS)),)),))
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(lines[0] if lines else "")))
    columns = _columns(rows[0]) if rows else {}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        names = ", ".join(COLUMNS[name][0] for name in missing)
        return StreetFile((), (RowFault(1, "no_column", (("name", names),)),))
    places = {label.casefold(): name for name, label in neighbourhoods.items()} | {
        n: n for n in neighbourhoods
    }
    taken: list[StreetRange] = []
    faults: list[RowFault] = []
    known: dict[str, list[tuple[int, StreetRange]]] = {}
    for line, row in _written(rows):
        try:
            found = _range(
                {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}, places
            )
            _demand_apart(found, known.setdefault(fold(found.street), []))
        except _Unfit as problem:
            faults.append(RowFault(line, problem.code, problem.params))
            continue
        known[fold(found.street)].append((line, found))
        taken.append(found)
    return StreetFile(tuple(taken), tuple(faults))


def read_row(
    row: Mapping[str, str], neighbourhoods: Mapping[str, str], others: Iterable[StreetRange]
) -> StreetRange | RowFault:
    """One stretch typed by itself, its texts under the Dutch names of the columns; ``others`` have its name."""
    texts = {name: row.get(words[0], "").strip() for name, words in COLUMNS.items()}
    try:
        found = _range(texts, _places(neighbourhoods))
        _demand_apart(found, [(0, other) for other in others])
    except _Unfit as problem:
        return RowFault(0, problem.code, problem.params)
    return found


def _places(neighbourhoods: Mapping[str, str]) -> dict[str, str]:
    """A neighbourhood as somebody writes it -> its id."""
    return {label.casefold(): name for name, label in neighbourhoods.items()} | {n: n for n in neighbourhoods}


def _written(rows: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield line, row


def _delimiter(header: str) -> str:
    return max(";,\t", key=header.count)


def _columns(header: list[str]) -> dict[str, int]:
    written = [cell.strip().casefold() for cell in header]
    return {
        name: written.index(word)
        for name, words in COLUMNS.items()
        for word in (next((item for item in words if item in written), ""),)
        if word
    }


def _range(row: Mapping[str, str], places: Mapping[str, str]) -> StreetRange:
    street = " ".join(row["street"].split())
    if not street or len(street) > NAME_MOST or not fold(street):
        raise _Unfit("no_street")
    side = _SIDES.get(row.get("side", "").casefold())
    if side is None:
        raise _Unfit("side", typed=row["side"])
    first = _number(row.get("first", "")) or 1
    last = _number(row.get("last", ""))
    if last is not None and last < first:
        raise _Unfit("order", first=str(first), last=str(last))
    place = places.get(row["neighbourhood"].casefold())
    if place is None:
        raise _Unfit("neighbourhood", typed=row["neighbourhood"])
    postcode = row.get("postcode", "")
    if postcode and not is_postcode(postcode):
        raise _Unfit("postcode", typed=postcode)
    return StreetRange(street, side, first, last, place, postcode)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > NUMBER_MOST:
        raise _Unfit("number", typed=text[:20])
    return int(text)


def _demand_apart(found: StreetRange, others: list[tuple[int, StreetRange]]) -> None:
    """A house lies in one neighbourhood."""
    for line, other in others:
        if found.neighbourhood != other.neighbourhood and found.meets(other):
            raise _Unfit("overlap", line=str(line), street=found.street)
