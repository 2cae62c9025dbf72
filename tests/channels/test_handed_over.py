"""Is what the mail server took remembered, and nothing else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.channels.handed_over import HandedOver
from app.channels.mail import Message

MAIL = Message(
    key="7.zandlede@z.example",
    to="peeters@praktijk.example",
    subject="Kaart 2026-0001",
    text="Goed ontvangen.",
    sender="meernet@zandlede.example",
    at=datetime(2026, 11, 9, 9, 40, tzinfo=UTC),
)


def test_what_was_taken_is_known_to_another_process_until_it_is_written_down(tmp_path: Path) -> None:
    HandedOver(tmp_path / "notes").remember(MAIL)
    other = HandedOver(tmp_path / "notes")
    assert other.knows(MAIL)
    assert other.knows(replace(MAIL, at=datetime(2026, 11, 9, 9, 50, tzinfo=UTC)))
    other.forget(MAIL)
    assert not other.knows(MAIL)
    other.forget(MAIL)


def test_another_mail_under_the_same_key_still_leaves(tmp_path: Path) -> None:
    notes = HandedOver(tmp_path)
    notes.remember(MAIL)
    assert not notes.knows(replace(MAIL, to="an.peeters@praktijk.example"))
    assert not notes.knows(replace(MAIL, text="Nog iets."))


def test_nothing_about_anybody_stands_in_the_folder(tmp_path: Path) -> None:
    HandedOver(tmp_path).remember(MAIL)
    (note,) = tmp_path.iterdir()
    assert note.read_bytes() == b""
    assert "zandlede" not in note.name


def test_where_nothing_can_be_kept_mail_leaves_all_the_same(tmp_path: Path) -> None:
    full = tmp_path / "a file, not a folder"
    full.touch()
    for notes in (HandedOver(), HandedOver(full)):
        notes.remember(MAIL)
        assert not notes.knows(MAIL)
        notes.forget(MAIL)
