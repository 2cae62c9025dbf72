"""How are partners and the links of referrers read and written?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Partner

_PARTNER = table_of(Partner)


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
