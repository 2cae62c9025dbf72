"""How are receivers of events kept, and what came of telling them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Webhook, WebhookDelivery


class Hook(NamedTuple):
    """A receiver. ``secrets``: the newest first, an older one while it still counts."""

    id: int
    host: str
    url: str
    events: tuple[str, ...]
    secrets: tuple[str, ...]
    failures: int
    paused_at: datetime | None
    rotated_at: datetime | None
    made_at: datetime


class Tried(NamedTuple):
    """One attempt."""

    event: str
    outcome: str
    attempt: int
    at: datetime


def listed(tx: Transaction) -> list[Hook]:
    """All of them, the oldest first."""
    query = sa.select(Webhook).where(Webhook.municipality == tx.municipality).order_by(Webhook.id)
    return [_hook(tx, row) for row in tx.execute(query)]


def get(tx: Transaction, hook: int, *, lock: bool = False) -> Hook | None:
    """One of them; ``lock`` when it will be changed."""
    query = sa.select(Webhook).where(*_own(tx, hook))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return _hook(tx, row) if row else None


def insert(tx: Transaction, url: str, host: str, events: Sequence[str], secret: str) -> int:
    """A new one; its id."""
    fresh = new_id()
    values = {"municipality": tx.municipality, "id": fresh, "host": host, "events": list(events)}
    sealed = _seal(tx, fresh, url, (secret,))
    tx.execute(
        sa.insert(Webhook),
        {**values, "sealed": sealed, "failures": 0, "paused_at": None, "rotated_at": None, "made_at": tx.now},
    )
    return fresh


def put_secrets(tx: Transaction, hook: Hook, secrets: Sequence[str]) -> None:
    """Sign with other secrets from now on."""
    _change(tx, hook.id, sealed=_seal(tx, hook.id, hook.url, secrets), rotated_at=tx.now)


def put_standing(tx: Transaction, hook: int, *, failures: int, paused_at: datetime | None) -> None:
    """How often it failed in a row, and since when it is paused."""
    _change(tx, hook, failures=failures, paused_at=paused_at)


def delete(tx: Transaction, hook: int) -> bool:
    """Take it away with its log; False when there is none."""
    return tx.execute(sa.delete(Webhook).where(*_own(tx, hook))).rowcount == 1


def note(tx: Transaction, hook: int, tried: Tried, keep: timedelta) -> None:
    """Add to its log; what is older than ``keep`` goes."""
    mine = (WebhookDelivery.municipality == tx.municipality, WebhookDelivery.webhook == hook)
    tx.execute(sa.delete(WebhookDelivery).where(*mine, WebhookDelivery.at <= tried.at - keep))
    place = {"municipality": tx.municipality, "id": new_id(), "webhook": hook}
    tx.execute(sa.insert(WebhookDelivery), place | tried._asdict())


def log(tx: Transaction, hook: int, limit: int) -> list[Tried]:
    """What came of telling it, the last first."""
    query = (
        sa.select(WebhookDelivery.event, WebhookDelivery.outcome, WebhookDelivery.attempt, WebhookDelivery.at)
        .where(WebhookDelivery.municipality == tx.municipality, WebhookDelivery.webhook == hook)
        .order_by(WebhookDelivery.at.desc(), WebhookDelivery.id.desc())
        .limit(limit)
    )
    return [Tried(*row) for row in tx.execute(query)]


def _hook(tx: Transaction, row: Any) -> Hook:
    kept: Mapping[str, Any] = tx.sealer.open_json(("webhook", row.id, "sealed"), row.sealed)
    return Hook(
        row.id,
        row.host,
        kept["url"],
        tuple(row.events),
        tuple(kept["secrets"]),
        row.failures,
        row.paused_at,
        row.rotated_at,
        row.made_at,
    )


def _seal(tx: Transaction, hook: int, url: str, secrets: Sequence[str]) -> bytes:
    return tx.sealer.seal_json(("webhook", hook, "sealed"), {"url": url, "secrets": list(secrets)})


def _change(tx: Transaction, hook: int, **values: object) -> None:
    tx.execute(sa.update(Webhook).where(*_own(tx, hook)).values(**values))


def _own(tx: Transaction, hook: int) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return Webhook.municipality == tx.municipality, Webhook.id == hook
