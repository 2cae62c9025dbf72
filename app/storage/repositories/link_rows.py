"""How are the personal links of referrers read and written?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import ReferrerLink
from app.storage.sealing import Place

_LINK = table_of(ReferrerLink)
Fills = Mapping[str, Sequence[str]]
"""What a field stands for -> the texts that the link fills in."""


def insert_link(tx: Transaction, token_hash: str, name: str, *, partner: int | None, by: str) -> int:
    """A new link; its key."""
    key = new_id()
    values = {"municipality": tx.municipality, "id": key, "token_hash": token_hash, "name": name}
    more = {"partner": partner, "created_by": by or None, "created_at": tx.now}
    tx.execute(sa.insert(ReferrerLink), values | more)
    return key


def change(tx: Transaction, key: int, name: str, fills: Fills) -> bool:
    """Its name and what it fills in; False without one."""
    sealed = tx.sealer.seal_json(_place(key), {means: list(texts) for means, texts in fills.items()})
    changed = sa.update(ReferrerLink).where(_one(tx, key)).values(name=name, sealed=sealed)
    return tx.execute(changed).rowcount == 1


def renew(tx: Transaction, key: int, token_hash: str) -> bool:
    """Another token in the place of the one before; False when there is no such link or it was taken back."""
    changed = sa.update(ReferrerLink).where(_one(tx, key), ReferrerLink.revoked_at.is_(None))
    return tx.execute(changed.values(token_hash=token_hash)).rowcount == 1


def link_behind(tx: Transaction, token_hash: str) -> dict[str, Any] | None:
    """A link that was not taken back, with its ``fills``."""
    query = sa.select(_LINK).where(
        _LINK.c.municipality == tx.municipality,
        _LINK.c.token_hash == token_hash,
        _LINK.c.revoked_at.is_(None),
    )
    row = tx.execute(query).mappings().first()
    return _opened(tx, dict(row)) if row else None


def link_used(tx: Transaction, key: int) -> None:
    """Somebody sent a card by this link."""
    tx.execute(sa.update(ReferrerLink).where(_one(tx, key)).values(used_at=tx.now))


def revoke_link(tx: Transaction, key: int) -> bool:
    """Take a link back; False when there is none or it was before."""
    changed = sa.update(ReferrerLink).where(_one(tx, key), ReferrerLink.revoked_at.is_(None))
    return tx.execute(changed.values(revoked_at=tx.now)).rowcount == 1


def links(tx: Transaction) -> list[dict[str, Any]]:
    """All links with their ``fills``, the newest first."""
    query = sa.select(_LINK).where(_LINK.c.municipality == tx.municipality)
    return [_opened(tx, dict(row)) for row in tx.execute(query.order_by(_LINK.c.id.desc())).mappings()]


def _opened(tx: Transaction, row: Mapping[str, Any]) -> dict[str, Any]:
    found = tx.sealer.open_json(_place(row["id"]), row["sealed"]) if row["sealed"] else {}
    return {**row, "fills": {means: tuple(texts) for means, texts in found.items()}}


def _one(tx: Transaction, key: int) -> sa.ColumnElement[bool]:
    return sa.and_(ReferrerLink.municipality == tx.municipality, ReferrerLink.id == key)


def _place(key: int) -> Place:
    return ("referrer_link", key, "sealed")
