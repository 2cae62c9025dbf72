"""Can anything that is logged begin a line of its own, steer a terminal, or tell what somebody typed?"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from app.services import logs

EVIL = (
    "a\r\n2026-11-22 ERROR verzonnen",
    'a\n{"level": "error"}',
    "\x1b[31mrood\x1b[0m",
    "\x1b]0;titel\x07",
    "\x9b31m",
    "a\x00b",
    "\u2028volgende\u2029",
    "\u202eomgekeerd",
    "\x7f",
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    paper = io.StringIO()
    handler = logging.StreamHandler(paper)
    handler.setFormatter(logs.JsonLines())
    log = logging.getLogger("meernet.test")
    log.addHandler(handler)
    yield paper
    log.removeHandler(handler)


@pytest.mark.parametrize("text", EVIL, ids=ascii)
def test_one_record_is_one_printable_line(lines: io.StringIO, text: str) -> None:
    """ASVS 16.4.1: what is logged is encoded, so that nobody writes a line of another."""
    logging.getLogger("meernet.test").error("naam %s", text)
    written = lines.getvalue()
    assert written.count("\n") == 1
    assert written.strip().isascii()
    assert written.strip().isprintable()
    assert json.loads(written)["message"] == f"naam {text}".replace("\x7f", "\\x7f")


def test_a_line_says_when_where_and_whose(lines: io.StringIO) -> None:
    """ASVS 16.2.1, 16.2.2: each line has a time in UTC, a level, a place and the municipality."""
    before = logs.municipality.set("zandlede")
    logging.getLogger("meernet.test").warning("een")
    logs.municipality.reset(before)
    told = json.loads(lines.getvalue())
    assert told["at"].endswith("+00:00")
    assert (told["level"], told["logger"], told["municipality"]) == ("warning", "meernet.test", "zandlede")


def test_of_an_exception_its_kind_and_places_are_told_never_its_words(lines: io.StringIO) -> None:
    """ASVS 16.2.5, 16.5.1: no value of a query and nothing typed reaches the log by an exception."""
    try:
        raise ValueError("parameters: " + "".join(("Canarie", "bos")).lower())
    except ValueError:
        logging.getLogger("meernet.test").exception("mislukt")
    told = json.loads(lines.getvalue())
    assert told["error"] == "ValueError"
    assert "test_logs.py" in told["places"]
    assert "canariebos" not in lines.getvalue()


def test_a_record_that_does_not_fit_its_words_is_written_all_the_same() -> None:
    record = logging.LogRecord("meernet", logging.ERROR, "x.py", 1, "een %s %s", ("twee",), None)
    assert json.loads(logs.JsonLines().format(record))["message"] == "een %s %s"
