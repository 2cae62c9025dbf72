"""How are passkeys kept, and what browsers were asked to sign?"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Passkey, PasskeyChallenge


@dataclass(frozen=True, slots=True)
class Kept:
    """A passkey; ``credential`` is its id, ``public_key`` is COSE."""

    id: int
    account: str
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None


def ask(tx: Transaction, challenge: bytes, purpose: str, account: str, lasts: timedelta) -> None:
    """Remember a challenge; those that are over are forgotten."""
    old = PasskeyChallenge.expires_at <= tx.instant
    tx.execute(sa.delete(PasskeyChallenge).where(PasskeyChallenge.municipality == tx.municipality, old))
    row = {"municipality": tx.municipality, "id": _hash(challenge), "purpose": purpose, "account": account}
    tx.execute(sa.insert(PasskeyChallenge), row | {"expires_at": tx.instant + lasts})


def answered(tx: Transaction, challenge: bytes, purpose: str) -> str | None:
    """Use a challenge up: for which account it was asked (empty: any), ``None`` when it is unknown, used or over."""
    statement = sa.delete(PasskeyChallenge).where(
        PasskeyChallenge.municipality == tx.municipality,
        PasskeyChallenge.id == _hash(challenge),
        PasskeyChallenge.purpose == purpose,
        PasskeyChallenge.expires_at > tx.instant,
    )
    row = tx.execute(statement.returning(PasskeyChallenge.account)).first()
    return row[0] if row else None


def insert(
    tx: Transaction, account: str, credential: bytes, public_key: bytes, *, count: int, name: str
) -> bool:
    """Keep a passkey; False when it is kept already."""
    fresh = new_id()
    told = {"credential": _text(credential), "public_key": _text(public_key)}
    row = {
        "municipality": tx.municipality,
        "id": fresh,
        "account": account,
        "credential": _hash(credential),
        "sealed": tx.sealer.seal_json(("passkey", fresh, "sealed"), told),
        "sign_count": count,
        "name": name,
        "made_at": tx.now,
    }
    return tx.insert_new(Passkey, row)


def of_account(tx: Transaction, account: str) -> list[Kept]:
    """Somebody's passkeys, the oldest first."""
    return _kept(tx, Passkey.account == account)


def by_credential(tx: Transaction, credential: bytes) -> Kept | None:
    """The passkey with this id."""
    found = _kept(tx, Passkey.credential == _hash(credential))
    return found[0] if found else None


def use(tx: Transaction, passkey: Kept, count: int) -> bool:
    """It signed; False when somebody used it at the same moment."""
    same = sa.and_(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
    statement = sa.update(Passkey).where(Passkey.municipality == tx.municipality, same)
    return tx.execute(statement.values(sign_count=count, used_at=tx.now)).rowcount == 1


def delete(tx: Transaction, account: str, passkey: int) -> bool:
    """Forget one of an account; False when it has no such passkey."""
    mine = sa.and_(Passkey.account == account, Passkey.id == passkey)
    return tx.execute(sa.delete(Passkey).where(Passkey.municipality == tx.municipality, mine)).rowcount == 1


def delete_all(tx: Transaction, account: str) -> None:
    """Forget all of an account."""
    mine = Passkey.account == account
    tx.execute(sa.delete(Passkey).where(Passkey.municipality == tx.municipality, mine))


def _kept(tx: Transaction, which: sa.ColumnElement[bool]) -> list[Kept]:
    query = sa.select(Passkey.__table__).where(Passkey.municipality == tx.municipality, which)
    found = []
    for row in tx.execute(query.order_by(Passkey.made_at, Passkey.id)).mappings():
        told = tx.sealer.open_json(("passkey", row["id"], "sealed"), row["sealed"])
        keys = (base64.b64decode(told["credential"]), base64.b64decode(told["public_key"]))
        rest = (row["sign_count"], row["name"], row["made_at"], row["used_at"])
        found.append(Kept(row["id"], row["account"], *keys, *rest))
    return found


def _hash(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()


def _text(told: bytes) -> str:
    return base64.b64encode(told).decode()
