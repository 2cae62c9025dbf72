"""May this leave for a partner, by which link, and with which code?

A referral leaves only with the resident's agreement as it stands now, to an organisation of the register that may get
it. Link and code are worked out from the case with a key of the municipality: no copy of the database opens a page.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.definitions.model.workflows import Action
from app.engine import consents
from app.engine.model.answers import FieldError
from app.engine.model.cases import OpenCase
from app.services.cases.load_case import Desk, Loaded, load
from app.services.errors import Invalid
from app.services.people import partner_gaps, partners
from app.services.people.partner_record import Partner
from app.storage.database import Transaction
from app.storage.repositories import case_rows, partner_rows, referral_rows
from app.texts import say

INVITE = "invite_partner"
LASTS = timedelta(days=14)
"""How long a link opens (domain.md 3.3)."""
DIGITS = 6
MOST_WRONG = 10
"""Wrong codes, after which only a new link helps."""


@dataclass(frozen=True, slots=True)
class Referral:
    """What is known of a referral. ``partner`` is empty where the organisation is not in the register (any more);
    ``round`` 0: nothing was sent yet. ``live``: the link opens now."""

    case: int
    key: str
    partner: Partner | None
    consent: str
    shares: tuple[str, ...]
    round: int
    expires_at: datetime | None
    opened_at: datetime | None
    wrong: int
    live: bool

    @property
    def name(self) -> str:
        """What the organisation is called."""
        return self.partner.name if self.partner is not None else self.key


def keep(tx: Transaction, case: int, effect: OpenCase) -> None:
    """A sub-case was opened for a partner."""
    referral_rows.insert(tx, case, effect.partner, consent=effect.consent, shares=effect.carry)


def of_case(tx: Transaction, case: int) -> Referral | None:
    """The referral that a case is; ``None`` for every other case."""
    row = referral_rows.get(tx, case)
    return of_row(tx, row) if row is not None else None


def of_row(tx: Transaction, row: dict[str, Any]) -> Referral:
    """A referral as it is stored."""
    return Referral(
        case=row["id"],
        key=row["partner"],
        partner=partners.get(tx, row["partner"]),
        consent=row["consent"],
        shares=tuple(row["shares"]),
        round=row["round"],
        expires_at=row["expires_at"],
        opened_at=row["opened_at"],
        wrong=row["wrong"],
        live=row["token_hash"] is not None and row["wrong"] < MOST_WRONG and tx.now < row["expires_at"],
    )


def stops(tx: Transaction, desk: Desk, loaded: Loaded, referral: Referral) -> tuple[FieldError, ...]:
    """What keeps this referral from leaving, and how to mend it; nothing when it may go."""
    return tuple(
        FieldError("", item.code, message=say(f"partners.stop.{item.code}", name=referral.name))
        for item in _stops(tx, desk, loaded, referral)
    )


def _stops(tx: Transaction, desk: Desk, loaded: Loaded, referral: Referral) -> Iterator[FieldError]:
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    yield from partner_gaps.stops(referral.partner, today)
    if not agreed(tx, desk, loaded, referral):
        yield FieldError("", "no_consent")


def agreed(tx: Transaction, desk: Desk, loaded: Loaded, referral: Referral) -> bool:
    """Whether the resident's agreement stands now, in the case that this one came from."""
    row = loaded.row
    if row["blocked"] or row["recalled"] or row["parent"] is None:
        return False
    parent = case_rows.get(tx, row["parent"])
    if parent is None or parent["blocked"]:
        return False
    consent = consents.at(load(tx, desk, row["parent"]).case.answers, referral.consent)
    return consent is not None and consent.given


def demand_ready(tx: Transaction, desk: Desk, loaded: Loaded, action: Action) -> None:
    """Raises Invalid (``referral_stopped``, each reason an error of the whole form) when a button would send what may
    not leave."""
    if INVITE not in action.does:
        return
    referral = of_case(tx, loaded.row["id"])
    errors = (
        stops(tx, desk, loaded, referral)
        if referral is not None
        else (FieldError("", "not_registered", message=say("partners.stop.not_registered", name="")),)
    )
    if errors:
        raise Invalid("referral_stopped", errors=errors)


def naming(tx: Transaction, email: str) -> frozenset[str]:
    """The keys of the active partners that name this address among their people."""
    found = (partners.of_row(tx, row) for row in partner_rows.partners(tx) if row["active"] and row["people"])
    return frozenset(
        item.key for item in found if email.lower() in {one.email.lower() for one in item.people}
    )


def invite(tx: Transaction, case: int) -> None:
    """A new link and a new code; the earlier ones open nothing any more."""
    row = referral_rows.get(tx, case)
    if row is None:
        return
    fresh = row["round"] + 1
    token_hash = hash_of(token_of(tx, case, fresh))
    referral_rows.invite(tx, case, round_number=fresh, token_hash=token_hash, lasts=LASTS)


def token_of(tx: Transaction, case: int, round_number: int) -> str:
    """What stands in the link of a round: 160 bits, as text for an address."""
    return tx.sealer.index("referral_link", f"{case}:{round_number}")[:40]


def code_of(tx: Transaction, case: int, round_number: int) -> str:
    """The six digits that open a page beside its link."""
    key = tx.sealer.derived("referral_code")
    digest = hmac.digest(key, f"{case}:{round_number}".encode(), "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def hash_of(token: str) -> str:
    """What the database knows of a link."""
    return hashlib.sha256(token.encode()).hexdigest()
