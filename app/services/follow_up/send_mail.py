"""How does a mail leave, at least once and nearly always once?

The words are read in one transaction, the mail is sent outside any, 'done' is written in another. Who dies between the
server's acceptance and that last commit has left a note on this machine (``channels.handed_over``), so that it is not
sent again. What is doubled all the same carries the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable

from app.channels import mail
from app.channels.mail import Answer, Message, Refused, Retry, Sent
from app.engine.model.people import World
from app.services.cases.load_case import Desk, desk_of, key_of, load
from app.services.follow_up import (
    account_mail,
    ask_mail,
    caught_mail,
    digest_mail,
    messages,
    outside,
    webhook_mail,
)
from app.services.follow_up.fire_timer import LeaseLost
from app.services.follow_up.messages import Letter
from app.services.follow_up.outgoing import Outgoing, current
from app.services.municipality import municipalities, settings
from app.services.safekeeping import histories
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased

TIMEOUT_S = 10.0
"""For each step of the conversation with the server; a mail takes a few, well under the lease."""

Compose = Callable[[Transaction, Desk, Leased, Outgoing], Letter | None]


def send_case_mail(municipality: str, row: Leased) -> tuple[int, ...]:
    """Send the mail of one leased row about a case; outbox ids that are due because of it."""
    return _send(municipality, row, _about_case)


def send_digest(municipality: str, row: Leased) -> tuple[int, ...]:
    """Send one person's mail of the morning; nothing when there is nothing to say any more."""
    return _send(municipality, row, digest_mail.compose)


def send_account_notice(municipality: str, row: Leased) -> tuple[int, ...]:
    """Tell somebody what was done with their account."""
    return _send(municipality, row, account_mail.compose)


def send_anchor(municipality: str, row: Leased) -> tuple[int, ...]:
    """Send the anchor of a night to where it is kept."""
    return _send(municipality, row, histories.compose)


def send_question(municipality: str, row: Leased) -> tuple[int, ...]:
    """Ask somebody something, with a link."""
    return _send(municipality, row, ask_mail.compose)


def send_webhook_paused(municipality: str, row: Leased) -> tuple[int, ...]:
    """Tell an administrator that a receiver of events is paused."""
    return _send(municipality, row, webhook_mail.compose)


def _send(municipality: str, row: Leased, compose: Compose) -> tuple[int, ...]:
    outgoing = current()
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        letter = compose(tx, desk, row, outgoing)
        at = tx.now
    if letter is None or not letter.to:
        return _without_address(municipality, desk, row, call=letter is not None)
    told = settings.of(desk.world)
    message = Message(
        key=f"{row.id}.{municipality}@{outgoing.host}",
        to=letter.to,
        subject=letter.subject,
        text=letter.text,
        sender=outgoing.sender,
        sender_name=told.sender_name or letter.sender_name,
        reply_to=told.reply_to,
        at=at,
    )
    if stays_inside(desk.world, outgoing):
        return _keep_here(municipality, row, message)
    answer = _hand_over(outgoing, message)
    if isinstance(answer, Retry):
        with transaction(municipality) as tx:
            outbox.fail(tx, row, answer.error)
        return ()
    if isinstance(answer, Refused):
        return _refused(municipality, desk, row, answer.error)
    with transaction(municipality) as tx:
        outbox.complete(tx, row)  # sent is sent: who lost the lease has nothing to take back
    outgoing.handed_over.forget(message)
    return ()


def _hand_over(outgoing: Outgoing, message: Message) -> Answer:
    """Give it to the mail server, unless somebody did and could not say so any more."""
    if outgoing.handed_over.knows(message):
        return Sent()
    answer = mail.send(outgoing.mail_url, message, timeout=TIMEOUT_S)
    if isinstance(answer, Sent):
        outgoing.handed_over.remember(message)
    return answer


def stays_inside(world: World, outgoing: Outgoing) -> bool:
    """Whether mail is kept in the app: on an installation that sends none, and always in an exercise."""
    return world.kind == municipalities.EXERCISE or mail.stays_here(outgoing.mail_url)


def _keep_here(municipality: str, row: Leased, message: Message) -> tuple[int, ...]:
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        caught_mail.catch(tx, f"<{message.key}>", message.to, message.subject, message.text)
    return ()


def _without_address(municipality: str, desk: Desk, row: Leased, *, call: bool) -> tuple[int, ...]:
    """Nobody to mail: what is about a case goes another way."""
    with transaction(municipality) as tx:
        if not call or "case" not in row.payload:
            _done(tx, row, outside.NO_ADDRESS if call else "")
            return ()
        loaded = load(tx, desk, key_of(row.payload["case"]), lock=True)
        told, due = outside.instead_of_mail(tx, loaded, row)
        _done(tx, row, told)
        return due


def _done(tx: Transaction, row: Leased, error: str) -> None:
    if not outbox.complete(tx, row, error=error):
        raise LeaseLost


def _refused(municipality: str, desk: Desk, row: Leased, error: str) -> tuple[int, ...]:
    """The address is wrong: trying again cannot help, somebody tries another way."""
    with transaction(municipality) as tx:
        outbox.refuse(tx, row, error)
        if "ask_person" in row.payload:
            return ask_mail.bounced(tx, desk, row)
        if "case" in row.payload and not row.payload["to"].startswith(messages.ACCOUNT):
            loaded = load(tx, desk, key_of(row.payload["case"]), lock=True)
            return outside.bounced(tx, loaded, row)
    return ()


def _about_case(tx: Transaction, desk: Desk, row: Leased, outgoing: Outgoing) -> Letter:
    loaded = load(tx, desk, key_of(row.payload["case"]))
    return messages.about_case(tx, loaded, row.payload, outgoing)
