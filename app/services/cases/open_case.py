"""How does a case begin: from a submission, or beside another case?

Everything happens in the transaction of who calls; sub-cases are opened with their own decision in the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.definitions.model.forms import Form
from app.definitions.model.workflows import Workflow
from app.engine import calendar, sharing, values
from app.engine.decide import decide
from app.engine.model import cases as engine
from app.engine.model.answers import Answers, FieldError
from app.engine.routing import never_to
from app.services import once
from app.services.cases import apply_decision, effects, referrals, session_links
from app.services.cases.apply_decision import Change
from app.services.cases.load_case import Desk, Pinned, pin
from app.services.errors import Invalid
from app.storage import counters, ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows, kept_rows
from app.texts import say

REVIEW = "review"
"""The key of the task and the event of a case that perhaps no person sent."""
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened over a stored submission. ``referrer`` is sealed with the case; ``number`` is drawn.

    ``new_person``: the row of ``person`` when it is not written yet; whoever gets the case follows that resident.
    """

    pinned: Pinned
    submission: int
    answers: Answers
    number: str
    received_at: datetime
    by: str = ""
    person: int | None = None
    new_person: Mapping[str, Any] = field(default_factory=dict)
    follows: str = ""
    parent: int | None = None
    target: str = ""
    holder: str = ""
    """Who is responsible, of a sub-case that stays with who has its case; ``neighbourhood`` is that case's."""
    neighbourhood: str = ""
    referrer: Mapping[str, str] = field(default_factory=dict)
    kept_from: frozenset[str] | None = None
    """Who may never get the case it is opened beside, and so not this one either; None: as the answers say."""
    review: bool = False
    """Perhaps no person sent it: it counts like any other, and somebody is asked to look."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened: the key, the snapshot after the decision, outbox ids due now, ``document:case`` to print."""

    key: int
    case: engine.Case
    wake: tuple[int, ...] = ()
    prints: tuple[str, ...] = ()


def series_of(pinned: Pinned) -> str:
    """The pattern of the numbers of this form or workflow: ``DVK-{year}-{seq}``."""
    return pattern_of(pinned.form, pinned.workflow)


def pattern_of(form: Form, workflow: Workflow) -> str:
    """The same for a form and workflow that no case is pinned to."""
    return form.number or workflow.number or f"{form.id[:3].upper()}-{{year}}-{{seq}}"


def number_of(tx: Transaction, pinned: Pinned, received_at: datetime) -> str:
    """The next number of the series of this form or workflow, in the local year of receipt."""
    return counters.numbered(
        tx, series_of(pinned), year=received_at.astimezone(pinned.world.calendar.zone).year
    )


def open_case(tx: Transaction, desk: Desk, opening: Opening) -> Opened:
    """Route, decide and write a case. Raises Invalid with the engine's code when nobody can take it."""
    pinned = opening.pinned
    key = ids.new_id()
    before = engine.Case(
        id=ids.to_text(key),
        workflow=pinned.workflow.id,
        form=pinned.form.id,
        received_at=opening.received_at,
        contact_point=opening.target,
        holder=opening.holder,
        neighbourhood=opening.neighbourhood,
        answers=opening.answers,
        contact_person=opening.follows,
        number=opening.number,
        parent=ids.to_text(opening.parent) if opening.parent is not None else "",
        kept_from=opening.kept_from or frozenset(),
    )
    decision = decide(
        pinned.workflow,
        pinned.form,
        before,
        engine.Submitted(by=opening.by),
        now=tx.now,
        world=pinned.world,
        contact_points=pinned.contact_points,
    )
    if decision.refusal:
        raise refused(decision.refusal)
    change = Change(key=key, version=0, by=opening.by, fresh=True)
    apply_decision.tell(change, "submitted", {"number": opening.number, "form": pinned.form.title})
    effects.gather(tx, pinned, change, decision)
    if opening.review:
        _ask_to_review(tx, pinned, change, decision.case)
    if opening.new_person:
        case_rows.insert_person(tx, {**opening.new_person, "contact_person": decision.case.holder})
    case_rows.insert(tx, _columns(tx, opening, key, change))
    kept_rows.put(tx, key, dict.fromkeys(never_to(pinned.workflow, decision.case), False))
    wake = apply_decision.write(tx, change)
    session_links.keep(tx, pinned, key, decision.case)
    return _with_sub_cases(tx, desk, opening, change, Opened(key, decision.case, tuple(wake)))


def _ask_to_review(tx: Transaction, pinned: Pinned, change: Change, case: engine.Case) -> None:
    """A small task for whoever got the case: is this real? Nothing is held back."""
    today = tx.now.astimezone(pinned.world.calendar.zone).date()
    task = engine.OpenTask(
        key=REVIEW,
        kind="note",
        label=say("reception.review", number=case.number),
        assignee=case.holder,
        due_on=calendar.on_or_after(pinned.world.calendar, today),
        why=engine.Why(
            contact_point=case.contact_point, neighbourhood=case.neighbourhood, code="responsible"
        ),
        contact_point=case.contact_point,
    )
    effects.open_task(tx, pinned, change, task)
    apply_decision.tell(change, REVIEW, {})


