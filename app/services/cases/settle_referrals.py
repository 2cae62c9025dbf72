"""A case ends, or consent is gone, while a partner still works on a referral of it: what becomes of that referral?

Whoever closes a case says so of each referral, with one of the referral's own buttons that end it; without an answer
nothing closes. Where consent is withdrawn, or everything of the case stops, every referral is taken back at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.definitions.model.workflows import Action, State
from app.engine import consenting
from app.engine.model.answers import FieldError
from app.engine.model.cases import (
    Acted,
    Event,
    FactsChanged,
    TimerFired,
)
from app.engine.model.events import ConsentWithdrawn
from app.engine.settling import CANCEL_ALL
from app.services.cases import apply_decision, effects, referrals
from app.services.cases.apply_decision import MAIL, MERGE, Change
from app.services.cases.load_case import Desk, Loaded, desk_of, load
from app.services.errors import Invalid
from app.services.follow_up import ask_to_call
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import referral_rows
from app.storage.repositories.outbox_rows import Promise
from app.texts import say

RECALL = "recall_links"
STOPS = CANCEL_ALL | {RECALL}
KEY = "case:"
"""Before the id of a referral, among what is said of open tasks."""
WITHDRAWN = "consent_withdrawn"
TAKEN_BACK, PARTNER = "taken_back", "partner"
WITHIN = 5
"""Working days for whoever asks the partner what became of copies."""
Mover = Callable[[Transaction, Desk, Loaded, Event], tuple[int, ...]]
"""Lets something happen to a case; outbox ids that are due."""


@dataclass(frozen=True, slots=True)
class Running:
    """A referral that still runs. ``ways`` are what can become of it: value for ``ActOnCase.open_tasks``, label."""

    key: str
    number: str
    partner: str
    state_label: str
    ways: tuple[tuple[str, str], ...]


def asked(tx: Transaction, loaded: Loaded, action: Action) -> tuple[Running, ...]:
    """The referrals of which a button asks what becomes of them: those that run when it ends the case."""
    target = loaded.pin.workflow.states.get(action.to)
    if target is None or not target.end or (STOPS | {MERGE}) & set(action.does):
        return ()
    keys = referral_rows.open_below(tx, loaded.row["id"])
    desk = desk_of(loaded.pin.municipality) if keys else None
    return tuple(_running(tx, load(tx, desk, key)) for key in keys if desk is not None)


def settle(
    tx: Transaction,
    desk: Desk,
    loaded: Loaded,
    press: tuple[Action, Mapping[str, str], str],
    move: Mover,
) -> tuple[int, ...]:
    """Do what was said of each; ``press``: the button, what was said, and who presses. Outbox ids that are due.

    Raises Invalid (``open_referrals``) while something is not said of one.
    """
    action, said, by = press
    running = asked(tx, loaded, action)
    missing = [item for item in running if said.get(item.key) not in dict(item.ways)]
    if missing:
        numbers = ", ".join(f"{item.number} ({item.partner})" for item in missing)
        words = say("refusals.open_referrals", numbers=numbers)
        raise Invalid("open_referrals", errors=(FieldError("", "open_referrals", message=words),))
    wake: tuple[int, ...] = ()
    for item in running:
        below = load(tx, desk, ids.from_text(item.key.removeprefix(KEY)), lock=True)
        name, _, reason = said[item.key].partition(":")
        wake += move(tx, desk, below, Acted(name, by=by, reason=reason))
    return wake


def follow(
    tx: Transaction, desk: Desk, loaded: Loaded, happened: tuple[Change, Event], move: Mover
) -> tuple[int, ...]:
    """After something happened to a case: take back the referrals that have no agreement any more."""
    change, event = happened
    stopped = bool(STOPS & set(change.does))
    if not stopped and not _may_end_agreements(event):
        return ()
    wake: tuple[int, ...] = ()
    for key in referral_rows.open_below(tx, loaded.row["id"]):
        below = load(tx, desk, key, lock=True)
        referral = referrals.of_case(tx, key)
        if referral is not None and (stopped or not referrals.agreed(tx, desk, below, referral)):
            wake += _take_back(tx, desk, below, move)
    return wake


def _may_end_agreements(event: Event) -> bool:
    ends = isinstance(event, TimerFired) and event.kind == consenting.TIMER
    return ends or isinstance(event, FactsChanged | ConsentWithdrawn)


def _take_back(tx: Transaction, desk: Desk, below: Loaded, move: Mover) -> tuple[int, ...]:
    """By the button that recalls links; the link is dead in any case. Who was sent something lets go of it."""
    key = below.row["id"]
    referral_rows.recall(tx, key)
    moved = _press(tx, desk, below, move)
    referral = referrals.of_case(tx, key)
    if referral is None or not referral.round:
        return moved
    return (*moved, *_ask_back(tx, load(tx, desk, key, lock=True)))


def _press(tx: Transaction, desk: Desk, below: Loaded, move: Mover) -> tuple[int, ...]:
    actions = below.pin.workflow.actions_of(below.row["state"]).values()
    action = next((item for item in actions if RECALL in item.does and not item.form), None)
    if action is None:
        return ()
    target = below.pin.workflow.states.get(action.to)
    return move(tx, desk, below, Acted(action.id, by=below.row["holder"], reason=_reason(target)))


def _ask_back(tx: Transaction, below: Loaded) -> tuple[int, ...]:
    """A message without content to the partner, what waits for them is not sent, and a task: copies outside."""
    case, number = ids.to_text(below.row["id"]), below.row["number"]
    outbox.cancel_kind(tx, below.row["id"], [MAIL], to=PARTNER)
    change = apply_decision.begin(below, "")
    key = f"note:{TAKEN_BACK}:{change.version + 1}"
    label = say(f"messages.task.{TAKEN_BACK}", number=number)
    task = ask_to_call.note_task(tx, below, key, label, days=WITHIN)
    effects.open_task(tx, below.pin, change, task)
    payload = {"case": case, "to": PARTNER, "message": TAKEN_BACK}
    change.promises.append(Promise(MAIL, f"mail:{case}:{change.version + 1}:{TAKEN_BACK}", payload))
    apply_decision.tell(change, TAKEN_BACK, {})
    return tuple(apply_decision.write(tx, change))


def _reason(target: State | None) -> str:
    options = target.reasons.options if target is not None and target.end and target.reasons else ()
    withdrawn = (item.id for item in options if item.columns.get("means") == WITHDRAWN)
    return next(withdrawn, options[0].id if options else "")


def _running(tx: Transaction, below: Loaded) -> Running:
    referral = referrals.of_case(tx, below.row["id"])
    return Running(
        key=f"{KEY}{ids.to_text(below.row['id'])}",
        number=below.row["number"],
        partner=referral.name if referral is not None else "",
        state_label=below.pin.workflow.states[below.row["state"]].label,
        ways=tuple(_ways(below)),
    )


def _ways(below: Loaded) -> Iterator[tuple[str, str]]:
    """The buttons that end it without more than a reason."""
    workflow = below.pin.workflow
    for action in workflow.actions_of(below.row["state"]).values():
        target = workflow.states.get(action.to)
        if target is None or not target.end or action.form:
            continue
        if target.reasons is None:
            yield action.id, action.label
        else:
            yield from (
                (f"{action.id}:{option.id}", f"{action.label}: {option.label}")
                for option in target.reasons.options
            )
