"""How does a list of staff from a spreadsheet become people and what they hold?

``read_staff_csv`` judges every row by itself and touches nothing; ``staff_from_csv.py`` writes what was
read. Columns: naam, e-mail, telefoon, rollen, aanspreekpunten, wijken, dagen; only the first two are needed.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.definitions.model.workflows import ContactPoint
from app.definitions.vocabulary import ROLES
from app.engine.belgium import phone as phones
from app.services.access.passwords import looks_like_email
from app.texts import say

COLUMNS = ("name", "email", "phone", "roles", "points", "places", "days")
NEEDED = ("name", "email")
MOST_ROWS = 1000
LONGEST_NAME = 120
WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
EVERY_DAY = frozenset(range(5))
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("naam", "voornaam en naam", "medewerker", "name"),
    "email": ("e-mail", "email", "mail", "e-mailadres", "emailadres"),
    "phone": ("telefoon", "tel", "telefoonnummer", "gsm", "phone"),
    "roles": ("rollen", "rol", "roles"),
    "points": ("aanspreekpunten", "aanspreekpunt", "contact_points"),
    "places": ("wijken", "wijk", "dorpen", "dorp", "buurten", "neighbourhoods"),
    "days": ("dagen", "werkdagen", "weekdays"),
}
_BETWEEN = re.compile(r"\s*[,;/|+\n]\s*")
Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong in line ``line`` (1 is the heading); text ``studio_staff.csv.<code>`` with ``params``.

    ``column`` is one of ``COLUMNS``, or empty for the row or the file as a whole.
    """

    line: int
    column: str
    code: str
    params: Params = ()


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person, checked. ``points`` and ``places`` are ids; no places means everywhere."""

    line: int
    name: str
    email: str
    phone: str = ""
    roles: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class StaffRows:
    """The rows without a problem, in their order, and all problems by line."""

    rows: tuple[StaffRow, ...]
    problems: tuple[RowProblem, ...]


@dataclass(slots=True)
class _Reading:
    """What a row may name, and what was found wrong so far."""

    points: Mapping[str, str]
    places: Mapping[str, str]
    roles: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def tell(self, line: int, column: str, code: str, **params: str) -> None:
        self.problems.append(RowProblem(line, column, code, tuple(params.items())))


def read_staff_csv(
    text: str, points: Mapping[str, ContactPoint], places: Mapping[str, str], *, functions: Iterable[str] = ()
) -> StaffRows:
    """Read a list of staff: separated by semicolons, commas or tabs, with a heading in any order.

    ``points`` are the contact points by id, ``places`` neighbourhood id -> label; both may be written by id or by
    label. ``functions`` are roles of the municipality's own beside the closed list. Several values in one cell stand
    apart by a comma, a slash or a plus.
    """
    reading = _Reading(
        _by_word({ref: point.label for ref, point in points.items()}),
        _by_word(places),
        {
            **_by_word({role: say(f"studio_staff.role.{role}") for role in ROLES}),
            **_by_word(_same(functions)),
        },
    )
    lines = list(_cells(text))
    heading = _heading(lines, reading)
    if not heading:
        return StaffRows((), tuple(reading.problems))
    if len(lines) - 1 > MOST_ROWS:
        reading.tell(1, "", "too_many_rows", n=str(MOST_ROWS))
    rows = [_row(number, heading, cells, reading) for number, cells in lines[1 : MOST_ROWS + 1]]
    return StaffRows(tuple(row for row in rows if row), tuple(sorted(reading.problems)))


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every line that holds something."""
    text = unicodedata.normalize("NFC", text.lstrip("\ufeff")).replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        return


