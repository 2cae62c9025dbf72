from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.channels.headers import UnsafeText
from app.channels.mail import Message, Refused, build, send, stays_here

AT = datetime(2026, 11, 9, 8, 30, tzinfo=UTC)


def message(**changes: str) -> Message:
    fields = {
        "key": "12.zandlede@meernet.example",
        "to": "joris.maes@zandlede.example",
        "subject": "Kaart DVK-2026-00417",
        "text": "Goeiemorgen,\n\nér staat iets klaar.\n",
        "sender": "geen-antwoord@zandlede.example",
        "sender_name": "Sociaal Huis Zandlede",
    }
    return Message(**{**fields, **changes}, at=AT)


def test_a_mail_names_one_recipient_and_a_constant_message_id() -> None:
    first, again = build(message()), build(message())
    assert first["Message-ID"] == again["Message-ID"] == "<12.zandlede@meernet.example>"
    assert first["To"] == "joris.maes@zandlede.example"
    assert first.get_content() == "Goeiemorgen,\n\nér staat iets klaar.\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "=?utf-8?q?a=0ABcc=3A_evil=40x?="},
        {"subject": "a\nBcc: evil@x.example"},
        {"subject": "a\rBcc: evil@x.example"},
        {"subject": "a\x85b"},
        {"sender_name": "=?utf-8?q?a=0ABcc=3A_evil=40x?="},
        {"sender_name": "A\nBcc: evil@x.example"},
        {"text": "=?utf-8?q?a=0ABcc=3A_evil=40x?="},
        {"text": "a\x00b"},
        {"to": "a@b.example, evil@x.example"},
        {"to": "alice@example.org)bob@evil"},
        {"to": "Alice <a@b.example>"},
        {"to": "a@b.example\nBcc: evil@x.example"},
        {"to": "a@localhost"},
        {"to": ""},
        {"to": "a" * 250 + "@b.example"},
        {"key": "1>\nBcc: evil@x.example"},
    ],
)
def test_text_that_could_add_a_header_or_recipient_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(UnsafeText):
        build(message(**changes))


def test_an_unsafe_message_is_refused_for_good_and_nothing_is_contacted() -> None:
    assert send("smtp://127.0.0.1:1", message(subject="a\nb")) == Refused("unsafe_subject")


def test_only_the_catch_all_keeps_mail_in_the_app() -> None:
    assert stays_here("catchall:")
    assert not stays_here("smtp://localhost")


def test_a_quote_in_the_senders_name_stays_inside_the_name() -> None:
    mail = build(message(sender_name='Huis" <evil@x.example>, "x'))
    assert [item.addr_spec for item in mail["From"].addresses] == ["geen-antwoord@zandlede.example"]
