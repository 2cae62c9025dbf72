"""What do the events of a case say, in words?"""

from __future__ import annotations

from collections.abc import Mapping

from app.services.case_view import HistoryLine
from app.services.load_case import FORM_FILLED, Pinned
from app.storage.history import Entry
from app.texts import has, say

SILENT = frozenset({FORM_FILLED})
"""Events that only point at something; the press beside them says what happened."""


def lines(
    entries: list[Entry], pinned: Pinned, language: str = "nl", *, content: bool
) -> tuple[HistoryLine, ...]:
    """The timeline, newest first; notes with their text when ``content`` may be read."""
    return tuple(
        line(entry, pinned, language, content=content) for entry in entries if entry.code not in SILENT
    )


def line(entry: Entry, pinned: Pinned, language: str = "nl", *, content: bool = False) -> HistoryLine:
    """One event."""
    text = _words(entry.code, entry.params, pinned, language)
    if content and entry.code == "note" and isinstance(entry.content, Mapping):
        text = str(entry.content.get("text", text))
    return HistoryLine(entry.at, text, name(entry.by, pinned), entry.code)


def name(account: str, pinned: Pinned) -> str:
    """Somebody's name; empty for the system or somebody who is gone."""
    worker = pinned.world.staffing.workers.get(account)
    return worker.name if worker else ""


def recipient(to: str, pinned: Pinned, language: str = "nl") -> str:
    """Whom a message goes to, in words."""
    kind, _, account = to.partition(":")
    if kind == "account":
        return name(account, pinned)
    code = f"queue_words.to_{kind}"
    return say(code, language) if has(code) else kind


def _words(code: str, params: Mapping[str, str], pinned: Pinned, language: str) -> str:
    known = dict(params)
    if "to" in known:
        known["to"] = recipient(known["to"], pinned, language)
    if "account" in known:
        known["name"] = name(known["account"], pinned)
    if code == "did":
        known["what"] = _does(known["name"], language)
    for candidate in (f"history.{code}", f"queue_words.history_{code}"):
        if has(candidate):
            return say(candidate, language, **known).strip()
    return say("queue_words.history_unknown", language, code=code)


def _does(effect: str, language: str) -> str:
    code = f"queue_words.did_{effect}"
    return say(code, language) if has(code) else effect
