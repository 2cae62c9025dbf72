"""A colleague heard that a consent goes on, or is taken back: by telephone, on paper, in a letter.

It is written down with how they know; the person sees it on their own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.engine.consents import WAYS, Standing, called
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.engine.policy import Act, Actor, Relation
from app.services import once, seen
from app.services.cases import agreeing, relation, share_case
from app.services.cases.case_beside import ConsentLine
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.errors import Invalid, NotFound
from app.storage import history
from app.storage.database import Transaction, transaction

RENEW, WITHDRAW = "renew", "withdraw"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of the consent with that flat id; ``until`` only of one that goes on. ``shown`` is the mark of
    what the page showed."""

    consent: str
    what: str
    how: str
    until: date | None = None
    shown: str = ""


def listed(tx: Transaction, loaded: Loaded) -> tuple[ConsentLine, ...]:
    """Every consent of a case that was ever given, for who reads its content."""
    return tuple(
        ConsentLine(
            name=item.name,
            label=called(item.field),
            given=item.consent.given,
            renewable=item.field.holds is not None,
            shown=seen.mark(_shown(item)),
            until=item.until,
            over=item.consent.ended,
            over_on=item.consent.on if item.consent.ended else None,
        )
        for item in agreeing.standing(loaded.pin, loaded.case, tx)
    )


def record(actor: Actor, case_id: str, heard: Heard, *, token: str = "") -> tuple[int, ...]:
    """Write it down; ids of outbox rows that are due. Raises ``Invalid`` (``consent_said`` while what or how is not
    said, those of the engine), ``Conflict`` (the page showed something else), ``Forbidden``, ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        relation.demand_seen(actor, Act.CASE_ACT, _found(tx, actor, loaded))
        if (
            once.first(tx, actor, token, case_id, heard.consent, heard.what, heard.how, str(heard.until))
            is not None
        ):
            return ()
        item = _named(tx, loaded, heard)
        seen.is_new(_shown(item), {}, heard.shown)
        moved = move(tx, desk, loaded, _event(heard, actor), by=actor.account)
        if heard.what == WITHDRAW:
            share_case.end_by_consent(tx, load(tx, desk, loaded.row["id"]))
        return moved.wake


def _found(tx: Transaction, actor: Actor, loaded: Loaded) -> frozenset[Relation]:
    entries = history.entries(tx, loaded.row["id"])
    shared = relation.shared_with(entries, relation.local_day(loaded.pin, tx.now))
    return relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)


def _named(tx: Transaction, loaded: Loaded, heard: Heard) -> Standing:
    if heard.what not in {RENEW, WITHDRAW} or heard.how not in WAYS:
        raise Invalid("consent_said")
    standing = agreeing.standing(loaded.pin, loaded.case, tx)
    found = next((item for item in standing if item.name == heard.consent), None)
    if found is None:
        raise NotFound
    return found


def _event(heard: Heard, actor: Actor) -> ConsentRenewed | ConsentWithdrawn:
    if heard.what == WITHDRAW:
        return ConsentWithdrawn(heard.consent, heard.how, actor.account)
    return ConsentRenewed((heard.consent,), heard.how, heard.until, actor.account)


def _shown(item: Standing) -> dict[str, str]:
    until = item.until.isoformat() if item.until else ""
    return {"given": str(item.consent.given), "until": until, "ended": item.consent.ended}
