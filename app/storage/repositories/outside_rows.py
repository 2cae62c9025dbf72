"""How are the provider of sign-ins, what is under way to it, and who is known by it kept?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, OutsideIdentity, OutsideSignIn, SignInProvider

_SECRET = ("sign_in_provider", "only", "secret")


class Kept(NamedTuple):
    """The provider as it was set; ``secret`` is empty where none was given."""

    active: bool
    told: Mapping[str, Any]
    secret: str


class Linked(NamedTuple):
    """Somebody who is known by the provider."""

    account: str
    name: str
    linked_at: datetime
    used_at: datetime | None


def provider(tx: Transaction) -> Kept | None:
    """What was set; ``None`` where nothing ever was."""
    query = sa.select(SignInProvider.active, SignInProvider.told, SignInProvider.secret)
    row = tx.execute(query.where(SignInProvider.municipality == tx.municipality)).first()
    if row is None:
        return None
    secret = tx.sealer.open(_SECRET, row.secret).decode() if row.secret is not None else ""
    return Kept(row.active, row.told, secret)


def put_provider(tx: Transaction, told: Mapping[str, Any], *, active: bool, secret: str | None) -> None:
    """Keep what was set; ``secret`` ``None`` leaves the one there is."""
    values: dict[str, Any] = {"active": active, "told": dict(told), "changed_at": tx.now}
    if secret is not None:
        values["secret"] = tx.sealer.seal(_SECRET, secret.encode()) if secret else None
    fresh = {"municipality": tx.municipality, "secret": None, **values}
    if not tx.insert_new(SignInProvider, fresh):
        mine = sa.update(SignInProvider).where(SignInProvider.municipality == tx.municipality)
        tx.execute(mine.values(**values))


def begin(tx: Transaction, state: str, browser: str, told: Mapping[str, Any], lasts: timedelta) -> None:
    """A sign-in goes out under ``state`` (a hash); what is too old goes."""
    over = OutsideSignIn.begun_at <= tx.instant - lasts
    tx.execute(sa.delete(OutsideSignIn).where(OutsideSignIn.municipality == tx.municipality, over))
    sealed = tx.sealer.seal_json(("outside_sign_in", state, "sealed"), dict(told))
    values = {"municipality": tx.municipality, "id": state, "browser": browser, "sealed": sealed}
    tx.execute(sa.insert(OutsideSignIn), {**values, "begun_at": tx.instant})


def take(tx: Transaction, state: str, browser: str, lasts: timedelta) -> dict[str, Any] | None:
    """What went out under ``state`` from this browser, which is used up; ``None`` when it is old or was never."""
    gone = (
        sa.delete(OutsideSignIn)
        .where(
            OutsideSignIn.municipality == tx.municipality,
            OutsideSignIn.id == state,
            OutsideSignIn.browser == browser,
        )
        .returning(OutsideSignIn.sealed, OutsideSignIn.begun_at)
    )
    row = tx.execute(gone).first()
    if row is None or tx.instant - row.begun_at >= lasts:
        return None
    found: dict[str, Any] = tx.sealer.open_json(("outside_sign_in", state, "sealed"), row.sealed)
    return found


def subject(tx: Transaction, issuer: str, claim: str, value: str) -> str:
    """What somebody at a provider is known by here: a keyed hash, other in every municipality."""
    return tx.sealer.index("outside_identity", f"{issuer}\n{claim}\n{value}")


def account_of(tx: Transaction, subject: str) -> str | None:
    """Whose it is."""
    query = sa.select(OutsideIdentity.account).where(_own(tx), OutsideIdentity.subject == subject)
    found: str | None = tx.scalar(query)
    return found


def link(tx: Transaction, subject: str, account: str) -> bool:
    """Know somebody by it; False when it is known already."""
    values = {"municipality": tx.municipality, "subject": subject, "account": account}
    return tx.insert_new(OutsideIdentity, {**values, "linked_at": tx.now, "used_at": None})


def used(tx: Transaction, subject: str) -> None:
    """Somebody signed in by it just now."""
    mine = sa.update(OutsideIdentity).where(_own(tx), OutsideIdentity.subject == subject)
    tx.execute(mine.values(used_at=tx.now))


def unlink(tx: Transaction, account: str) -> int:
    """Know an account by nothing any more; how many there were."""
    return tx.execute(sa.delete(OutsideIdentity).where(_own(tx), OutsideIdentity.account == account)).rowcount


def linked(tx: Transaction) -> list[Linked]:
    """Everybody known by the provider, by name."""
    query = (
        sa.select(OutsideIdentity.account, Account.name, OutsideIdentity.linked_at, OutsideIdentity.used_at)
        .join(
            Account,
            sa.and_(
                Account.municipality == OutsideIdentity.municipality, Account.id == OutsideIdentity.account
            ),
        )
        .where(_own(tx))
        .order_by(Account.name, OutsideIdentity.subject)
    )
    return [Linked(*row) for row in tx.execute(query)]


def is_linked(tx: Transaction, account: str) -> bool:
    """Whether an account is known by the provider."""
    query = sa.select(sa.literal(1)).where(_own(tx), OutsideIdentity.account == account).limit(1)
    return tx.scalar(query) is not None


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return OutsideIdentity.municipality == tx.municipality
