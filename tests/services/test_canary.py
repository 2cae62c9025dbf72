"""A case is lived to its end; what the resident told must then stand nowhere in the clear."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.cases import add_note, case_page, hand_over
from app.services.follow_up import digest
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import METADATA
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press, send_card, settle

CANARIES = (
    "Canariebos",
    "Geheimpje",
    "over de kat",
    "09 000 00 01",
    "090000001",
    "dokter Peeters",
    "peeters@praktijk.example",
    "Kanarienota",
    "Kanariereden",
)
MAIL_MAY_KNOW = ("peeters@praktijk.example",)
"""The catch-all keeps what would have left the house: its addressee stands there by design."""


def test_nothing_a_resident_told_stands_in_the_clear(town: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with clock.stopped_at(local("2026-11-09 09:40")):
        card = send_card()
        settle()
        joris, bram = actor("joris_maes"), actor("bram_de_coster")
        add_note.add(joris, card.case, "Kanarienota")
        hand_over.hand_over(joris, card.case, to=bram.account, reason="Kanariereden", version=1)
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local("2026-11-18 12:00")):
        settle()
        page = case_page.show(holder_of(card.case), card.case)
        assert "Kanarienota" in str(page.timeline)
        press(card.case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
    for table, text in _everything().items():
        allowed = MAIL_MAY_KNOW if table == "caught_mail" else ()
        found = [canary for canary in CANARIES if canary in text and canary not in allowed]
        assert not found, (table, found)
    assert not [canary for canary in CANARIES if canary in caplog.text]


def _everything() -> dict[str, str]:
    """Every row of every table as text, by table; sealed columns as the bytes they are."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return {
            table.name: "\n".join(str(tuple(row)) for row in tx.execute(sa.select(table)))
            for table in METADATA.sorted_tables
            if table.name not in {"definition_text"}
        }
