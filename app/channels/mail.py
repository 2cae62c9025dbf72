"""How does one message become one mail, and did it leave?

One builder for every mail of the product. It never raises while sending: the answer is Sent, Retry or Refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from app.channels.headers import UnsafeText, address, body_text, header_text
from app.channels.smtp import Answer, Refused, Retry, Sent, deliver

__all__ = ["Answer", "Message", "Refused", "Retry", "Sent", "UnsafeText", "build", "send", "stays_here"]

CATCH_ALL = "catchall"
_EXPECTED = frozenset(
    {
        "from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress",
        "mime-version", "content-type", "content-transfer-encoding", "reply-to",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """A finished message in plain text. ``key`` is constant over retries (``<outbox id>.<municipality>@<host>``) and
    becomes the Message-ID; ``sender_name`` stands before the sender's address; ``at`` is aware."""

    key: str
    to: str
    subject: str
    text: str
    sender: str
    at: datetime
    sender_name: str = ""
    reply_to: str = ""


def build(message: Message) -> EmailMessage:
    """A mail with exactly one recipient. Raises ``UnsafeText`` for text that could add a header or a recipient."""
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    sender = address(message.sender, "from")
    name = header_text(message.sender_name, "from").replace("\\", "").replace('"', "")
    mail["From"] = f'"{name}" <{sender}>' if name else sender
    mail["To"] = address(message.to)
    if message.reply_to:
        mail["Reply-To"] = address(message.reply_to, "reply_to")
    mail["Subject"] = header_text(message.subject, "subject")
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{address(message.key, 'key')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(body_text(message.text), cte="quoted-printable")
    _compare(mail, _EXPECTED)
    return mail


def stays_here(url: str) -> bool:
    """Whether mail is kept in the app (``catchall:``) instead of sent."""
    return urlsplit(url).scheme == CATCH_ALL


def send(url: str, message: Message, *, timeout: float = 20.0) -> Answer:
    """Hand a message to the mail server of ``url`` (``smtp://user:password@host:port``, ``smtps://``).

    ``timeout`` in seconds holds for each step and must stay well under the lease of the row. A message that cannot be
    built is Refused: trying again does not mend it.
    """
    try:
        mail = build(message)
    except UnsafeText as unsafe:
        return Refused(f"unsafe_{unsafe.part}")
    return deliver(url, mail, sender=message.sender, recipient=message.to, timeout=timeout)


def _compare(mail: EmailMessage, expected: Collection[str]) -> None:
    """Read back what will be sent: header names that nobody wrote here mean that a text broke out."""
    read = message_from_bytes(mail.as_bytes(), policy=policy.SMTP)
    names = [name.lower() for name in read.keys()]  # noqa: SIM118 - a message is no mapping: keys() keeps doubles
    if not set(names) <= set(expected) or len(names) != len(set(names)):
        raise UnsafeText("headers")
    if len(read["To"].addresses) != 1:
        raise UnsafeText("to")
