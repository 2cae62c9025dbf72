"""What is kept of somebody, over all forms: what they or others told, why, for how long, who got it and who read it.

Everything stands under a key, so that a person can black it out: a whole line, or words of it. What tells about
somebody else (``about: third_person`` of a field, or what it means) is left out unless a person lets it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.definitions.model.forms import THIRD_PERSON, FieldType, Form
from app.engine import calendar, retention, values
from app.engine.belgium import phone
from app.engine.facts_of import Reading
from app.services.campaigns import of_person
from app.services.cases import told
from app.services.cases.kept_answers import filled_forms, opened
from app.services.cases.load_case import Desk, Loaded, load
from app.services.definitions import catalogs
from app.services.people import persons
from app.storage import history, ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows, file_rows, person_rows, read_rows, referral_rows
from app.texts import has, say

THIRD = "resident.via"
"""What a field stands for that is about somebody else begins so; a chosen person is somebody else too. Also for what
was told before a field could say whom it is about."""
WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
BLACK = "█████"
PHONES = ("phone", "mobile")
MOST_READERS = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is kept. ``source``: who told it. ``hides``: about somebody else, left out unless somebody lets it
    out. ``free``: in somebody's own words, so that a person looks at it."""

    key: str
    label: str
    text: str
    source: str = ""
    hides: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Things under one heading: text ``keeping.part.<code>``, or the title of a form."""

    code: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class KeptCase:
    """One case: why it is kept and how long, and what is in it."""

    number: str
    title: str
    controller: str
    received_at: datetime
    closed_at: datetime | None
    basis: tuple[tuple[str, str], ...]
    term: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All of it. ``record``: what stands in the record of the person itself."""

    name: str
    record: Part
    cases: tuple[KeptCase, ...] = ()
    readers: tuple[tuple[datetime, str, str, str], ...] = ()
    """When, who, in which case (number) and why."""
    hidden: frozenset[str] = field(default_factory=frozenset)

    def items(self) -> Iterator[Item]:
        """Everything in it."""
        yield from self.record.items
        for case in self.cases:
            for part in case.parts:
                yield from part.items


def collect(tx: Transaction, desk: Desk, keys: list[int], language: str = "nl") -> PersonFile:
    """Everything of these records, which are one person; the records themselves are there (``NotFound`` otherwise)."""
    records = person_rows.many(tx, keys)
    first = records[keys[0]] if keys[0] in records else next(iter(records.values()))
    rows = person_rows.cases(tx, keys)
    readers = read_rows.of_persons(tx, keys, [row["id"] for row in rows], most=MOST_READERS)
    return PersonFile(
        name=persons.shown_name(first.kept),
        record=Part("record", "", (*_record(records, language), *_campaigns(tx, desk, records))),
        cases=tuple(_case(tx, desk, row, language) for row in rows),
        readers=_readers(desk, readers, language),
    )


def _readers(
    desk: Desk, found: list[read_rows.Read], language: str
) -> tuple[tuple[datetime, str, str, str], ...]:
    """Once a day, a reader, a case and a why: the last time."""
    zone = desk.world.calendar.zone
    once: dict[tuple[object, ...], tuple[datetime, str, str, str]] = {}
    for item in found:
        why = _why(item.act, language)
        key = (item.at.astimezone(zone).date(), item.account, item.number, why)
        once.setdefault(key, (item.at, item.who, item.number, why))
    return tuple(once.values())


def _record(records: Mapping[int, person_rows.Found], language: str) -> Iterator[Item]:
    for key, found in records.items():
        for name, text in found.kept.items():
            if text:
                label = say(
                    f"keeping.record.{name}" if has(f"keeping.record.{name}") else "keeping.record.other"
                )
                shown = phone.show(text) if name in PHONES else str(text)
                yield Item(f"record:{ids.to_text(key)}:{name}", label, shown)


def _campaigns(tx: Transaction, desk: Desk, records: Mapping[int, person_rows.Found]) -> Iterator[Item]:
    """Where they stand on a list of people to call or visit."""
    for key, label, text in of_person.lines(tx, desk, [found.kept for found in records.values()]):
        yield Item(key, label, text)


def _case(tx: Transaction, desk: Desk, row: Mapping[str, Any], language: str) -> KeptCase:
    loaded = load(tx, desk, row["id"])
    form = loaded.pin.form
    parts = (*_answers(tx, loaded, language), *_beside(tx, desk, loaded, language))
    return KeptCase(
        number=row["number"],
        title=loaded.pin.title,
        controller=row["controller"] or form.controller,
        received_at=row["received_at"],
        closed_at=row["closed_at"],
        basis=tuple((_basis(name, language), text) for name, text in form.legal_basis.items()),
        term=_term(tx, desk, loaded, language),
        parts=tuple(part for part in parts if part.items),
    )