def _heading(lines: list[tuple[int, list[str]]], reading: _Reading) -> dict[str, int]:
    """Column -> place; empty when it cannot be read."""
    if not lines:
        reading.tell(1, "", "empty")
        return {}
    known = {spelling: column for column, all_of in _SPELLINGS.items() for spelling in all_of}
    found: dict[str, int] = {}
    for place, cell in enumerate(lines[0][1]):
        column = known.get(cell.casefold())
        if column:
            found.setdefault(column, place)
        elif cell:
            reading.tell(lines[0][0], "", "unknown_column", name=cell[:80])
    missing = [column for column in NEEDED if column not in found]
    for column in missing:
        reading.tell(lines[0][0], column, "missing_column", name=_SPELLINGS[column][0])
    return {} if missing else found


def _row(number: int, heading: Mapping[str, int], cells: list[str], reading: _Reading) -> StaffRow | None:
    before = len(reading.problems)
    taken = {column: cells[place] if place < len(cells) else "" for column, place in heading.items()}
    row = StaffRow(
        number,
        _name(number, taken["name"], reading),
        _email(number, taken["email"], reading),
        _phone(number, taken.get("phone", ""), reading),
        _words(number, "roles", taken.get("roles", ""), reading.roles, reading) or ("contact",),
        _words(number, "points", taken.get("points", ""), reading.points, reading),
        _words(number, "places", taken.get("places", ""), reading.places, reading),
        _days(number, taken.get("days", ""), reading),
    )
    if row.places and not row.points:
        reading.tell(number, "places", "places_alone")
    return row if len(reading.problems) == before else None


def _name(number: int, text: str, reading: _Reading) -> str:
    text = " ".join(text.split())
    if not text:
        reading.tell(number, "name", "no_name")
    elif len(text) > LONGEST_NAME:
        reading.tell(number, "name", "name_long", n=str(LONGEST_NAME))
    return text


def _email(number: int, text: str, reading: _Reading) -> str:
    email = text.lower()
    if not looks_like_email(email):
        reading.tell(number, "email", "email", typed=text[:80])
    elif email in reading.seen:
        reading.tell(number, "email", "email_twice", first=str(reading.seen[email]))
    else:
        reading.seen[email] = number
    return email


def _phone(number: int, text: str, reading: _Reading) -> str:
    if text and not phones.normalise(text):
        reading.tell(number, "phone", "phone", typed=text[:80])
    return text


def _words(
    number: int, column: str, text: str, known: Mapping[str, str], reading: _Reading
) -> tuple[str, ...]:
    """The ids behind the words of a cell, each once."""
    found: dict[str, None] = {}
    if _plain(text) in known:  # a label may hold a comma itself
        return (known[_plain(text)],)
    for word in filter(None, _BETWEEN.split(text)):
        ref = known.get(_plain(word))
        if ref is None:
            reading.tell(number, column, f"unknown_{column}", typed=word[:80])
        else:
            found[ref] = None
    return tuple(found)


def _days(number: int, text: str, reading: _Reading) -> frozenset[int]:
    """``ma di do``, ``ma-vr``, ``maandag, woensdag``; nothing means Monday to Friday."""
    found: set[int] = set()
    plain = re.sub(r"\s*[-–]\s*", "-", text.casefold())
    for word in filter(None, re.split(r"[\s,;/|+]+", plain)):
        first, _, last = word.partition("-")
        ends = [WEEK.index(part[:2]) if part[:2] in WEEK else -1 for part in (first, last or first)]
        if -1 in ends or ends[0] > ends[1]:
            reading.tell(number, "days", "days", typed=word[:80])
        else:
            found |= set(range(ends[0], ends[1] + 1))
    return frozenset(found) or EVERY_DAY


def _by_word(labels: Mapping[str, str]) -> dict[str, str]:
    """Id and label, in plain spelling -> id."""
    return {_plain(word): ref for ref, label in labels.items() for word in (label, ref)}


def _same(words: Iterable[str]) -> dict[str, str]:
    return {word: word.replace("_", " ") for word in words}


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text.casefold().strip()))


__all__ = ["COLUMNS", "RowProblem", "StaffRow", "StaffRows", "read_staff_csv"]
