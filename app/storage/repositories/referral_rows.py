"""How is kept what a partner was sent of a case, and whether its link still opens?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Case, Referral

_REFERRAL = table_of(Referral)


def insert(tx: Transaction, case: int, partner: str, *, consent: str, shares: Sequence[str]) -> None:
    """A referral that was not sent yet."""
    row = {"municipality": tx.municipality, "id": case, "partner": partner, "consent": consent}
    tx.execute(sa.insert(Referral), row | {"shares": list(shares), "created_at": tx.now})


def get(tx: Transaction, case: int) -> dict[str, Any] | None:
    """The referral that a case is about."""
    return _one(tx, _REFERRAL.c.id == case)


def behind(tx: Transaction, token_hash: str) -> dict[str, Any] | None:
    """The referral whose link this is; nothing once it was renewed or recalled."""
    return _one(tx, _REFERRAL.c.token_hash == token_hash)


def invite(tx: Transaction, case: int, *, round_number: int, token_hash: str, lasts: timedelta) -> None:
    """The link of this round opens from now on, no earlier one does."""
    fresh = {"round": round_number, "token_hash": token_hash, "wrong": 0, "opened_at": None}
    tx.execute(sa.update(Referral).where(_own(tx, case)).values(**fresh, expires_at=tx.now + lasts))


def recall(tx: Transaction, case: int) -> None:
    """No link opens any more; nothing where the case is no referral."""
    tx.execute(sa.update(Referral).where(_own(tx, case)).values(token_hash=None, expires_at=None))


def wrong_code(tx: Transaction, case: int) -> None:
    """Somebody gave a code that was not right."""
    tx.execute(sa.update(Referral).where(_own(tx, case)).values(wrong=Referral.wrong + 1))


def opened(tx: Transaction, case: int) -> None:
    """The code was right."""
    tx.execute(sa.update(Referral).where(_own(tx, case)).values(opened_at=tx.now, wrong=0))


def open_below(tx: Transaction, case: int) -> list[int]:
    """The referrals of a case that still run, oldest first."""
    query = (
        sa.select(Referral.id)
        .join(Case, sa.and_(Case.municipality == Referral.municipality, Case.id == Referral.id))
        .where(Referral.municipality == tx.municipality, Case.parent == case, Case.closed_at.is_(None))
    )
    return [row.id for row in tx.execute(query.order_by(Referral.id))]


def sent_to(tx: Transaction, partners: Collection[str]) -> list[dict[str, Any]]:
    """Case and referral of everything that these partners can open now, the newest first."""
    query = (
        sa.select(Referral.id, Referral.partner, Referral.expires_at, Case.number, Case.state, Case.label)
        .join(Case, sa.and_(Case.municipality == Referral.municipality, Case.id == Referral.id))
        .where(
            Referral.municipality == tx.municipality,
            Referral.partner.in_(sorted(partners)),
            Referral.token_hash.is_not(None),
            Case.closed_at.is_(None),
        )
    )
    return [dict(row) for row in tx.execute(query.order_by(Referral.id.desc())).mappings()]


def _one(tx: Transaction, wanted: sa.ColumnElement[bool]) -> dict[str, Any] | None:
    query = sa.select(_REFERRAL).where(_REFERRAL.c.municipality == tx.municipality, wanted)
    row = tx.execute(query).mappings().first()
    return dict(row) if row is not None else None


def _own(tx: Transaction, case: int) -> sa.ColumnElement[bool]:
    return sa.and_(Referral.municipality == tx.municipality, Referral.id == case)
