"""How are municipalities, and the processes that serve them, listed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Heartbeat, Municipality


def listed(tx: Transaction) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Slug, name, host names and kind of every municipality, by slug."""
    query = sa.select(Municipality.id, Municipality.name, Municipality.settings, Municipality.kind)
    return [
        (row.id, row.name, tuple(row.settings.get("hosts", ())), row.kind)
        for row in tx.execute(query.order_by(Municipality.id))
    ]


def insert(tx: Transaction, name: str, hosts: Sequence[str], kind: str) -> bool:
    """Make the municipality of ``tx``; False when it is there."""
    values = {"id": tx.municipality, "name": name, "settings": {"hosts": list(hosts)}, "kind": kind}
    return tx.insert_new(Municipality, values | {"created_at": tx.now})


def kind(tx: Transaction) -> str:
    """``real``, ``demo`` or ``exercise``; empty when there is no such municipality."""
    return str(tx.scalar(sa.select(Municipality.kind).where(_own(tx))) or "")


def hold(tx: Transaction) -> None:
    """Nobody else changes what is set for the municipality until the end of ``tx``; rows that name it may be added."""
    tx.execute(sa.select(Municipality.id).where(_own(tx)).with_for_update(key_share=True))


def settings(tx: Transaction) -> dict[str, Any]:
    """What was set, by name."""
    return dict(tx.scalar(sa.select(Municipality.settings).where(_own(tx))) or {})


def put_settings(tx: Transaction, changes: Mapping[str, Any]) -> None:
    """Lay ``changes`` over what was set; an empty value takes it away. Every process learns of it at once."""
    hold(tx)
    kept = {name: value for name, value in {**settings(tx), **changes}.items() if value not in ("", None)}
    raised = Municipality.staffing_version + 1
    tx.execute(sa.update(Municipality).where(_own(tx)).values(settings=kept, staffing_version=raised))


def rename(tx: Transaction, name: str) -> None:
    """Give it another name as people write it."""
    tx.execute(sa.update(Municipality).where(_own(tx)).values(name=name))


def name(tx: Transaction) -> str | None:
    """Its name; ``None`` when there is no such municipality."""
    found: str | None = tx.scalar(sa.select(Municipality.name).where(Municipality.id == tx.municipality))
    return found


def staffing_version(tx: Transaction) -> int | None:
    """Rises with every change of staff; ``None`` when there is no such municipality."""
    query = sa.select(Municipality.staffing_version).where(Municipality.id == tx.municipality)
    found: int | None = tx.scalar(query)
    return found


def beat(tx: Transaction, process: str) -> None:
    """A process shows itself now."""
    if not tx.insert_new(Heartbeat, {"name": process, "at": tx.instant}):
        tx.execute(sa.update(Heartbeat).where(Heartbeat.name == process).values(at=tx.instant))


def beats(tx: Transaction) -> dict[str, datetime]:
    """When each process last showed itself."""
    return {row.name: row.at for row in tx.execute(sa.select(Heartbeat.name, Heartbeat.at))}


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return Municipality.id == tx.municipality
