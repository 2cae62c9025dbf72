"""Which groups of municipalities compare figures, who is in them, and what does each show?

Rows of another municipality are readable here as far as the group goes: the founder's to whom it asked, and the figures
to the members. On PostgreSQL the guards of the tables say the same; every query says it too, for SQLite has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import Region, RegionFigure, RegionGuest, RegionMember

_REGION, _GUEST = table_of(Region), table_of(RegionGuest)
_MEMBER, _FIGURE = table_of(RegionMember), table_of(RegionFigure)
Row = Mapping[str, Any]


def found(tx: Transaction, name: str, account: str) -> int:
    """Make a group; its id."""
    fresh = ids.new_id()
    own = {"municipality": tx.municipality, "id": fresh, "name": name, "account": account, "made_at": tx.now}
    tx.execute(sa.insert(_REGION), [own])
    return fresh


def ask(tx: Transaction, region: int, guest: str, name: str) -> bool:
    """Ask a municipality into a group of one's own; False when it was asked before."""
    values = {"municipality": tx.municipality, "region": region, "guest": guest, "name": name}
    return tx.insert_new(RegionGuest, values | {"asked_at": tx.now})


def regions(tx: Transaction) -> list[dict[str, Any]]:
    """The groups one founded or was asked into, by name: ``id``, ``name``, ``municipality`` (the founder)."""
    asked = sa.select(_GUEST.c.region).where(_GUEST.c.guest == tx.municipality)
    mine = sa.or_(_REGION.c.municipality == tx.municipality, _REGION.c.id.in_(asked))
    return [
        dict(row) for row in tx.execute(sa.select(_REGION).where(mine).order_by(_REGION.c.name)).mappings()
    ]


def guests(tx: Transaction, region: int) -> list[dict[str, Any]]:
    """Whom the founder asked; for the founder all of them, for a guest itself."""
    own = sa.or_(_GUEST.c.municipality == tx.municipality, _GUEST.c.guest == tx.municipality)
    query = sa.select(_GUEST).where(_GUEST.c.region == region, own)
    return [dict(row) for row in tx.execute(query.order_by(_GUEST.c.name)).mappings()]


def membership(tx: Transaction, region: int) -> dict[str, Any] | None:
    """That one shares with a group now."""
    standing = (_MEMBER.c.municipality == tx.municipality, _MEMBER.c.ended_at.is_(None))
    row = tx.execute(sa.select(_MEMBER).where(*standing, _MEMBER.c.region == region)).mappings().first()
    return dict(row) if row else None


def memberships(tx: Transaction) -> list[dict[str, Any]]:
    """All one ever agreed to, the newest first."""
    query = sa.select(_MEMBER).where(_MEMBER.c.municipality == tx.municipality).order_by(_MEMBER.c.id.desc())
    return [dict(row) for row in tx.execute(query).mappings()]


def join(tx: Transaction, region: int, reports: Sequence[str], account: str) -> None:
    """Share these reports with a group from now on."""
    values = {"municipality": tx.municipality, "id": ids.new_id(), "region": region, "reports": list(reports)}
    tx.execute(sa.insert(_MEMBER), [values | {"account": account, "agreed_at": tx.now}])


def leave(tx: Transaction, region: int, account: str) -> bool:
    """Share nothing with a group any more, and take back what was shown; False when one did not share."""
    standing = sa.and_(
        _MEMBER.c.municipality == tx.municipality, _MEMBER.c.region == region, _MEMBER.c.ended_at.is_(None)
    )
    shown = sa.and_(_FIGURE.c.municipality == tx.municipality, _FIGURE.c.region == region)
    tx.execute(sa.delete(_FIGURE).where(shown))
    ended = sa.update(_MEMBER).where(standing).values(ended_at=tx.now, ended_by=account)
    return tx.execute(ended).rowcount == 1


def show(tx: Transaction, region: int, report: str, period: tuple[date, date], content: str) -> bool:
    """Show what was released of a period to a group; False when it is shown already."""
    first, last = period
    values = {"municipality": tx.municipality, "region": region, "report": report, "first": first}
    return tx.insert_new(RegionFigure, values | {"last": last, "content": content, "shared_at": tx.now})


def kept_readings(tx: Transaction, region: int) -> list[dict[str, Any]]:
    """What the members of a group show of their reports, the newest period first; nothing for who is no member."""
    if membership(tx, region) is None:
        return []
    query = sa.select(_FIGURE).where(_FIGURE.c.region == region, _FIGURE.c.report.like("r.%"))
    order = (_FIGURE.c.first.desc(), _FIGURE.c.municipality)
    return [dict(row) for row in tx.execute(query.order_by(*order)).mappings()]


def figures(tx: Transaction, region: int, report: str) -> list[dict[str, Any]]:
    """What the members of a group show of a report, the newest period first; nothing for who is no member."""
    if membership(tx, region) is None:
        return []
    query = sa.select(_FIGURE).where(_FIGURE.c.region == region, _FIGURE.c.report == report)
    order = (_FIGURE.c.first.desc(), _FIGURE.c.municipality)
    return [dict(row) for row in tx.execute(query.order_by(*order)).mappings()]
