"""What would have left the house? In development and the demo, mail stays here and can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor, may
from app.services.errors import Forbidden, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import mail_rows

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
    return mail_rows.insert(tx, message_id, recipient, subject, body)


def page(actor: Actor, *, cursor: str = "", size: int = PAGE) -> MailPage:
    """A page of messages. Raises ``Forbidden``, ``NotFound`` (a cursor that is none)."""
    _allowed(actor)
    before = _key(cursor) if cursor else None
    with transaction(actor.municipality, readonly=True) as tx:
        found = [_mail(row) for row in mail_rows.newest(tx, size + 1, before=before)]
    more = len(found) > size
    return MailPage(tuple(found[:size]), found[size - 1].id if more else "")


def show(actor: Actor, mail: str) -> Mail:
    """One message. Raises ``Forbidden``, ``NotFound``."""
    _allowed(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        row = mail_rows.get(tx, _key(mail))
    if row is None:
        raise NotFound
    return _mail(row)


def _allowed(actor: Actor) -> None:
    if not may(actor, Act.MAILBOX_READ):
        raise Forbidden(str(Act.MAILBOX_READ))


def _mail(row: mail_rows.Row) -> Mail:
    return Mail(ids.to_text(row[0]), row[1], row[2], row[3], row[4])


def _key(text: str) -> int:
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error
