"""What does somebody at the desk give the resident to take home, on paper?

Two sheets: the statutory receipt of a case with a term of law, and the agreements of a conversation. Neither holds what
is of class 3. They are for who may read the case, and on the first day for who handed the form in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.definitions.model.forms import FieldType, Form
from app.engine import values
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.services.cases import case_work, relation
from app.services.cases.case_view import Contact, LimitLine
from app.services.cases.load_case import Desk, Loaded, Pinned, desk_of, due_of, key_of, load
from app.services.errors import Forbidden
from app.services.people import resident_codes, resident_links
from app.services.people.resident_links import OwnPage
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows

MOST_PRIVATE = 2
"""Class 3 (health, safety) never goes on paper that travels."""
FIRST_DAY = timedelta(hours=24)
_SAYS = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.DATE,
        FieldType.PERSON,
        FieldType.PARTNER,
        FieldType.YES_NO,
    }
)
"""Columns of an agreement that are printed; a choice could name a domain of class 3."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A question and its answer, ready to print."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement; the first line says what, the others who and when."""

    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class StatutoryReceipt:
    """The receipt of a question that starts a term of law. ``limits`` are those terms, the first first."""

    case: str
    number: str
    title: str
    received_at: datetime
    holder: Contact
    lines: tuple[PaperLine, ...]
    limits: tuple[LimitLine, ...]
    own: OwnPage | None = None
    """How the resident opens their own page."""


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """What was agreed, by the headings of the form. ``by`` is the contact person."""

    case: str
    number: str
    title: str
    received_at: datetime
    holder: Contact
    parts: tuple[tuple[str, tuple[Agreement, ...]], ...]
    own: OwnPage | None = None
    """How the resident opens their own page."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What there is to print for a case, and its first dates. ``receipts`` are (number, case id) of statutory ones."""

    first_due: date | None
    limits: tuple[LimitLine, ...]
    receipts: tuple[tuple[str, str], ...]
    agreements: bool


def of_case(actor: Actor, case_id: str) -> Papers:
    """See ``Papers``. Raises NotFound, Forbidden."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = _load(tx, desk, actor, case_id)
        beside = [
            load(tx, desk, row["id"]) for row in case_rows.linked(tx, loaded.row) if _is_child(row, loaded)
        ]
        today = tx.now.astimezone(loaded.pin.world.calendar.zone).date()
        open_days = [
            due_of(task) for task in loaded.tasks if task["state"] == "open" and not task["onlooker"]
        ]
        return Papers(
            first_due=min((day for day in open_days if day), default=None),
            limits=case_work.limits(loaded, today),
            receipts=tuple(
                (found.row["number"], ids.to_text(found.row["id"]))
                for found in (loaded, *beside)
                if _statutory(found.pin)
            ),
            agreements=bool(_agreements(loaded.pin, loaded.case.answers)),
        )


def receipt(actor: Actor, case_id: str) -> StatutoryReceipt:
    """The statutory receipt. Raises NotFound, also for a case without a term of law; Forbidden."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = _load(tx, desk, actor, case_id)
        if not _statutory(loaded.pin):
            raise Forbidden(str(Act.CASE_READ))
        today = tx.now.astimezone(loaded.pin.world.calendar.zone).date()
        terms = tuple(limit for limit in case_work.limits(loaded, today) if limit.statutory)
        own = _own(tx, loaded)
    _log(actor, loaded)
    row = loaded.row
    return StatutoryReceipt(
        case=ids.to_text(row["id"]),
        number=row["number"],
        title=loaded.pin.workflow.title,
        received_at=row["received_at"],
        holder=case_work.contact(row["holder"], loaded.pin),
        lines=tuple(_told(loaded.pin, loaded.case.answers)),
        limits=terms,
        own=own,
    )


