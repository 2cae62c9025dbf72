"""Where is that case? Looked for in what the asker may see, and never in more.

By number anywhere, for whoever may know that a case exists. By name and by what was told only in the asker's own open
cases: those are opened one by one in memory, so only so many of them, and whoever finds one by something confidential
is in its read log. People with a case at a colleague's are found by their whole name only, as at the desk
(``people/persons.py``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine import references, values
from app.engine.likeness import Portrait
from app.engine.names import Name
from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Desk, desk_of
from app.services.cases.open_case import pattern_of
from app.services.definitions import catalogs
from app.services.errors import Forbidden, Invalid
from app.services.people import persons, residents
from app.services.people.persons import PersonLine
from app.services.people.sight import hidden
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows
from app.texts import say

LONGEST = 80
SHORTEST = 3
MOST_OPENED = 300
MOST_SHOWN = 50
_CONFIDENTIAL = 2
_LONG_NUMBER = 6
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """A case. ``called`` only in the asker's own; ``why`` says in words where it was found, never what stands there."""

    case: str
    number: str
    form_title: str
    state_label: str
    neighbourhood: str
    holder: str
    mine: bool
    why: tuple[str, ...]
    called: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A filter whose words were typed: ``field`` of ``Choice`` and its value."""

    field: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was found. ``opened`` of the asker's open cases were looked into (None: only numbers were looked at),
    ``whole``: that is all of them.

    ``people`` are known by this whole name; ``too_many``: too many people were looked up this hour."""

    text: str
    hits: tuple[Hit, ...]
    offered: tuple[Offered, ...]
    people: tuple[PersonLine, ...]
    opened: int | None
    whole: bool
    too_many: bool = False


def find(actor: Actor, text: str, language: str = "nl") -> Search:
    """Look for a number, a name, a place or words. Raises Forbidden for who may not even know that a case exists,
    Invalid (``search_short``) for too little to go by."""
    if not may(actor, Act.CASE_FIND, Relation.OTHER):
        raise Forbidden(str(Act.CASE_FIND))
    text = " ".join(text.split())[:LONGEST]
    wanted = folded(text)
    desk = desk_of(actor.municipality)
    by_number = any(sign.isdigit() for sign in text)
    if len(wanted) < SHORTEST and not by_number:
        raise Invalid("search_short")
    with transaction(desk.municipality, readonly=True) as tx:
        numbers = _numbers(tx, desk, text)
        hits = _numbered(tx, desk, actor, numbers, language)
        telephone = text.strip()[0] in "0+" and len(_digits(text)) >= _LONG_NUMBER
        inside = not numbers or telephone
        own = case_rows.open_of(tx, actor.account, most=MOST_OPENED + 1) if inside else []
        more, read = _own(tx, desk, own[:MOST_OPENED], wanted, language)
    _log(actor, read, language)
    people, too_many = _people(actor, text, by_number)
    return Search(
        text,
        _merged((*hits, *more))[:MOST_SHOWN],
        _offered(desk, wanted),
        people,
        min(len(own), MOST_OPENED) if inside else None,
        len(own) <= MOST_OPENED,
        too_many,
    )


def _numbers(tx: Transaction, desk: Desk, text: str) -> tuple[str, ...]:
    """The numbers of cases that could be meant."""
    year = tx.now.astimezone(desk.world.calendar.zone).year
    return references.candidates(text, _series(desk), (year, year - 1, year - 2))


def _numbered(
    tx: Transaction, desk: Desk, actor: Actor, numbers: tuple[str, ...], language: str
) -> list[Hit]:
    why = (say("queue_find.why.number", language),)
    return [
        _hit(desk, actor, row, why)
        for row in case_rows.numbered(tx, numbers, most=MOST_SHOWN)
        if not hidden(desk, actor, row)
    ]


def _series(desk: Desk) -> Iterable[str]:
    """The patterns of the numbers that run here."""
    for version in desk.catalog.workflows.values():
        if version.workflow.number:
            yield version.workflow.number
    for found in desk.catalog.forms.values():
        form = found.form
        flow = desk.catalog.workflows.get(form.workflow)
        if flow is not None:
            yield pattern_of(form, flow.workflow)


