"""How does nothing that must happen get lost? It is a row, written with the change that causes it.

Mail, feedback, reminders and timers are all rows; a timer is due later. A worker leases a row, acts, and completes it
in the transaction of its effect; whoever lost its lease completes nothing. Due times run on the shifted clock, leases
and hints on the real one.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import Outbox, OutboxHold

LEASE = timedelta(seconds=60)
HINT_AGAIN = timedelta(seconds=5)
MOST_ATTEMPTS = 12
_LONGEST_WAIT_S = 3600


@dataclass(frozen=True, slots=True)
class Leased:
    """A row this worker holds until ``LEASE`` has passed; ``token`` proves it. ``attempts`` counts this one."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    idem_key: str
    key: str
    task_key: str
    case: int | None
    due_at: datetime
    attempts: int
    token: str


@dataclass(frozen=True, slots=True)
class Due:
    """A row that waits to be done; ``hinted`` says a worker was told of it before and did not take it."""

    id: int
    hinted: bool


def emit(
    tx: Transaction,
    kind: str,
    idem_key: str,
    payload: Mapping[str, Any],
    due_at: datetime | None = None,
    *,
    case: int | None = None,
    key: str = "",
    task_key: str = "",
) -> int | None:
    """Promise one effect; its id, or ``None`` when ``idem_key`` was promised before (then nothing is written).

    ``payload`` holds ids and codes only. ``due_at`` is an instant on the shifted clock; left out: now.
    """
    fresh = new_id()
    written = tx.insert_new(
        Outbox,
        {
            "municipality": tx.municipality,
            "id": fresh,
            "kind": kind,
            "idem_key": idem_key,
            "payload": dict(payload),
            "due_at": due_at or tx.now,
            "state": "pending",
            "case": case,
            "key": key,
            "task_key": task_key,
            "created_at": tx.now,
        },
    )
    return fresh if written else None


