"""How are partners and the links of referrers read and written?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Partner, ReferrerLink

_PARTNER = table_of(Partner)
_LINK = table_of(ReferrerLink)


def partners(tx: Transaction) -> list[dict[str, Any]]:
    """All partners by name."""
    query = sa.select(_PARTNER).where(_PARTNER.c.municipality == tx.municipality)
    return [dict(row) for row in tx.execute(query.order_by(_PARTNER.c.name)).mappings()]


def put_partner(tx: Transaction, key: str, values: Mapping[str, Any]) -> None:
    """Add a partner or change the one with that key."""
    fresh = {"municipality": tx.municipality, "id": new_id(), "key": key, "created_at": tx.now}
    if not tx.insert_new(Partner, {**fresh, **values}):
        mine = sa.and_(Partner.municipality == tx.municipality, Partner.key == key)
        tx.execute(sa.update(Partner).where(mine).values(**values))


def insert_link(tx: Transaction, token_hash: str, name: str, *, partner: int | None, by: str) -> int:
    """A new link; its key."""
    key = new_id()
    values = {"municipality": tx.municipality, "id": key, "token_hash": token_hash, "name": name}
    more = {"partner": partner, "created_by": by or None, "created_at": tx.now}
    tx.execute(sa.insert(ReferrerLink), values | more)
    return key


def link_behind(tx: Transaction, token_hash: str) -> tuple[int, str] | None:
    """Key and name of a link that was not taken back."""
    query = sa.select(ReferrerLink.id, ReferrerLink.name).where(
        ReferrerLink.municipality == tx.municipality,
        ReferrerLink.token_hash == token_hash,
        ReferrerLink.revoked_at.is_(None),
    )
    row = tx.execute(query).first()
    return (row[0], row[1]) if row else None


def link_used(tx: Transaction, key: int) -> None:
    """Somebody sent a card by this link."""
    mine = sa.and_(ReferrerLink.municipality == tx.municipality, ReferrerLink.id == key)
    tx.execute(sa.update(ReferrerLink).where(mine).values(used_at=tx.now))


def revoke_link(tx: Transaction, key: int) -> bool:
    """Take a link back; False when there is none or it was before."""
    mine = sa.and_(ReferrerLink.municipality == tx.municipality, ReferrerLink.id == key)
    changed = sa.update(ReferrerLink).where(mine, ReferrerLink.revoked_at.is_(None))
    return tx.execute(changed.values(revoked_at=tx.now)).rowcount == 1


def links(tx: Transaction) -> list[dict[str, Any]]:
    """All links, the newest first."""
    query = sa.select(_LINK).where(_LINK.c.municipality == tx.municipality)
    return [dict(row) for row in tx.execute(query.order_by(_LINK.c.id.desc())).mappings()]
