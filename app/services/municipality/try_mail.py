"""Does mail leave this house? One mail, at once, and what the server said to it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from app.channels import mail
from app.channels.mail import Message, Refused, Retry
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.services.access import passwords
from app.services.errors import Invalid
from app.services.follow_up import caught_mail
from app.services.follow_up.outgoing import current
from app.services.follow_up.send_mail import TIMEOUT_S, stays_inside
from app.services.municipality import settings
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.texts import say

SENT, KEPT, LATER, REFUSED = "sent", "kept", "later", "refused"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of it: ``sent``, ``kept`` (in the app's own mailbox), ``later`` or ``refused``.

    ``error`` is the class of the failure or the status code of the server, never its words. ``missing`` are the
    settings of the installation that nobody gave.
    """

    outcome: str
    to: str
    sender: str
    error: str = ""
    missing: tuple[str, ...] = ()


def missing() -> tuple[str, ...]:
    """The settings of the installation without which mail does not leave, or not from the right address."""
    return current().missing


def send(actor: Actor, to: str) -> Tried:
    """Send a mail to ``to`` and wait for the answer. Raises ``Invalid`` (the address), ``Forbidden``."""
    settings.demand(actor)
    address = to.strip().lower()
    if not passwords.looks_like_email(address):
        raise Invalid(errors=(FieldError("to", "email"),))
    world, outgoing = staffing.world(actor.municipality), current()
    told = settings.of(world)
    message = Message(
        key=f"proef-{secrets.token_hex(8)}.{actor.municipality}@{outgoing.host}",
        to=address,
        subject=say("messages.trial.subject", municipality=told.name),
        text=say("messages.trial.text", municipality=told.name, name=actor.name),
        sender=outgoing.sender,
        sender_name=told.sender_name or told.name,
        reply_to=told.reply_to,
        at=clock.now(),
    )
    if stays_inside(world, outgoing):
        with transaction(actor.municipality) as tx:
            caught_mail.catch(tx, f"<{message.key}>", message.to, message.subject, message.text)
        return Tried(KEPT, address, outgoing.sender, missing=outgoing.missing)
    answer = mail.send(outgoing.mail_url, message, timeout=TIMEOUT_S)
    if isinstance(answer, Retry | Refused):
        outcome = LATER if isinstance(answer, Retry) else REFUSED
        return Tried(outcome, address, outgoing.sender, answer.error, outgoing.missing)
    settings.keep(actor, "mail_tried", mail_tried=f"{clock.now():%Y-%m-%d}")
    return Tried(SENT, address, outgoing.sender, missing=outgoing.missing)