def open_sub_cases(
    tx: Transaction, desk: Desk, parent: Opening, change: Change
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Open what a decision asked for beside its case: outbox ids due now, documents to print."""
    wake: tuple[int, ...] = ()
    prints: tuple[str, ...] = ()
    for place, effect in enumerate(change.sub_cases, start=1):
        at = place, str(change.columns.get("neighbourhood", ""))
        opened = _open_sub_case(tx, desk, replace(parent, parent=change.key), effect, at)
        wake += opened.wake
        prints += opened.prints
        if effect.print:
            prints += (f"{effect.print}:{ids.to_text(opened.key)}",)
    return wake, prints


def _with_sub_cases(tx: Transaction, desk: Desk, opening: Opening, change: Change, opened: Opened) -> Opened:
    wake, prints = open_sub_cases(tx, desk, opening, change)
    return replace(opened, wake=opened.wake + wake, prints=prints)


def _open_sub_case(
    tx: Transaction, desk: Desk, parent: Opening, effect: engine.OpenCase, at: tuple[int, str]
) -> Opened:
    place, neighbourhood = at
    workflow = desk.catalog.workflow(effect.workflow)
    pinned = pin(desk, parent.pinned.form_version, workflow.id)
    carry = sharing.shared if effect.partner else _carried
    answers = carry(pinned.form, parent.answers, effect.carry)
    submission = store_submission(
        tx, pinned, answers, token=f"sub:{parent.submission}:{effect.key or place}"[:64], by=parent.by
    )
    if pinned.workflow.number:
        number = number_of(tx, replace(pinned, form=replace(pinned.form, number="")), parent.received_at)
    else:
        number = f"{parent.number}-{place}"
    opening = replace(
        parent,
        pinned=pinned,
        submission=submission,
        answers=answers,
        number=number,
        target=effect.target,
        holder=effect.holder,
        neighbourhood=neighbourhood,
        review=False,
        referrer=NOTHING,
        new_person=NOTHING,
        kept_from=_inherited(parent),
    )
    opened = open_case(tx, desk, opening)
    if effect.partner:
        referrals.keep(tx, opened.key, effect)
    return opened


def _inherited(parent: Opening) -> frozenset[str]:
    if parent.kept_from is not None:
        return parent.kept_from
    return never_to(parent.pinned.workflow, engine.Case("", "", "", answers=parent.answers))


def _carried(form: Form, answers: Answers, names: tuple[str, ...]) -> Answers:
    """The answers a sub-case gets: those named, or inside a block or matrix that is named."""
    del form
    return {
        key: value
        for key, value in answers.items()
        if any(key == name or key.startswith(f"{name}.") for name in names)
    }


def store_submission(
    tx: Transaction, pinned: Pinned, answers: Answers, *, token: str, by: str = "", audience: str = ""
) -> int:
    """Keep answers, sealed, under a token that was not used before; the key of the row."""
    key = ids.new_id()
    row = submission_row(tx, key, pinned.form_version, values.to_json(pinned.form, answers))
    row.update(token=token, by=by or None, audience=audience)
    case_rows.insert_submission(tx, row)
    return key


def submission_row(tx: Transaction, key: int, form_version: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row of answers as ``to_json`` gave them, without token, author and audience."""
    return {
        "municipality": tx.municipality,
        "id": key,
        "body_hash": once.body_hash(tx, form_version, data),
        "form_version": form_version,
        "sealed": tx.sealer.seal_json(("submission", key, "sealed"), data),
        "received_at": tx.now,
    }


def refused(refusal: engine.Refusal) -> Invalid:
    """A refusal of the engine as what leaves the services: its words stand in the error of the whole form."""
    words = say(f"refusals.{refusal.code}", **dict(refusal.params))
    return Invalid(refusal.code, errors=(FieldError("", refusal.code, refusal.params, message=words),))


def _columns(tx: Transaction, opening: Opening, key: int, change: Change) -> dict[str, Any]:
    pinned = opening.pinned
    sealed = (
        tx.sealer.seal_json(("cases", key, "referrer"), dict(opening.referrer)) if opening.referrer else None
    )
    return {
        "municipality": tx.municipality,
        "id": key,
        "number": opening.number,
        "version": 1,
        "form": pinned.form.id,
        "workflow": pinned.workflow.id,
        "form_version": pinned.form_version,
        "workflow_version": pinned.workflow_version,
        "submission": opening.submission,
        "person": opening.person,
        "parent": opening.parent,
        "controller": pinned.form.controller,
        "received_at": opening.received_at,
        "referrer": sealed,
        **change.columns,
    }
