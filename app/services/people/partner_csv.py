"""How does a list of organisations from a spreadsheet become partners? Every row judged by itself, nothing written.

The columns are guessed from the heading; somebody may say otherwise. Several values in one cell stand apart by a
semicolon, a slash or a plus; contact persons are written as ``Naam (functie) telefoon e-mail``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.engine.model.answers import FieldError
from app.services import spreadsheets
from app.services.people.partner_record import ContactPerson, Partner, Protocol, faults, same_name

COLUMNS = (
    "name", "kind", "email", "phone", "website", "offer", "themes", "places", "people",
    "protocol_id", "protocol_url", "protocol_until", "review_on",
)  # fmt: skip
MOST_ROWS = 2000
MOST_COLUMNS = 60
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("naam", "organisatie", "naam organisatie", "name", "partner"),
    "kind": ("soort", "type", "kind"),
    "email": ("e-mail", "email", "mail", "e-mailadres", "emailadres"),
    "phone": ("telefoon", "tel", "telefoonnummer", "gsm", "phone"),
    "website": ("website", "site", "url", "web"),
    "offer": ("aanbod", "wat", "omschrijving", "beschrijving", "offer"),
    "themes": ("themas", "thema", "domeinen", "levensdomeinen", "themes"),
    "places": ("wijken", "wijk", "dorpen", "dorp", "buurten", "werkgebied", "regio", "places"),
    "people": ("contactpersonen", "contactpersoon", "contact", "mensen", "people"),
    "protocol_id": ("protocol", "protocolnummer", "protocol nummer", "protocol id"),
    "protocol_url": ("protocol adres", "protocol url", "adres protocol", "link protocol"),
    "protocol_until": ("protocol tot", "protocol vervalt", "einddatum protocol"),
    "review_on": ("nakijken op", "nazien op", "herzien op", "review"),
}
_BETWEEN = re.compile(r"\s*[;/|+\n]\s*")
_BETWEEN_PEOPLE = re.compile(r"\s*[;|\n]\s*")
"""A slash or a plus may stand in a telephone number."""
_EMAIL = re.compile(r"[^\s@()]+@[^\s@()]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ./-]{6,}[0-9]")
_FUNCTION = re.compile(r"\(([^)]*)\)")
Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong in line ``line`` (1 is the heading): text ``partners.csv.<code>`` with ``params``."""

    line: int
    column: str
    code: str
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation of the list, checked, with the line it stood in."""

    line: int
    partner: Partner


@dataclass(frozen=True, slots=True)
class Rows:
    """``headings`` as they stood, ``columns`` what each was read as (``""``: left out), the good rows, all problems."""

    headings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[RowProblem, ...] = ()


@dataclass(slots=True)
class _Reading:
    themes: Mapping[str, str]
    places: Mapping[str, str]
    kinds: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def tell(self, line: int, column: str, code: str, **params: str) -> None:
        self.problems.append(RowProblem(line, column, code, tuple(params.items())))


def read(
    text: str,
    *,
    themes: Mapping[str, str],
    places: Mapping[str, str],
    kinds: Mapping[str, str],
    columns: Sequence[str] | None = None,
) -> Rows:
    """Read a list: separated by semicolons, commas or tabs, with a heading in any order.

    ``themes``, ``places`` and ``kinds`` are id -> label, either may be written. ``columns`` says what each column is,
    in the order of the list; left out it is guessed.
    """
    reading = _Reading(_by_word(themes), _by_word(places), _by_word(kinds))
    lines = spreadsheets.lines(text)
    if not lines:
        return Rows(problems=(RowProblem(1, "", "empty"),))
    headings = tuple(lines[0][1][:MOST_COLUMNS])
    taken = tuple(columns) if columns is not None and len(columns) == len(headings) else _guessed(headings)
    if "name" not in taken:
        reading.tell(1, "name", "missing_name")
        return Rows(headings, taken, (), tuple(reading.problems))
    if len(lines) - 1 > MOST_ROWS:
        reading.tell(1, "", "too_many_rows", n=str(MOST_ROWS))
    found = (_row(number, taken, cells, reading) for number, cells in lines[1 : MOST_ROWS + 1])
    return Rows(headings, taken, tuple(row for row in found if row), tuple(sorted(reading.problems)))


def _guessed(headings: Iterable[str]) -> tuple[str, ...]:
    known = {spelling: column for column, all_of in _SPELLINGS.items() for spelling in all_of}
    taken: list[str] = []
    for heading in headings:
        column = known.get(spreadsheets.folded(heading), "")
        taken.append("" if column in taken else column)
    return tuple(taken)


def _row(number: int, columns: Sequence[str], cells: Sequence[str], reading: _Reading) -> Row | None:
    before = len(reading.problems)
    told = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    get = told.get
    partner = Partner(
        key="",
        name=" ".join(get("name", "").split()),
        kind=reading.kinds.get(spreadsheets.folded(get("kind", "")), get("kind", "")),
        email=get("email", "").lower(),
        phone=get("phone", ""),
        website=_address(get("website", "")),
        offer=get("offer", ""),
        themes=_words(number, "themes", get("themes", ""), reading.themes, reading),
        places=_words(number, "places", get("places", ""), reading.places, reading),
        people=tuple(_person(item) for item in _parts(get("people", ""), _BETWEEN_PEOPLE)),
        protocol=Protocol(
            get("protocol_id", ""),
            _address(get("protocol_url", "")),
            _day(number, "protocol_until", get("protocol_until", ""), reading),
        ),
        review_on=_day(number, "review_on", get("review_on", ""), reading),
    )
    for fault in faults(partner):
        reading.tell(number, fault.field, fault.code, **_told(fault))
    if partner.name:
        _twice(number, partner.name, reading)
    return Row(number, partner) if len(reading.problems) == before else None


def _told(fault: FieldError) -> dict[str, str]:
    return dict(fault.params)


def _twice(number: int, name: str, reading: _Reading) -> None:
    first = reading.seen.setdefault(same_name(name), number)
    if first != number:
        reading.tell(number, "name", "twice", first=str(first))


def _words(
    number: int, column: str, text: str, known: Mapping[str, str], reading: _Reading
) -> tuple[str, ...]:
    """The ids behind the words of a cell, each once; a comma parts them too where the whole is no label."""
    found: dict[str, None] = {}
    for part in _parts(text):
        pieces = (
            (part,) if spreadsheets.folded(part) in known else tuple(filter(None, re.split(r"\s*,\s*", part)))
        )
        for word in pieces:
            ref = known.get(spreadsheets.folded(word))
            if ref is None:
                reading.tell(number, column, f"unknown_{column}", typed=word[:80])
            else:
                found[ref] = None
    return tuple(found)


def _parts(text: str, between: re.Pattern[str] = _BETWEEN) -> tuple[str, ...]:
    return tuple(filter(None, between.split(text.strip())))


def _person(text: str) -> ContactPerson:
    """``An Peeters (onthaal) 0400 00 00 90 an@caw.example``, in any order after the name."""
    email, phone, function = _EMAIL.search(text), _PHONE.search(text), _FUNCTION.search(text)
    name = text
    for found in (email, phone, function):
        name = name.replace(found.group(0), " ") if found else name
    return ContactPerson(
        name=" ".join(name.replace(",", " ").split()),
        function=function.group(1).strip() if function else "",
        phone=phone.group(0) if phone else "",
        email=email.group(0).rstrip(",.") if email else "",
    )


def _day(number: int, column: str, text: str, reading: _Reading) -> date | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if text:
        reading.tell(number, column, "day", typed=text[:40])
    return None


def _address(text: str) -> str:
    return f"https://{text}" if text and "://" not in text else text


def _by_word(labels: Mapping[str, str]) -> dict[str, str]:
    return {spreadsheets.folded(word): ref for ref, label in labels.items() for word in (label, ref)}


__all__ = ["COLUMNS", "Row", "RowProblem", "Rows", "read"]
