"""What does whoever follows a referral up see of it: to whom, until when, and the code to read out?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.workflows import Action
from app.engine.policy import Act, Actor, Relation
from app.services.cases import referrals, relation
from app.services.cases.load_case import Loaded, desk_of
from app.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """A referral on its case page. ``code`` is for who may act on it, while the link opens; ``state``: not_sent, waits
    (nobody gave the code yet), opened, expired, locked, over."""

    key: str
    partner: str
    phone: str
    people: tuple[tuple[str, str], ...]
    state: str
    until: datetime | None = None
    opened_at: datetime | None = None
    code: str = ""
    registered: bool = True


@dataclass(frozen=True, slots=True)
class Invitation:
    """Before a button sends: to whom, and what keeps it here."""

    partner: str
    email: str
    stops: tuple[str, ...]


def card(tx: Transaction, loaded: Loaded, actor: Actor, found: Collection[Relation]) -> ReferralCard | None:
    """The referral that a case is; ``None`` for any other case."""
    referral = referrals.of_case(tx, loaded.row["id"])
    if referral is None:
        return None
    partner = referral.partner
    may_act = relation.allowed(actor, Act.CASE_ACT, found)
    return ReferralCard(
        key=referral.key,
        partner=referral.name,
        phone=partner.phone if partner else "",
        people=tuple((one.name, one.phone) for one in partner.people) if partner else (),
        state=_state(loaded, referral),
        until=referral.expires_at,
        opened_at=referral.opened_at,
        code=referrals.code_of(tx, referral.case, referral.round) if referral.live and may_act else "",
        registered=partner is not None,
    )


def invitation(tx: Transaction, loaded: Loaded, action: Action) -> Invitation | None:
    """What a button that invites a partner says first; ``None`` for any other button."""
    referral = referrals.of_case(tx, loaded.row["id"]) if referrals.INVITE in action.does else None
    if referral is None:
        return None
    stops = referrals.stops(tx, desk_of(loaded.pin.municipality), loaded, referral)
    email = referral.partner.email if referral.partner else ""
    return Invitation(referral.name, email, tuple(item.message for item in stops))


def _state(loaded: Loaded, referral: referrals.Referral) -> str:
    if loaded.row["closed_at"] is not None or loaded.row["recalled"]:
        return "over"
    if referral.round == 0:
        return "not_sent"
    if referral.live:
        return "opened" if referral.opened_at else "waits"
    return "locked" if referral.wrong >= referrals.MOST_WRONG else "expired"