def due(tx: Transaction, *, limit: int = 500) -> list[Due]:
    """Mark up to ``limit`` due rows as hinted now and return them, the longest due first.

    Leaves out what is leased and what was hinted in the last five seconds. Rows another sweep looks at are skipped.
    None while the outbox is held after a restore; ``claim`` gives none either.
    """
    free = sa.or_(Outbox.lease_until.is_(None), Outbox.lease_until < tx.instant)
    stale = sa.or_(Outbox.hinted_at.is_(None), Outbox.hinted_at < tx.instant - HINT_AGAIN)
    query = (
        sa.select(Outbox.id, Outbox.hinted_at)
        .where(_pending(tx), Outbox.due_at <= tx.now, free, stale, _loose(tx))
        .order_by(Outbox.due_at, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has no such clause and needs none: BEGIN IMMEDIATE
    )
    found = [Due(row.id, row.hinted_at is not None) for row in tx.execute(query)]
    if found:
        mark_hinted(tx, [row.id for row in found])
    return found


def mark_hinted(tx: Transaction, ids: Sequence[int]) -> None:
    """A worker was told of these rows now."""
    tx.execute(
        sa.update(Outbox)
        .where(Outbox.municipality == tx.municipality, Outbox.id.in_(ids))
        .values(hinted_at=tx.instant)
    )


def claim(tx: Transaction, ids: Sequence[int]) -> list[Leased]:
    """Lease those of ``ids`` that are due, pending and free, in the order of ``due_at``; the others are left out."""
    if not ids:
        return []
    token = secrets.token_hex(16)
    free = sa.or_(Outbox.lease_until.is_(None), Outbox.lease_until < tx.instant)
    statement = (
        sa.update(Outbox)
        .where(_pending(tx), Outbox.id.in_(ids), Outbox.due_at <= tx.now, free, _loose(tx))
        .values(lease_until=tx.instant + LEASE, lease_token=token, attempts=Outbox.attempts + 1)
        .returning(
            Outbox.id,
            Outbox.kind,
            Outbox.payload,
            Outbox.idem_key,
            Outbox.key,
            Outbox.task_key,
            Outbox.case,
            Outbox.due_at,
            Outbox.attempts,
            Outbox.lease_token,
        )
    )
    leased = [Leased(*row) for row in tx.execute(statement)]
    return sorted(leased, key=lambda row: (row.due_at, row.id))


def complete(tx: Transaction, row: Leased, *, error: str = "") -> bool:
    """Mark ``row`` done, in the transaction of its effect. False: the lease was lost, so roll the effect back.

    ``error``: why it is done without having been carried out (``no_address``).
    """
    return _settle(tx, row, state="done", finished_at=tx.now, error=error)


def extend(tx: Transaction, row: Leased) -> bool:
    """Hold ``row`` for another full lease; False when it was lost."""
    return _settle(tx, row, lease_until=tx.instant + LEASE)


def fail(tx: Transaction, row: Leased, error: str) -> bool:
    """Give ``row`` back to be tried later, or declare it dead after the last attempt. True when it is dead now.

    ``error`` is the class of what happened, never its words.
    """
    if row.attempts >= MOST_ATTEMPTS:
        _settle(tx, row, state="dead", error=error[:80], finished_at=tx.now)
        return True
    wait = min(2**row.attempts, _LONGEST_WAIT_S) * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries
    later = tx.now + timedelta(seconds=wait)
    _settle(tx, row, due_at=later, lease_until=None, lease_token="", hinted_at=None, error=error[:80])
    return False


def refuse(tx: Transaction, row: Leased, error: str) -> None:
    """Declare ``row`` dead at once: trying again cannot help."""
    _settle(tx, row, state="dead", error=error[:80], finished_at=tx.now)


def cancel_timers(
    tx: Transaction, case: int, *, prefix: str = "", task_keys: Sequence[str] | None = None
) -> int:
    """Cancel pending timers (rows with a key) of ``case``: by key ``prefix`` (``""``: all) or by their tasks.

    Returns how many. What a worker holds at this moment is cancelled too: it will find its lease gone.
    """
    chosen = [_pending(tx), Outbox.case == case, Outbox.key != ""]
    if task_keys is not None:
        chosen.append(Outbox.task_key.in_(task_keys))
    if prefix:
        chosen.append(Outbox.key.startswith(prefix, autoescape=True))
    return _cancel(tx, chosen)


def cancel_kind(tx: Transaction, case: int, kinds: Sequence[str], *, to: str = "", message: str = "") -> int:
    """Cancel the pending rows of ``case`` of these kinds, all or those whose payload says ``to`` (and ``message``); how
    many."""
    chosen = [_pending(tx), Outbox.case == case, Outbox.kind.in_(kinds)]
    if to:
        chosen.append(Outbox.payload["to"].as_string() == to)
    if message:
        chosen.append(Outbox.payload["message"].as_string() == message)
    return _cancel(tx, chosen)


def revive_timers(tx: Transaction, case: int, prefixes: Sequence[str], *, cancelled_at: datetime) -> int:
    """Let timers wait again that were cancelled at that very instant; those whose time came since are due now."""
    named = sa.or_(*(Outbox.key.startswith(prefix, autoescape=True) for prefix in prefixes))
    then = (Outbox.state == "cancelled", Outbox.finished_at == cancelled_at)
    statement = sa.update(Outbox).where(
        Outbox.municipality == tx.municipality, Outbox.case == case, *then, named
    )
    fresh = {"lease_until": None, "lease_token": "", "attempts": 0, "hinted_at": None}
    return tx.execute(statement.values(state="pending", finished_at=None, **fresh)).rowcount


def timers(tx: Transaction, case: int) -> list[tuple[str, datetime]]:
    """Key and due instant of the pending timers of ``case``, soonest first."""
    query = (
        sa.select(Outbox.key, Outbox.due_at)
        .where(_pending(tx), Outbox.case == case, Outbox.key != "")
        .order_by(Outbox.due_at, Outbox.id)
    )
    return [(row.key, row.due_at) for row in tx.execute(query)]


def oldest_due(tx: Transaction) -> datetime | None:
    """When the longest waiting row came due; ``None`` when none waits."""
    query = (
        sa.select(Outbox.due_at)
        .where(_pending(tx), Outbox.due_at <= tx.now)
        .order_by(Outbox.due_at, Outbox.id)
        .limit(1)
    )
    found: datetime | None = tx.scalar(query)
    return found


def count_dead(tx: Transaction) -> int:
    """How many rows were given up."""
    query = (
        sa.select(sa.func.count())
        .select_from(Outbox)
        .where(Outbox.municipality == tx.municipality, Outbox.state == "dead")
    )
    return int(tx.scalar(query))


def _pending(tx: Transaction) -> sa.ColumnElement[bool]:
    return sa.and_(Outbox.municipality == tx.municipality, Outbox.state == "pending")


def _loose(tx: Transaction) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(OutboxHold.municipality == tx.municipality)


def _cancel(tx: Transaction, chosen: Sequence[sa.ColumnElement[bool]]) -> int:
    statement = sa.update(Outbox).where(*chosen).values(state="cancelled", finished_at=tx.now)
    return tx.execute(statement).rowcount


def _settle(tx: Transaction, row: Leased, **values: object) -> bool:
    statement = (
        sa.update(Outbox)
        .where(_pending(tx), Outbox.id == row.id, Outbox.lease_token == row.token)
        .values(**values)
    )
    return tx.execute(statement).rowcount == 1
