"""Which cases can be chosen in a field, and what happens to those that were?

Whoever chooses must be allowed to read them. Each keeps its own holder, terms and retention; a button of the one may
press a button of the others, all of them or none, in the transaction of that press.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.definitions.model.bonds import Cases, Link
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.workflows import Action
from app.engine import values
from app.engine.model.answers import Answers, FieldError
from app.engine.model.cases import Acted
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.case_beside import Along
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import KEPT_FROM, Desk, Loaded, desk_of, load, pin
from app.services.cases.move_case import move
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.storage.database import Transaction, transaction
from app.storage.repositories import bond_rows, case_rows, event_rows, match_rows
from app.storage.repositories.event_rows import NewEvent
from app.texts import say

MOST_OFFERED = 500
"""As many as a list of boxes with a search field can still hold."""
BONDED, BONDED_HERE, PRESSED_HERE = "bonded", "bonded_here", "bond_pressed"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that can be chosen; ``label`` says what may be shown of it (class 0 and 1)."""

    number: str
    label: str


# Choosing ---------------------------------------------------------------------------------------------------


def offered(actor: Actor, cases: Cases) -> tuple[Choice, ...]:
    """The cases that ``actor`` may read and choose, who waits longest first; nobody without an account sees any."""
    if not actor.account:
        return ()
    desk = desk_of(actor.municipality)
    form = desk.catalog.catalog.forms.get(cases.of)
    if form is None:
        return ()
    with transaction(desk.municipality, readonly=True) as tx:
        rows = [row for row in _running(tx, desk, form, cases) if _reads(tx, desk, actor, row)]
        sealed = {row["id"]: row for row in case_rows.submissions(tx, [row["submission"] for row in rows])}
        return tuple(_choice(tx, desk, row, sealed[row["submission"]], cases) for row in rows)


def _running(tx: Transaction, desk: Desk, form: Form, cases: Cases) -> list[dict[str, Any]]:
    workflow = desk.catalog.catalog.workflows[form.workflow]
    states = cases.states or tuple(state.id for state in workflow.states.values() if not state.end)
    found = match_rows.running(tx, workflow.id, states, most=MOST_OFFERED)
    return [row for row in found if not row["blocked"]]


def _reads(tx: Transaction, desk: Desk, actor: Actor, row: Row) -> bool:
    """Whether they may read it by what it is to them; who only has a task in it chooses it from there."""
    pinned = pin(desk, row["form_version"], row["workflow_version"])
    found = relation.relations(actor, {**row, KEPT_FROM: frozenset()}, (), pinned, tx.now)
    act = Act.CASE_READ_RESTRICTED if relation.restricted(row, pinned) else Act.CASE_READ
    return relation.allowed(actor, act, found)


def _choice(tx: Transaction, desk: Desk, row: Row, sent: Row, cases: Cases) -> Choice:
    form = catalogs.cached_form(desk.municipality, row["form_version"])
    told = shown(desk, form, opened(tx, sent, form), cases)
    return Choice(row["number"], " · ".join([row["number"], *told]))


def shown(desk: Desk, form: Form, answers: Answers, cases: Cases) -> list[str]:
    """What the definition shows of a case, where it is there; a neighbourhood by its name."""
    texts: list[str] = []
    for name in cases.shows:
        field, value = form.field(name), answers.get(name)
        if field is not None and value is not None:
            text = values.show(field, value)
            places = desk.world.staffing.neighbourhoods
            texts.append(places.get(text, text) if field.type is FieldType.NEIGHBOURHOOD else text)
    return texts


# Keeping ----------------------------------------------------------------------------------------------------


def keep(tx: Transaction, desk: Desk, actor: Actor, case: tuple[int, str], answers: Answers) -> None:
    """Bind what was chosen to a new case (``case``: its key and number), in both histories.

    Raises Invalid, beside its field, for what cannot be chosen (any more) or may not be read.
    """
    loaded = load(tx, desk, case[0])
    for link, field in _links(loaded):
        chosen = _chosen(tx, desk, actor, field, numbers(answers, field))
        pairs = [(other["id"], case[0]) if link.above else (case[0], other["id"]) for other in chosen]
        bond_rows.add(tx, pairs, field=field.id, account=actor.account)
        for other in chosen:
            here = {"number": other["number"], VERSION: str(loaded.row["version"])}
            there = {"number": case[1], VERSION: str(other["version"])}
            event_rows.append_all(tx, case[0], [NewEvent(BONDED, here, by=actor.account)])
            event_rows.append_all(tx, other["id"], [NewEvent(BONDED_HERE, there, by=actor.account)])


def numbers(answers: Answers, field: Field) -> tuple[str, ...]:
    """The case numbers that were chosen in a field."""
    value = answers.get(field.id)
    found = value if isinstance(value, tuple) else (value,)
    return tuple(dict.fromkeys(str(item).strip().upper() for item in found if item))


def _links(loaded: Loaded) -> Iterator[tuple[Link, Field]]:
    for link in loaded.pin.workflow.links:
        field = loaded.pin.form.field(link.field)
        if field is not None and field.cases is not None:
            yield link, field