def _own(
    tx: Transaction, desk: Desk, cases: list[dict[str, Any]], wanted: str, language: str
) -> tuple[list[Hit], list[int]]:
    """Hits in cases of one's own, and those found by something confidential."""
    able = [row for row in cases if not row["blocked"]]
    kept = {row["id"]: row for row in case_rows.submissions(tx, [row["submission"] for row in able])}
    hits, read = [], []
    for row in able:
        why, secret, called = _looked_into(tx, desk, row, kept[row["submission"]], wanted, language)
        if why:
            hits.append(_hit(desk, None, row, why, called=called))
        if secret:
            read.append(row["id"])
    return hits, read


def _looked_into(  # noqa: PLR0917 - one look, all of it known
    tx: Transaction, desk: Desk, row: Row, submission: Row, wanted: str, language: str
) -> tuple[tuple[str, ...], bool, str]:
    """Why it is a hit, in words; whether by something confidential; the name."""
    form = catalogs.cached_form(desk.municipality, submission["form_version"])
    answers = opened(tx, submission, form)
    called = residents.listed(form, answers)
    why, secret = [], False
    if wanted in folded(f"{called} {residents.full_name(form, answers)}"):
        why.append(say("queue_find.why.name", language))
    for line in values.read_back(form, answers, language):
        if not line.silent and _stands_in(wanted, line.text):
            why.append(say("queue_find.why.answer", language, field=line.label))
            secret = secret or line.privacy >= _CONFIDENTIAL
    place = desk.world.staffing.neighbourhoods.get(row["neighbourhood"], "")
    for code, words in (("place", place), ("title", " ".join(row["label"].values()))):
        if words and wanted in folded(words):
            why.append(say(f"queue_find.why.{code}", language))
    return tuple(dict.fromkeys(why)), secret, called


def _hit(desk: Desk, actor: Actor | None, row: Row, why: tuple[str, ...], *, called: str = "") -> Hit:
    worker = desk.world.staffing.workers.get(row["holder"])
    return Hit(
        case=ids.to_text(row["id"]),
        number=row["number"],
        form_title=row["label"].get("form", ""),
        state_label=row["label"].get("state", ""),
        neighbourhood=desk.world.staffing.neighbourhoods.get(row["neighbourhood"], ""),
        holder=worker.name if worker else "",
        mine=actor is None or row["holder"] == actor.account,
        why=why,
        called=called,
    )


def _merged(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """One line a case, with everything it was found by."""
    found: dict[str, Hit] = {}
    for hit in hits:
        before = found.get(hit.case)
        if before is None:
            found[hit.case] = hit
        else:
            why = tuple(dict.fromkeys((*before.why, *hit.why)))
            found[hit.case] = Hit(**{**_plain(hit), "why": why, "called": hit.called or before.called})
    return tuple(found.values())


def folded(text: str) -> str:
    """Without capitals, accents and needless spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _stands_in(wanted: str, text: str) -> bool:
    """Whether the words stand there; a telephone number also with other spaces and dots."""
    if wanted in folded(text):
        return True
    digits = _digits(wanted)
    return len(digits) >= _LONG_NUMBER and digits in _digits(text)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _plain(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in Hit.__slots__}


def _log(actor: Actor, cases: list[int], language: str) -> None:
    if not cases:
        return
    reason = say("queue_find.read", language)
    with transaction(actor.municipality) as tx:
        for case in cases:
            event_rows.log_read(tx, account=actor.account, case=case, act=str(Act.CASE_READ), reason=reason)


def _people(actor: Actor, text: str, by_number: bool) -> tuple[tuple[PersonLine, ...], bool]:
    """Who is known by this whole name; a single word is no whole name."""
    if by_number or len(text.split()) < 2 or not may(actor, Act.PERSON_FIND):
        return (), False
    try:
        return tuple(persons.find(actor, Portrait(Name(whole=text)))), False
    except Invalid as problem:
        return (), problem.code == "search_too_many"


def _offered(desk: Desk, wanted: str) -> tuple[Offered, ...]:
    """Places, contact points and kinds of case that are called like this."""
    points = {ref: point.label for ref, point in desk.catalog.contact_points.items()}
    forms = {ref: version.form.title for ref, version in desk.catalog.forms.items() if version.form.workflow}
    known = (
        ("neighbourhood", desk.world.staffing.neighbourhoods),
        ("contact_point", points),
        ("dossier", forms),
    )
    return tuple(
        Offered(field, ref, label)
        for field, labels in known
        for ref, label in labels.items()
        if len(wanted) >= SHORTEST and wanted in folded(label)
    )
