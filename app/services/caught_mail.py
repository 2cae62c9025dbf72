"""What would have left the house? In development and the demo, mail stays here and can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.models import CaughtMail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Mail:
    """One message."""

    id: str
    recipient: str
    subject: str
    body: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class MailPage:
    """Messages, the newest first; ``next`` is the cursor of the following page, empty on the last."""

    mails: tuple[Mail, ...]
    next: str = ""


def catch(tx: Transaction, message_id: str, recipient: str, subject: str, body: str) -> bool:
    """Keep a message, in the transaction that marks it delivered; False when it was kept before."""
    values = {
        "municipality": tx.municipality,
        "id": ids.new_id(),
        "message_id": message_id,
        "recipient": recipient,
        "subject": subject,
        "body": body,
        "sent_at": tx.now,
    }
    return tx.insert_new(CaughtMail, values)


def page(actor: Actor, *, cursor: str = "", size: int = PAGE) -> MailPage:
    """A page of messages. Raises ``Forbidden``, ``NotFound`` (a cursor that is none)."""
    _allowed(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        query = _select(tx).order_by(CaughtMail.id.desc()).limit(size + 1)
        if cursor:
            query = query.where(CaughtMail.id < _key(cursor))
        found = [_mail(row) for row in tx.execute(query)]
    more = len(found) > size
    return MailPage(tuple(found[:size]), found[size - 1].id if more else "")


def show(actor: Actor, mail: str) -> Mail:
    """One message. Raises ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        row = tx.execute(_select(tx).where(CaughtMail.id == _key(mail))).first()
    if row is None:
        raise NotFound
    return _mail(row)


def _allowed(actor: Actor) -> None:
    if not may(actor, Act.MAILBOX_READ):
        raise Forbidden(str(Act.MAILBOX_READ))


def _select(tx: Transaction) -> sa.Select[int, str, str, str, datetime]:
    return sa.select(
        CaughtMail.id, CaughtMail.recipient, CaughtMail.subject, CaughtMail.body, CaughtMail.sent_at
    ).where(CaughtMail.municipality == tx.municipality)


def _mail(row: sa.Row[int, str, str, str, datetime]) -> Mail:
    return Mail(ids.to_text(row[0]), row[1], row[2], row[3], row[4])


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error
