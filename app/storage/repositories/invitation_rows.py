"""How are invitations kept?"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, Invitation


def put(tx: Transaction, key: str, account: str, lasts: timedelta) -> None:
    """Invite an account; an earlier invitation of theirs opens nothing any more."""
    tx.execute(sa.delete(Invitation).where(_own(tx), Invitation.account == account))
    place = {"municipality": tx.municipality, "id": key, "account": account}
    tx.execute(sa.insert(Invitation), place | {"expires_at": tx.instant + lasts})


def behind(tx: Transaction, key: str) -> tuple[str, str, str] | None:
    """Account, name and address of whom an invitation is for; ``None`` when it is used, old or made up."""
    query = (
        sa.select(Account.id, Account.name, Account.email)
        .join(
            Invitation,
            sa.and_(Invitation.municipality == Account.municipality, Invitation.account == Account.id),
        )
        .where(_own(tx), Invitation.id == key, Invitation.expires_at > tx.instant, Account.active)
    )
    row = tx.execute(query).first()
    return (row[0], row[1], row[2]) if row else None


def use(tx: Transaction, key: str) -> bool:
    """Use an invitation up; False when somebody did meanwhile."""
    return tx.execute(sa.delete(Invitation).where(_own(tx), Invitation.id == key)).rowcount == 1


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Invitation.municipality == tx.municipality
