"""How does another system hear that something happened? By the outbox, signed, at an address that was judged.

What goes out is a type, the case's number in addresses, and a time: nothing about anybody. Signed as Standard Webhooks
describes, so that receivers can use a library. Whoever fails too often is paused, and administrators are told.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.channels.addresses import NotAllowed, target_of
from app.channels.fetch import Question, Unreachable, fetch, reach
from app.engine.policy import Act, Actor, may
from app.services.cases.announce import SETTING
from app.services.follow_up.fire_timer import LeaseLost
from app.services.follow_up.outgoing import current
from app.storage import clock, history, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import account_rows, municipality_rows, webhook_rows
from app.storage.repositories.webhook_rows import Hook, Tried

DELIVER, PAUSED = "webhook", "webhook_paused"
"""Kinds of outbox rows: one event for one receiver, and a mail to one administrator."""
MOST_FAILURES, MOST_TRIES = 10, 6
"""Paused after so many failures in a row, once some event was tried this often (two minutes): not by a short fault."""
OLD_SECRET = timedelta(hours=24)
"""So long the secret before still signs too."""
LOG_KEPT = timedelta(days=30)
TEST = "test"
SENT = "sent"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one event; ``id`` is the same at every attempt."""

    id: str
    event: str
    case: str
    at: datetime


def hand_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Something happened: a row for every receiver that waits for it; outbox ids. Raises ``LeaseLost``."""
    event, made = str(row.payload["event"]), []
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        for hook in webhook_rows.listed(tx):
            if event in hook.events and hook.paused_at is None:
                told = {**row.payload, "webhook": ids.to_text(hook.id), "at": row.due_at.isoformat()}
                made.append(outbox.emit(tx, DELIVER, f"{DELIVER}:{hook.id}:{row.id}", told))
    return tuple(item for item in made if item is not None)


def deliver(municipality: str, row: Leased) -> tuple[int, ...]:
    """Tell one receiver of one event; a failure waits longer each time. Raises ``LeaseLost``."""
    key = ids.from_text(row.payload["webhook"])
    with transaction(municipality, readonly=True) as tx:
        hook = webhook_rows.get(tx, key)
        now = tx.instant
    if hook is None or hook.paused_at is not None:
        return _left(municipality, row)
    told = Told(
        str(row.id), row.payload["event"], row.payload["case"], datetime.fromisoformat(row.payload["at"])
    )
    outcome = send(hook, told, now)
    with transaction(municipality) as tx:
        found = webhook_rows.get(tx, key, lock=True)
        if outcome == SENT:
            if not outbox.complete(tx, row):
                raise LeaseLost
        else:
            outbox.fail(tx, row, outcome)
        if found is None:
            return ()
        webhook_rows.note(tx, key, Tried(told.event, outcome, row.attempts, tx.now), LOG_KEPT)
        return _count(tx, found, outcome, row.attempts)


def send(hook: Hook, told: Told, now: datetime) -> str:
    """Ask the receiver to take it: ``sent``, ``status_<n>``, or what stood in the way."""
    body = json.dumps(
        {"id": told.id, "type": told.event, "timestamp": told.at.isoformat(), "data": {"case": told.case}}
    ).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": told.id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            signature(secret, told.id, stamp, body) for secret in _counting(hook, clock.now())
        ),
    }
    try:
        if target_of(hook.url, reach().inside).host not in current().webhook_hosts:
            raise NotAllowed("host_not_listed")
        reply = fetch(Question(hook.url, "POST", headers, body))
    except (NotAllowed, Unreachable) as error:
        return error.code
    return SENT if 200 <= reply.status < 300 else f"status_{reply.status}"


def signature(secret: str, told: str, stamp: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of id, time and body under the secret (``whsec_…``), in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((told.encode(), stamp.encode(), body))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def wanted(tx: Transaction) -> None:
    """Say in the settings which events somebody waits for; every process learns of it at once."""
    events = {event for hook in webhook_rows.listed(tx) if hook.paused_at is None for event in hook.events}
    municipality_rows.put_settings(tx, {SETTING: " ".join(sorted(events))})


def _left(municipality: str, row: Leased) -> tuple[int, ...]:
    """The receiver is gone or paused: it asks for what it missed, we do not keep it."""
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row, error="paused"):
            raise LeaseLost
    return ()


def _count(tx: Transaction, hook: Hook, outcome: str, attempts: int) -> tuple[int, ...]:
    failures = 0 if outcome == SENT else hook.failures + 1
    paused = failures >= MOST_FAILURES and attempts >= MOST_TRIES
    if failures != hook.failures or paused:
        webhook_rows.put_standing(
            tx, hook.id, failures=failures, paused_at=tx.now if paused else hook.paused_at
        )
    if not paused or hook.paused_at is not None:
        return ()
    wanted(tx)
    history.append(tx, None, "webhook_paused", {"host": hook.host, "why": outcome})
    return _warn(tx, hook)


def _warn(tx: Transaction, hook: Hook) -> tuple[int, ...]:
    made: list[int | None] = []
    for account in _keepers(tx):
        told = {"account": account, "host": hook.host}
        made.append(outbox.emit(tx, PAUSED, f"{PAUSED}:{hook.id}:{account}:{ids.new_id()}", told))
    return tuple(item for item in made if item is not None)


def _keepers(tx: Transaction) -> Sequence[str]:
    """Everybody who may set receivers."""
    return [
        line[0]
        for line in account_rows.lines(tx)
        if line[7] and may(Actor(line[0], tx.municipality, roles=frozenset(line[5])), Act.OUTSIDE_EDIT)
    ]


def _counting(hook: Hook, now: datetime) -> tuple[str, ...]:
    old = hook.rotated_at is None or now - hook.rotated_at >= OLD_SECRET
    return hook.secrets[:1] if old else hook.secrets
