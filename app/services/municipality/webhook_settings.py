"""Which other systems hear of events of cases here? Nobody, until the operator lists a host and an administrator names
an address on it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.channels import fetch
from app.channels.addresses import NotAllowed, target_of
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor
from app.services import once
from app.services.cases.announce import EVENTS
from app.services.errors import Invalid, NotFound
from app.services.follow_up import webhooks
from app.services.follow_up.outgoing import current
from app.services.permission import demand
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import municipality_rows, webhook_rows
from app.storage.repositories.webhook_rows import Hook, Tried

MOST = 5
LOG_SHOWN = 20
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Shown:
    """A receiver and what came of telling it. ``id`` is for addresses; no secret is in it."""

    id: str
    hook: Hook
    log: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A secret, shown this once."""

    host: str
    secret: str


def hosts() -> tuple[str, ...]:
    """The host names that the operator listed."""
    return current().webhook_hosts


def show(actor: Actor) -> list[Shown]:
    """All receivers. Raises ``Forbidden``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality, readonly=True) as tx:
        return [
            Shown(
                ids.to_text(hook.id),
                hook._replace(secrets=(), url=""),
                tuple(webhook_rows.log(tx, hook.id, LOG_SHOWN)),
            )
            for hook in webhook_rows.listed(tx)
        ]


def add(actor: Actor, url: str, events: Sequence[str], *, token: str = "") -> Made:
    """A receiver; with the same ``token``, minted with the page, the same one. Raises ``Forbidden``, ``Invalid``,
    ``Conflict`` as ``once.first``."""
    demand(actor, Act.OUTSIDE_EDIT)
    url, chosen = url.strip(), [event for event in EVENTS if event in events]
    errors = _faults(url)
    if not chosen:
        errors.append(FieldError("events", "webhook_events"))
    with transaction(actor.municipality) as tx:
        before = once.first(tx, actor, token, url, chosen)
        if before is not None:
            found = _found(tx, before["hook"])
            return Made(found.host, found.secrets[0])
        municipality_rows.hold(tx)
        if len(webhook_rows.listed(tx)) >= MOST:
            errors.append(FieldError("url", "webhook_most", (("max", str(MOST)),)))
        if errors:
            raise Invalid(errors=tuple(errors))
        made = Made(target_of(url, fetch.reach().inside).host, _fresh())
        key = webhook_rows.insert(tx, url, made.host, chosen, made.secret)
        once.gave(tx, token, hook=ids.to_text(key))
        _changed(tx, actor, "webhook_added", made.host)
    return made


def rotate(actor: Actor, hook: str) -> Made:
    """Another secret; the one before signs too for a day. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality) as tx:
        found = _found(tx, hook)
        made = Made(found.host, _fresh())
        webhook_rows.put_secrets(tx, found, (made.secret, found.secrets[0]))
        _changed(tx, actor, "webhook_rotated", found.host)
    return made


def resume(actor: Actor, hook: str) -> None:
    """Tell it again from now on; what happened meanwhile is not told. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality) as tx:
        found = _found(tx, hook)
        webhook_rows.put_standing(tx, found.id, failures=0, paused_at=None)
        _changed(tx, actor, "webhook_resumed", found.host)


def remove(actor: Actor, hook: str) -> None:
    """Tell it nothing any more. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality) as tx:
        found = _found(tx, hook)
        webhook_rows.delete(tx, found.id)
        _changed(tx, actor, "webhook_removed", found.host)


def test(actor: Actor, hook: str) -> str:
    """Tell it at once that this is a test; the outcome. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality, readonly=True) as tx:
        found, now, at = _found(tx, hook), tx.instant, tx.now
    told = webhooks.Told(f"test-{secrets.token_hex(8)}", webhooks.TEST, "", at)
    outcome = webhooks.send(found, told, now)
    with transaction(actor.municipality) as tx:
        if webhook_rows.get(tx, found.id) is not None:
            webhook_rows.note(tx, found.id, Tried(webhooks.TEST, outcome, 1, at), webhooks.LOG_KEPT)
    return outcome


def _faults(url: str) -> list[FieldError]:
    try:
        target = target_of(url, fetch.reach().inside)
    except NotAllowed:
        return [FieldError("url", "webhook_url")]
    return [] if target.host in hosts() else [FieldError("url", "webhook_host")]


def _found(tx: Transaction, hook: str) -> Hook:
    try:
        found = webhook_rows.get(tx, ids.from_text(hook))
    except ValueError as error:
        raise NotFound from error
    if found is None:
        raise NotFound
    return found


def _changed(tx: Transaction, actor: Actor, code: str, host: str) -> None:
    webhooks.wanted(tx)
    history.append(tx, None, code, {"host": host}, by=actor.account)


def _fresh() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
