"""What do we not know of a partner, and what keeps a referral from leaving?

Codes with parameters; the words are ``partners.gap.<code>`` and ``partners.stop.<code>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.engine.model.answers import FieldError
from app.engine.model.people import World
from app.services.people.partner_record import AUTHORITY, Partner


def gaps(partner: Partner, today: date, world: World) -> tuple[str, ...]:
    """What is missing or old, the worst first."""
    return (*(item.code for item in stops(partner, today)), *_unknown(partner, today, world))


def stops(partner: Partner | None, today: date) -> tuple[FieldError, ...]:
    """Why nothing can be sent to this partner now: what is to be mended, by the field of its page."""
    return (FieldError("", "not_registered"),) if partner is None else tuple(_stops(partner, today))


def _stops(partner: Partner, today: date) -> Iterator[FieldError]:
    if not partner.active:
        yield FieldError("", "archived")
    if not partner.email:
        yield FieldError("email", "no_email")
    if partner.kind != AUTHORITY:
        return
    if not partner.protocol.url:
        yield FieldError("protocol_url", "no_protocol")
    elif partner.protocol.until is not None and partner.protocol.until < today:
        yield FieldError("protocol_until", "protocol_over")


def due(partner: Partner, today: date) -> bool:
    """Whether it is time to look an organisation over."""
    return partner.active and partner.review_on is not None and partner.review_on <= today


def _unknown(partner: Partner, today: date, world: World) -> Iterator[str]:
    found = {
        "review_due": due(partner, today),
        "no_kind": not partner.kind,
        "no_phone": not partner.phone and not any(item.phone for item in partner.people),
        "no_people": not partner.people,
        "no_themes": not partner.themes,
        "no_offer": not partner.offer,
        "no_review": partner.review_on is None,
        "no_owner": not _is_here(partner.owner, world),
    }
    yield from (code for code, holds in found.items() if holds)


def _is_here(account: str, world: World) -> bool:
    worker = world.staffing.workers.get(account)
    return worker is not None and worker.active