def _chosen(tx: Transaction, desk: Desk, actor: Actor, field: Field, asked: Sequence[str]) -> list[Row]:
    """The cases behind these numbers, locked in the order of their keys."""
    found: dict[int, str] = {}
    for number in asked:
        row = case_rows.by_number(tx, number)
        if row is None:
            raise _wrong(field, "bond_unknown", number=number)
        found[row["id"]] = number
    return [_one(tx, desk, actor, field, (key, found[key])) for key in sorted(found)]


def _one(tx: Transaction, desk: Desk, actor: Actor, field: Field, which: tuple[int, str]) -> Row:
    cases, (key, number) = field.cases, which
    row = case_rows.get(tx, key, lock=True)
    form = desk.catalog.catalog.forms.get(cases.of) if cases is not None else None
    if cases is None or row is None or form is None or row["workflow"] != form.workflow:
        raise _wrong(field, "bond_unknown", number=number)
    if row["blocked"] or not _reads(tx, desk, actor, row):
        raise _wrong(field, "bond_unknown", number=number)
    if row["closed_at"] is not None or (cases.states and row["state"] not in cases.states):
        raise _wrong(field, "bond_state", number=number, state=_state_label(desk, row))
    return row


def _wrong(field: Field, code: str, **params: str) -> Invalid:
    words = say(f"bonds.{code}", **params)
    return Invalid(code, errors=(FieldError(field.id, code, message=words),))


def _state_label(desk: Desk, row: Row) -> str:
    pinned = pin(desk, row["form_version"], row["workflow_version"])
    return pinned.workflow.states[row["state"]].label


# Pressing along ---------------------------------------------------------------------------------------------


def along(tx: Transaction, desk: Desk, loaded: Loaded, action: Action, actor: Actor) -> tuple[Along, ...]:
    """What pressing a button does to each case that belongs to this one, before anybody presses it. Of a case that
    ``actor`` may not know of neither the number nor where it is."""
    found: list[Along] = []
    for other, _, told in _each(tx, desk, loaded, action, lock=False):
        near = relation.relations(actor, other.row, other.tasks, other.pin, tx.now)
        known = relation.allowed(actor, Act.CASE_FIND, near)
        found.append(told if known else replace(told, number="", state_label=""))
    return tuple(found)


def press_along(tx: Transaction, desk: Desk, loaded: Loaded, action: Action, actor: Actor) -> tuple[int, ...]:
    """Press the named button of each case that belongs to this one; outbox ids that are due.

    In the name of who holds each, with the history saying from where. Raises Invalid (``bond_refused``) when one of
    them cannot be: then nothing of it stands.
    """
    found = list(_each(tx, desk, loaded, action, lock=True))
    stuck = [told for _, _, told in found if told.refused]
    if stuck:
        raise refusal(stuck)
    wake: tuple[int, ...] = ()
    for other, button, _ in found:
        if button:
            params = {"number": loaded.row["number"], VERSION: str(other.row["version"] + 1)}
            line = NewEvent(PRESSED_HERE, params, by=actor.account)
            event = Acted(button, by=other.row["holder"])
            wake += move(tx, desk, other, event, by=actor.account, events=[line]).wake
    return wake


def refusal(stuck: Sequence[Along]) -> Invalid:
    """What keeps a button from being pressed, in words."""
    return Invalid("bond_refused", errors=(FieldError("", "bond_refused", message=stuck_words(stuck)),))


def stuck_words(stuck: Sequence[Along]) -> str:
    """Which cases cannot go along, and where they are now."""
    return " ".join(
        say("bonds.stuck", number=one.number, state=one.state_label)
        if one.number
        else say("bonds.stuck_hidden")
        for one in stuck
    )


def _each(
    tx: Transaction, desk: Desk, loaded: Loaded, action: Action, *, lock: bool
) -> Iterator[tuple[Loaded, str, Along]]:
    """Each case once, in the order of their keys so that two who press at once never wait crosswise."""
    wanted: dict[int, str] = {}
    for link, field in _links(loaded):
        button = link.presses.get(action.id, "")
        for key in _bound(tx, loaded.row["id"], link, field) if button else ():
            wanted[key] = button
    for key in sorted(wanted):
        other = load(tx, desk, key, lock=lock)
        told = _told(other, wanted[key])
        yield other, "" if told.ended or told.refused else wanted[key], told


def _bound(tx: Transaction, key: int, link: Link, field: Field) -> Iterator[int]:
    rows = bond_rows.above(tx, key) if link.above else bond_rows.below(tx, key)
    for row in rows:
        other = row["parent"] if link.above else row["child"]
        if row["field"] == field.id and other is not None:
            yield other


def _told(other: Loaded, button: str) -> Along:
    """An ended or withdrawn case stays as it is, and so does one that is there already."""
    workflow, row = other.pin.workflow, other.row
    label = workflow.states[row["state"]].label
    action = workflow.actions_of(row["state"]).get(button)
    leads = {
        found.to
        for state in workflow.states
        for name, found in workflow.actions_of(state).items()
        if name == button
    }
    if row["closed_at"] is not None or row["blocked"] or (action is None and row["state"] in leads):
        return Along(row["number"], label, ended=True)
    if action is None:
        return Along(row["number"], label, refused=True)
    unmet = workflow.states.get(action.to)
    asks = unmet is not None and unmet.end and (unmet.reasons is not None or unmet.reason_each is not None)
    return Along(row["number"], label, action.label, refused=bool(action.form or asks))
