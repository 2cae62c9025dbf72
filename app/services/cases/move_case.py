"""How does something that happens move a stored case? Decide and write, in the transaction of who calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.decide import decide
from app.engine.model.cases import Case, Event
from app.services.cases import agreeing, apply_decision, effects, match_links, session_links, settle_referrals
from app.services.cases.load_case import Desk, Loaded
from app.services.cases.open_case import NOTHING, Opening, open_sub_cases, refused
from app.services.errors import Conflict
from app.services.people import residents
from app.storage.database import Transaction
from app.storage.repositories.event_rows import NewEvent


@dataclass(frozen=True, slots=True)
class Moved:
    """The case after the decision. ``nothing``: the event no longer mattered and nothing was written."""

    case: Case
    wake: tuple[int, ...] = ()
    prints: tuple[str, ...] = ()
    nothing: bool = False


def move(
    tx: Transaction,
    desk: Desk,
    loaded: Loaded,
    event: Event,
    *,
    by: str = "",
    events: Sequence[NewEvent] = (),
    claimed: bool = False,
    released: bool = False,
    columns: Mapping[str, Any] = NOTHING,
) -> Moved:
    """Let ``event`` happen to a case that was loaded with ``lock``; ``events`` go into its history first, ``columns``
    are written with it.

    Raises Invalid with the engine's code when it is refused, Conflict when somebody else was first.
    """
    pinned = loaded.pin
    decision = decide(
        pinned.workflow,
        pinned.form,
        loaded.case,
        event,
        now=tx.now,
        world=pinned.world,
        contact_points=pinned.contact_points,
    )
    if decision.refusal:
        raise refused(decision.refusal)
    if not decision.effects and not events and not claimed:
        return Moved(decision.case, nothing=True)
    change = apply_decision.begin(loaded, by)
    change.events.extend(events)
    effects.gather(tx, pinned, change, decision)
    change.columns.update(columns)
    change.columns.update(agreeing.follow(tx, loaded, decision))
    if claimed or released:
        apply_decision.claim_all(change, claimed=not released)
    try:
        wake = apply_decision.write(tx, change)
    except apply_decision.Overtaken as overtaken:
        raise Conflict from overtaken
    match_links.release(tx, loaded, decision.case, by=by)
    due = tuple(wake) + settle_referrals.follow(tx, desk, loaded, (change, event), beside)
    due += session_links.follow(tx, desk, loaded, decision.case, event)
    if not change.sub_cases:
        return Moved(decision.case, due)
    more, prints = open_sub_cases(tx, desk, _opening(tx, loaded, decision.case), change)
    return Moved(decision.case, due + more, prints)


def beside(tx: Transaction, desk: Desk, loaded: Loaded, event: Event) -> tuple[int, ...]:
    """Let ``event`` happen to another case of the same story; outbox ids that are due. Raises as ``move``."""
    return move(tx, desk, loaded, event, by=getattr(event, "by", "")).wake


def _opening(tx: Transaction, loaded: Loaded, after: Case) -> Opening:
    """The case as what a sub-case is opened from."""
    row = loaded.row
    return Opening(
        pinned=loaded.pin,
        submission=row["submission"],
        answers=after.answers,
        number=row["number"],
        received_at=tx.now,
        person=row["person"],
        follows=loaded.case.contact_person,
        parent=row["id"],
        referrer=residents.referrer_of(tx, row),
        kept_from=loaded.kept_from,
    )
