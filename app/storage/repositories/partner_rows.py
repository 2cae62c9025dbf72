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


def partner(tx: Transaction, key: str) -> dict[str, Any] | None:
    """The partner that definitions call ``key``."""
    mine = sa.and_(_PARTNER.c.municipality == tx.municipality, _PARTNER.c.key == key)
    row = tx.execute(sa.select(_PARTNER).where(mine)).mappings().first()
    return dict(row) if row is not None else None


def names(tx: Transaction) -> dict[str, str]:
    """Key -> name of the partners to whom can be referred now."""
    query = sa.select(Partner.key, Partner.name).where(
        Partner.municipality == tx.municipality, Partner.active
    )
    return {row.key: row.name for row in tx.execute(query.order_by(Partner.name))}


def insert_partner(tx: Transaction, key: str, values: Mapping[str, Any]) -> bool:
    """Add a partner; False when there is one of that key."""
    fresh = {"municipality": tx.municipality, "id": new_id(), "key": key, "created_at": tx.now}
    return tx.insert_new(Partner, {**fresh, **values})


def update_partner(tx: Transaction, key: str, values: Mapping[str, Any], *, seen: int | None) -> bool:
    """Change a partner, whose version is raised; False when it is not ``seen`` any more."""
    mine = [Partner.municipality == tx.municipality, Partner.key == key]
    if seen is not None:
        mine.append(Partner.version == seen)
    changed = sa.update(Partner).where(*mine).values(**values, version=Partner.version + 1)
    return tx.execute(changed).rowcount == 1


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
