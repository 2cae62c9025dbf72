"""How does a list of statistics become figures per neighbourhood and year? Every row judged by itself, nothing written.

The columns are guessed from the heading; somebody may say otherwise. A list with people in it is refused whole: figures
from elsewhere are counts, and a column of names or national numbers has no business here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.engine.belgium import national_number
from app.services import spreadsheets

PLACE, YEAR, COUNT, RATE = "place", "year", "count", "rate"
COLUMNS = (PLACE, YEAR, COUNT, RATE)
"""What a column may be: a count of people (small ones are not kept), or a share or mean (kept as it is)."""
MOST_ROWS, MOST_COLUMNS = 5000, 40
FIRST_YEAR, LAST_YEAR = 1900, 2100
SMALL = 5
_PLACES = (
    "wijk",
    "buurt",
    "dorp",
    "deelgemeente",
    "statistische sector",
    "neighbourhood",
    "plaats",
    "gebied",
)
_YEARS = ("jaar", "year", "peiljaar", "jaartal")
_PEOPLE = frozenset(
    (
        *(
            "naam",
            "voornaam",
            "achternaam",
            "familienaam",
            "rijksregisternummer",
            "rijksregister",
            "insz",
            "rrn",
        ),
        *("bisnummer", "geboortedatum", "adres", "straat", "huisnummer", "telefoon", "telefoonnummer", "gsm"),
        *("e-mail", "email", "mail", "e-mailadres", "emailadres"),
    )
)
"""Words of a heading that speak of somebody."""
_NUMBER = re.compile(r"-?\d{1,3}(?:[ \u00a0.]\d{3})+(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_TOLD_SMALL = re.compile(r"<\s*5|\*|x|geheim|vertrouwelijk", re.IGNORECASE)
"""How sources write that a number is too small to tell."""
_SLUG = re.compile(r"[^a-z0-9]+")
Values = dict[tuple[str, int], float | None]


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong in line ``line`` (1 is the heading): text ``figures.list.<code>`` with ``params``."""

    line: int
    column: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One statistic of the list: number by neighbourhood and year, ``None`` for a small count. ``small``: how many."""

    name: str
    label: str
    values: Mapping[tuple[str, int], float | None]

    @property
    def small(self) -> int:
        """How many numbers are not kept because they are small."""
        return sum(value is None for value in self.values.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """``headings`` as they stood, ``columns`` what each was read as (``""``: left out), what was found, all problems.
    ``rows``: how many lines could be used."""

    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    rows: int = 0


@dataclass(slots=True)
class _Reading:
    places: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    seen: dict[tuple[str, int], int] = field(default_factory=dict)

    def tell(self, line: int, where: str, code: str, **params: str) -> None:
        self.problems.append(RowProblem(line, where, code, tuple(params.items())))


def read(text: str, places: Mapping[str, str], columns: Sequence[str] | None = None) -> Sheet:
    """Read a list with a heading; ``places`` are id -> label, either may be written.

    ``columns`` says what each column is (``COLUMNS`` or empty), in the order of the list; left out it is guessed.
    """
    lines = spreadsheets.lines(text)
    if not lines:
        return Sheet(problems=(RowProblem(1, "", "empty"),))
    headings = tuple(lines[0][1][:MOST_COLUMNS])
    people = _people(headings, lines[1:])
    if people:
        return Sheet(headings[:0], (), (), people)
    taken = tuple(columns) if columns is not None and len(columns) == len(headings) else _guessed(headings)
    reading = _Reading(
        {spreadsheets.folded(word): ref for ref, label in places.items() for word in (label, ref)}
    )
    for needed in (PLACE, YEAR):
        if taken.count(needed) != 1:
            reading.tell(1, needed, f"one_{needed}")
    if not {COUNT, RATE} & set(taken):
        reading.tell(1, "", "no_number")
    if len(lines) - 1 > MOST_ROWS:
        reading.tell(1, "", "too_many_rows", n=str(MOST_ROWS))
    if reading.problems:
        return Sheet(headings, taken, (), tuple(reading.problems))
    return _sheet(headings, taken, lines[1:], reading)


def _sheet(
    headings: tuple[str, ...],
    taken: tuple[str, ...],
    lines: Sequence[tuple[int, list[str]]],
    reading: _Reading,
) -> Sheet:
    wanted = [at for at, column in enumerate(taken) if column in (COUNT, RATE)]
    values: dict[int, Values] = {at: {} for at in wanted}
    rows = 0
    for number, cells in lines:
        row = [*cells, *[""] * (len(headings) - len(cells))]
        key = _key(number, row[taken.index(PLACE)], row[taken.index(YEAR)], reading)
        if key is None:
            continue
        rows += 1
        for at in wanted:
            _take(number, headings[at], row[at], reading, kept=values[at], key=key, count=taken[at] == COUNT)
    named = _names([headings[at] for at in wanted])
    found = tuple(
        Found(name, headings[at][:120], values[at])
        for name, at in zip(named, wanted, strict=True)
        if values[at]
    )
    return Sheet(headings, taken, found, tuple(sorted(reading.problems)), rows)


def _key(number: int, place: str, year: str, reading: _Reading) -> tuple[str, int] | None:
    ref = reading.places.get(spreadsheets.folded(place))
    if ref is None:
        reading.tell(number, PLACE, "place", typed=place[:80])
        return None
    if not (year.isdecimal() and FIRST_YEAR <= int(year[:4]) <= LAST_YEAR and len(year) == 4):
        reading.tell(number, YEAR, "year", typed=year[:20])
        return None
    first = reading.seen.setdefault((ref, int(year)), number)
    if first != number:
        reading.tell(number, PLACE, "twice", first=str(first))
        return None
    return ref, int(year)


def _take(
    number: int,
    heading: str,
    cell: str,
    reading: _Reading,
    *,
    kept: Values,
    key: tuple[str, int],
    count: bool,
) -> None:
    """Keep one number; an empty cell is no number and no mistake, a small count is marked and not kept."""
    if not cell:
        return
    if _TOLD_SMALL.fullmatch(cell):
        kept[key] = None
        return
    value = _number(cell)
    if value is None or (count and (value < 0 or value != int(value))):
        reading.tell(number, heading, "count" if count else "number", column=heading[:60], typed=cell[:40])
        return
    kept[key] = None if count and 0 < value < SMALL else value


def _number(cell: str) -> float | None:
    text = cell.removesuffix("%").strip()
    if not _NUMBER.fullmatch(text):
        return None
    if re.search(r"[ \u00a0]|\.\d{3}(?:\D|$)", text):
        text = re.sub(r"[ \u00a0.]", "", text)
    return float(text.replace(",", "."))


def _guessed(headings: Sequence[str]) -> tuple[str, ...]:
    taken: list[str] = []
    for heading in headings:
        plain = spreadsheets.folded(heading)
        what = COUNT if plain else ""
        if PLACE not in taken and plain in _PLACES:
            what = PLACE
        elif YEAR not in taken and plain in _YEARS:
            what = YEAR
        elif plain and (
            "%" in plain or any(word in plain for word in ("aandeel", "gemiddeld", "percentage"))
        ):
            what = RATE
        taken.append(what)
    return tuple(taken)


def _people(headings: Sequence[str], lines: Sequence[tuple[int, list[str]]]) -> tuple[RowProblem, ...]:
    """Whatever looks as if it were about somebody. What stood there is not repeated."""
    found = [
        RowProblem(1, "", "people", (("column", heading[:60]),))
        for heading in headings
        if _PEOPLE & set(re.split(r"[^\w-]+", spreadsheets.folded(heading)))
        and spreadsheets.folded(heading) not in _PLACES
    ]
    for number, cells in lines:
        if any(national_number.normalise(cell) or re.search(r"\S@\S+\.\S", cell) for cell in cells):
            found.append(RowProblem(number, "", "person"))
    return tuple(found)


def _names(labels: Sequence[str]) -> list[str]:
    """A name for each statistic, made of its heading: the same heading next year is the same series."""
    found: list[str] = []
    for label in labels:
        name = _SLUG.sub("_", spreadsheets.folded(label).replace("+", " plus")).strip("_")[:36] or "cijfer"
        while name in found:
            name += "_2"
        found.append(name)
    return found
