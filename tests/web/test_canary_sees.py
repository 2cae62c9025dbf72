"""Is the search for markers blind anywhere? What is planted in each thing that leaves the process is found there."""

from __future__ import annotations

import base64
import gzip
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, Response, redirect
from redis import Redis

from app.channels.fetch import Question, fetch
from app.documents.house import House, Somebody
from app.documents.letter import Letter, letters_pdf
from app.reporting.spreadsheets import xlsx_bytes
from app.storage.database import transaction
from app.storage.repositories import mail_rows
from tests.support import canaries
from tests.support.bound import MUNICIPALITY
from tests.support.canaries import Left, Planted, Records, Wire, leaks
from tests.support.receiver import address, one_listed

AT = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
TOLD = ("Kanarieabczz", "09 000 00 17", "kanarie+post@zandlede.example")
"""A word, a number and an address: each is written in other ways elsewhere."""


def _answered(response: Response, address: str = "/") -> list[Left]:
    """What the wire hears of one answer of an application."""
    app = Flask(__name__)
    wire = Wire().on(app)
    app.add_url_rule("/", "any", lambda: response)
    app.test_client().get(address)
    return wire.left


def _logged(speak: Callable[[logging.Logger], None]) -> list[Left]:
    heard, logger = Records(), logging.getLogger("meernet.canary")
    logger.addHandler(heard)
    logger.setLevel(logging.INFO)
    speak(logger)
    logger.removeHandler(heard)
    return heard.left


def _broken(logger: logging.Logger, told: str) -> None:
    try:
        raise ValueError(told)
    except ValueError:
        logger.exception("broken")


def _letter(told: str) -> bytes:
    return letters_pdf(
        [Letter(House("Zandlede"), ("Maria",), date(2026, 11, 9), "Bericht", (told,), Somebody("Joris"))], AT
    )


def _sheet(told: str) -> bytes:
    return xlsx_bytes("Lijst", [["naam"], [told]])


CHANNELS: Mapping[str, Callable[[str], list[Left]]] = {
    "url": lambda told: _answered(Response("ok"), f"/?q={quote(told)}"),
    "headers": lambda told: _answered(redirect(f"/?{quote(told)}")),  # type: ignore[arg-type]
    "page": lambda told: _answered(Response(f"<li>{told}</li>")),
    "title": lambda told: _answered(Response(f"<title>{told}</title>")),
    "page of a list in a workbook": lambda told: _answered(Response(_sheet(told))),
    "page of an export, packed": lambda told: _answered(Response(gzip.compress(f"naam;{told}".encode()))),
    "page that is printed": lambda told: _answered(Response(_letter(told), mimetype="application/pdf")),
    "letter": lambda told: [Left("letter", "", "", canaries.plain(_letter(told)))],
    "log": lambda told: _logged(lambda logger: logger.info("a case of %s", told)),
    "log of what broke": lambda told: _logged(lambda logger: _broken(logger, told)),
}


def _found(told: str, left: list[Left]) -> set[str]:
    planted = Planted()
    planted.put("here", 3, told)
    return {found.partition(" ")[0] for found in leaks(planted, left, least=2)}


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_planted_in_a_channel_is_found_there(channel: str, told: str) -> None:
    assert channel.partition(" ")[0] in _found(told, CHANNELS[channel](told))
    assert not _found(told, CHANNELS[channel]("iets anders"))


@pytest.mark.parametrize("told", TOLD)
def test_what_another_system_is_told_of_somebody_is_found(told: str, tmp_path: Path) -> None:
    with one_listed(tmp_path) as receiver:
        for headers, body in (
            ({}, told),
            ({"x-who": base64.b64encode(f"Aan {told} !".encode()).decode()}, ""),
            ({}, "niets"),
        ):
            fetch(Question(address(receiver), "POST", headers, body.encode()))
    in_body, in_header, clean = ([item] for item in canaries.received(receiver.heard))
    assert _found(told, in_body) == _found(told, in_header) == {"webhook"}
    assert not _found(told, clean)


@pytest.mark.parametrize("told", TOLD)
def test_what_a_mail_or_a_row_says_of_somebody_is_found(told: str, app: Flask) -> None:
    with app.app_context():
        assert not _found(told, canaries.rows())
        with transaction(MUNICIPALITY) as tx:
            mail_rows.insert(tx, "een", "joris@zandlede.example", "Bericht", f"Over {told}.")
        assert _found(told, [item for item in canaries.rows() if item.where == "caught_mail"]) == {"table"}


@pytest.mark.parametrize("told", TOLD)
def test_what_a_hint_to_the_workers_says_of_somebody_is_found(told: str, valkey_server_url: str) -> None:
    with Redis.from_url(valkey_server_url) as connection:
        connection.set("hint", told)
    assert _found(told, canaries.hints(valkey_server_url)) == {"redis"}