def _answers(tx: Transaction, loaded: Loaded, language: str) -> Iterator[Part]:
    """Every revision of the form that opened it, and the forms behind its buttons."""
    sent = case_rows.revisions(tx, loaded.row["submission"])
    later = [ids.from_text(event["params"]["submission"]) for event in filled_forms(tx, loaded.row["id"])]
    for stored in case_rows.submissions(tx, [*sent, *later]):
        form = catalogs.cached_form(loaded.pin.municipality, stored["form_version"])
        who = told.name(stored["by"] or "", loaded.pin) or say(f"keeping.source.{_source(stored)}", language)
        items = tuple(_lines(form, opened(tx, stored, form), stored, who, loaded, language))
        title = (
            form.title
            if stored["revision"] == 1
            else say("keeping.revision", language, title=form.title, n=stored["revision"])
        )
        yield Part(ids.to_text(stored["id"]), title, items)


def _source(stored: Mapping[str, Any]) -> str:
    return stored["audience"] if stored["audience"] in ("referrer", "public") else "staff"


def _lines(  # noqa: PLR0917 - one submission and who reads it
    form: Form, answers: Any, stored: Mapping[str, Any], who: str, loaded: Loaded, language: str
) -> Iterator[Item]:
    every = frozenset(role for item in form.fields() for role in item.only_for)
    places = loaded.pin.world.staffing.neighbourhoods
    for line in values.read_back(form, answers, language, roles=every, neighbourhoods=places):
        field_ = form.field(line.id) or form.field(line.id.partition(".")[0])
        kind = field_.type if field_ is not None else FieldType.TEXT
        third = line.about == THIRD_PERSON or line.means.startswith(THIRD) or kind is FieldType.PERSON
        over = line.group or (line.section if line.means.startswith("referrer.") else "")
        label = f"{over.rstrip('?')}: {line.label}" if over else line.label
        key = f"answer:{ids.to_text(stored['id'])}:{line.id}"
        free = (kind in WORDS and not line.means) or kind is FieldType.REPEAT
        yield Item(key, label, line.text, who, hides=third, free=free)


def _beside(tx: Transaction, desk: Desk, loaded: Loaded, language: str) -> Iterator[Part]:
    """What was written down, sent, laid with it, passed on."""
    entries = history.entries(tx, loaded.row["id"], limit=5000)[::-1]
    noted = []
    for entry in entries:
        words = _words(entry.content)
        if words:
            line = told.line(entry, loaded, language).text
            who = told.name(entry.by, loaded.pin)
            noted.append(Item(f"event:{ids.to_text(entry.id)}", line, words, who, free=True))
    yield Part("noted", "", tuple(noted))
    yield Part("tasks", "", tuple(_tasks(tx, loaded)))
    papers = file_rows.of_case(tx, loaded.row["id"])
    yield Part(
        "papers", "", tuple(Item(f"file:{ids.to_text(one.id)}", one.name, one.kind.upper()) for one in papers)
    )
    yield Part("passed", "", tuple(_passed(tx, desk, loaded, entries, language)))


def _tasks(tx: Transaction, loaded: Loaded) -> Iterator[Item]:
    """What tasks say that lists may not show, and what was noted at their end."""
    for task in loaded.tasks:
        for name in ("told", "note"):
            if task[name]:
                text = tx.sealer.open_json(("task", task["id"], name), task[name])
                who = told.name(task["assignee"], loaded.pin)
                yield Item(f"task:{ids.to_text(task['id'])}:{name}", task["label"], str(text), who, free=True)


def _passed(
    tx: Transaction, desk: Desk, loaded: Loaded, entries: list[history.Entry], language: str
) -> Iterator[Item]:
    referral = referral_rows.get(tx, loaded.row["id"])
    if referral is not None and referral["round"]:
        yield Item(
            f"passed:{loaded.row['number']}",
            say("keeping.passed.partner", language),
            referral["partner"] + ": " + ", ".join(referral["shares"]),
        )
    for entry in entries:
        if entry.code == "shared":
            name = told.name(entry.params.get("account", ""), loaded.pin)
            key = f"passed:{ids.to_text(entry.id)}"
            yield Item(key, say("keeping.passed.colleague", language), name)


def _words(content: Any) -> str:
    """What was sealed with an event, as it reads."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return " · ".join(str(part) for name, part in content.items() if name != "field" and part)
    return ""


def _term(tx: Transaction, desk: Desk, loaded: Loaded, language: str) -> str:
    row = loaded.row
    rule = retention.rule_of(
        Reading(
            loaded.pin.form,
            loaded.case,
            calendar.local(desk.world.calendar, tx.now),
            reason=row["reason"],
        )
    )
    if rule is None:
        return say("keeping.term.open", language)
    return say(f"keeping.term.{rule.then}.{rule.after}", language, n=rule.months)


def _basis(name: str, language: str) -> str:
    code = f"keeping.basis.{name}"
    return say(code, language) if has(code) else name


def _why(act: str, language: str) -> str:
    code = f"working.read.{act.replace('.', '_')}"
    return say(code if has(code) else "working.read.other", language)
