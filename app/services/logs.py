"""How does a line of the log look? One JSON object a line: when, how bad, where, which municipality, what.

Nothing typed by people is logged; should something slip in, it cannot begin a line of its own or colour a terminal.
What an exception says may quote an answer or a value of a query, so only its kind and its places in the code are told.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

municipality: ContextVar[str] = ContextVar("municipality", default="")
"""Whose request or job this is; empty when nobody's."""
LONGEST = 4000


class JsonLines(logging.Formatter):
    """Whatever is logged, on one line of printable ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; what its arguments do not fit is told as it stands."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "municipality": municipality.get(),
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["places"] = "".join(traceback.format_tb(record.exc_info[2]))[-LONGEST:]
        return json.dumps(told, ensure_ascii=True)


def configure(stream: TextIO | None = None) -> None:
    """Write what is worth knowing to ``stream`` (standard error), unless somebody set logging up before."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)


def _message(record: logging.LogRecord) -> str:
    """The words of a record; a terminal's own signs are written out by JSON, DEL and C1 here."""
    try:
        text = record.getMessage()
    except (TypeError, ValueError):
        text = str(record.msg)
    return text[:LONGEST].replace("\x7f", "\\x7f")
