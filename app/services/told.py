"""What do the events of a case say, in words?"""

from __future__ import annotations

from collections.abc import Mapping

from app.services.case_view import HistoryLine
from app.services.load_case import FORM_FILLED, Pinned
from app.storage.history import Entry
from app.texts import has, say

REASON_GIVEN = "reason_given"
WORDS = frozenset({"note", REASON_GIVEN})
"""Events whose words are sealed."""


def lines(
    entries: list[Entry], pinned: Pinned, language: str = "nl", *, content: bool
) -> tuple[HistoryLine, ...]:
    """The timeline, newest first; notes with their text when ``content`` may be read."""
    return tuple(
        line(entry, pinned, language, content=content)
        for entry in entries
        if not _silent(entry, content=content)
    )


def _silent(entry: Entry, *, content: bool) -> bool:
    """What only points at something, or says nothing without its words."""
    return entry.code == FORM_FILLED or (entry.code == REASON_GIVEN and not content)


def line(entry: Entry, pinned: Pinned, language: str = "nl", *, content: bool = False) -> HistoryLine:
    """One event."""
    text = _words(entry.code, entry.params, pinned, language)
    if content and entry.code in WORDS and isinstance(entry.content, Mapping):
        text = _with_words(entry.code, str(entry.content.get("text", "")), language)
    return HistoryLine(entry.at, text, name(entry.by, pinned), entry.code)


def _with_words(code: str, words: str, language: str) -> str:
    return say("queue_words.history_reason", language, reason=words) if code == REASON_GIVEN else words


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