def agreements(actor: Actor, case_id: str) -> AgreementSheet:
    """What was agreed. Raises NotFound, Forbidden."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = _load(tx, desk, actor, case_id)
        own = _own(tx, loaded)
    _log(actor, loaded)
    row = loaded.row
    return AgreementSheet(
        case=ids.to_text(row["id"]),
        number=row["number"],
        title=loaded.pin.form.title,
        received_at=row["received_at"],
        holder=case_work.contact(row["holder"], loaded.pin),
        parts=_agreements(loaded.pin, loaded.case.answers),
        own=own,
    )


def _load(tx: Transaction, desk: Desk, actor: Actor, case_id: str) -> Loaded:
    """The case, for who may read it or handed it in just now."""
    key = key_of(case_id)
    loaded = load(tx, desk, key)
    shared = relation.shared_with(history.entries(tx, key), relation.local_day(loaded.pin, tx.now))
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
    if _just_handed_in(tx, actor, loaded):
        return loaded
    named = Act.CASE_READ_RESTRICTED if relation.restricted(loaded.row, loaded.pin) else Act.CASE_READ
    if loaded.row[
        "blocked"
    ]:  # nothing to take along is printed any more; who may still read it gives a reason
        relation.demand_seen(actor, Act.CASE_FIND, found)
        raise Forbidden(str(Act.CASE_READ_BLOCKED))
    relation.demand_seen(actor, named, found)
    return loaded


def _own(tx: Transaction, loaded: Loaded) -> OwnPage | None:
    code = resident_codes.given(tx, loaded.row, loaded.pin.form)
    return resident_links.own_page(loaded.row["number"], code) if code else None


def _log(actor: Actor, loaded: Loaded) -> None:
    """Printing is reading."""
    with transaction(actor.municipality) as tx:
        event_rows.log_read(
            tx, account=actor.account, case=loaded.row["id"], act=str(Act.CASE_READ), reason=""
        )


def _just_handed_in(tx: Transaction, actor: Actor, loaded: Loaded) -> bool:
    if not actor.account or loaded.row["blocked"] or tx.now - loaded.row["received_at"] > FIRST_DAY:
        return False
    (submission,) = case_rows.submissions(tx, [loaded.row["submission"]])
    return bool(submission["by"] == actor.account)


def _is_child(row: dict[str, object], loaded: Loaded) -> bool:
    return bool(row["parent"] == loaded.row["id"])


def _statutory(pinned: Pinned) -> bool:
    return any(limit.statutory for limit in pinned.workflow.limits)


def _told(pinned: Pinned, answers: Answers) -> Iterable[PaperLine]:
    places = pinned.world.staffing.neighbourhoods
    for line in values.read_back(pinned.form, answers, neighbourhoods=places):
        if line.privacy <= MOST_PRIVATE and not line.silent and not line.group:
            yield PaperLine(line.label, line.text)


def _agreements(pinned: Pinned, answers: Answers) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    """The rows of each repeat whose rows become tasks, under the label of the repeat."""
    opened = {rule.each for rule in pinned.workflow.also if rule.each}
    found = []
    for field in pinned.form.fields():
        if field.id in opened and field.type is FieldType.REPEAT and field.privacy <= MOST_PRIVATE:
            rows = _rows(pinned.form, field.id, answers)
            if rows:
                found.append((field.label, rows))
    return tuple(found)


def _rows(form: Form, repeat: str, answers: Answers) -> tuple[Agreement, ...]:
    field = form.field(repeat)
    says = {child.id for child in field.fields if child.type in _SAYS} if field else set()
    rows: dict[int, list[PaperLine]] = {}
    for line in values.read_back(form, answers):
        head, _, column = line.id.rpartition(".")
        if line.row and head.partition(".")[0] == repeat and column in says and line.privacy <= MOST_PRIVATE:
            rows.setdefault(line.row, []).append(PaperLine(line.label, line.text))
    return tuple(Agreement(tuple(lines)) for _, lines in sorted(rows.items()))
