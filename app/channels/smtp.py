"""Did the mail server take it?"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

_PLAIN_PORT, _SUBMISSION_PORT, _TLS_PORT = 25, 587, 465
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Sent:
    """The server accepted it."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now: ``error`` is a class or a status code, never text of the server (it may repeat the mail)."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: the address does not exist or the mail is not acceptable."""

    error: str


Answer = Sent | Retry | Refused


def deliver(url: str, mail: EmailMessage, *, sender: str, recipient: str, timeout: float) -> Answer:
    """Send ``mail`` to one recipient over the server of ``url``; ``timeout`` in seconds for each step."""
    try:
        server = _connect(urlsplit(url), timeout)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return Retry(type(error).__name__)
    try:
        server.sendmail(sender, [recipient], mail.as_bytes())
    except smtplib.SMTPRecipientsRefused as refused:
        return _by_code(refused.recipients[recipient][0])
    except smtplib.SMTPResponseException as refused:
        return _by_code(refused.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        return Retry(type(error).__name__)
    else:
        return Sent()
    finally:
        _leave(server)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye without waiting for an answer: until the caller has written down that it was sent, every moment is
    one in which a crash sends it twice."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.putcmd("quit")
    server.close()


def _connect(url: SplitResult, timeout: float) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    server: smtplib.SMTP
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, url.port or _TLS_PORT, timeout=timeout, context=context)
    elif url.scheme == "smtp":
        port = url.port or (_SUBMISSION_PORT if url.username else _PLAIN_PORT)
        server = smtplib.SMTP(host, port, timeout=timeout)
    else:
        raise ValueError(url.scheme)
    try:
        _greet(server, url, host)
    except BaseException:
        server.close()
        raise
    return server


def _greet(server: smtplib.SMTP, url: SplitResult, host: str) -> None:
    """Turn on TLS where the server has it; a password never travels without, except on this machine."""
    server.ehlo()
    encrypted = url.scheme == "smtps"
    if not encrypted and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
        encrypted = True
    if url.username:
        if not encrypted and host not in _LOCAL:
            raise smtplib.SMTPNotSupportedError
        server.login(unquote(url.username), unquote(url.password or ""))


def _by_code(code: int) -> Answer:
    """5xx is for ever, but a server that cannot say who it is (530, 535) is our configuration: try again."""
    if code >= 500 and code not in (530, 534, 535, 538):
        return Refused(str(code))
    return Retry(str(code))
