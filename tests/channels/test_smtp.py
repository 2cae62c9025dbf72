from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

from app.channels.mail import Message, Refused, Retry, Sent, send
from tests.support.mail_server import MailServer

MESSAGE = Message(
    key="12.zandlede@meernet.example",
    to="joris.maes@zandlede.example",
    subject="Één taak vandaag",
    text="Kijk in je lijst.\n.\nEinde",
    sender="geen-antwoord@zandlede.example",
    at=datetime(2026, 11, 9, 8, 30, tzinfo=UTC),
)


def test_the_server_gets_the_words_as_they_are_also_a_lonely_dot() -> None:
    with MailServer() as server:
        assert send(server.url, MESSAGE) == Sent()
    got = message_from_bytes(server.mails[0], policy=policy.default)
    assert got["Subject"] == "Één taak vandaag"
    assert got.get_content().replace("\r\n", "\n") == "Kijk in je lijst.\n.\nEinde\n"


def test_a_busy_server_means_later_and_a_refusal_means_never() -> None:
    with MailServer() as server:
        server.answers += ["451 busy", "554 not this"]
        assert send(server.url, MESSAGE) == Retry("451")
        assert send(server.url, MESSAGE) == Refused("554")
        assert send(server.url, replace(MESSAGE, to="unknown@zandlede.example")) == Refused("550")
    assert server.mails == []


def test_no_server_means_later() -> None:
    with MailServer() as server:
        url = server.url
    assert isinstance(send(url, MESSAGE, timeout=1.0), Retry)


def test_a_password_does_not_travel_in_the_clear_to_another_machine() -> None:
    with MailServer() as server:
        port = server.url.rpartition(":")[2]
        assert isinstance(send(f"smtp://a:b@127.0.0.2:{port}", MESSAGE, timeout=1.0), Retry)
    assert server.mails == []


def test_an_unknown_scheme_is_not_sent() -> None:
    assert send("gopher://x", MESSAGE) == Retry("ValueError")
