"""What do the events of a case say, in words?"""

from __future__ import annotations

from collections.abc import Mapping

from app.engine import holes
from app.engine.labels import Labels
from app.services.cases.case_view import HistoryLine
from app.services.cases.kept_answers import FORM_FILLED
from app.services.cases.load_case import Loaded, Pinned
from app.storage import ids
from app.storage.history import Entry
from app.texts import has, say

REASON_GIVEN = "reason_given"
BY_RESIDENT = frozenset({"resident_added", "resident_called", "resident_asked"})
WORDS = frozenset({"note", REASON_GIVEN, "kept_from", "let_in", "file_added"}) | BY_RESIDENT
"""Events whose words are sealed."""
DEEDS = frozenset(
    {
        "submitted",
        "acted",
        "attempt",
        "handed_over",
        "taken_over",
        "given_back",
        "released",
        "claimed",
        "task_done",
        "task_cancelled",
        "shared",
        "unshared",
        "kept_from",
        "let_in",
        "file_added",
        "merged_into",
        "merged_here",
        "unmerged",
        "person_linked",
        "person_unlinked",
        "persons_merged",
        "persons_unmerged",
        "task_added",
        "privacy_told",
        "version_moved",
        "version_unmoved",
        "emergency_asked",
        "emergency_agreed",
        "emergency_refused",
        "emergency_ended",
        "emergency_reviewed",
        *WORDS,
    }
)
"""Events that somebody did; the others only follow, though they are kept with the same name."""


TALKS = frozenset({"note", "attempt", "acted", "submitted", *BY_RESIDENT})
MAIL = frozenset({"message", "not_sent", "no_address", "shared", "unshared"})
KINDS = ("talk", "message", "change")
"""What a timeline can be narrowed to."""


def kind_of(code: str) -> str:
    """Whether an event tells of a talk, of a message, or only that something changed."""
    if code in TALKS:
        return "talk"
    return "message" if code in MAIL else "change"


def lines(
    entries: list[Entry], loaded: Loaded, language: str = "nl", *, content: bool
) -> tuple[HistoryLine, ...]:
    """The timeline, newest first; notes with their text when ``content`` may be read."""
    return tuple(
        line(entry, loaded, language, content=content)
        for entry in entries
        if not _silent(entry, content=content)
    )


def _silent(entry: Entry, *, content: bool) -> bool:
    """What only points at something, or says nothing without its words."""
    return entry.code in _POINTS or (entry.code == REASON_GIVEN and not content)


_POINTS = frozenset({FORM_FILLED, "pinned"})


def line(entry: Entry, loaded: Loaded, language: str = "nl", *, content: bool = False) -> HistoryLine:
    """One event; ``who`` only for what somebody did, not for what followed from it."""
    text = _words(entry.code, entry.params, loaded, language)
    if content and entry.code in WORDS and isinstance(entry.content, Mapping):
        text = _with_words(entry.code, entry.content, loaded, language)
    who = name(entry.by, loaded.pin) if entry.code in DEEDS else ""
    return HistoryLine(entry.at, text, who, entry.code, ids.to_text(entry.id), kind_of(entry.code))


def _with_words(code: str, content: Mapping[str, object], loaded: Loaded, language: str) -> str:
    words = str(content.get("text", ""))
    if code == "note":
        return words
    if code in BY_RESIDENT:
        return say(f"residents.told.{code}", language, text=words).strip()
    about = name(str(content.get("account", "")), loaded.pin)
    known = "queue_words.history_reason" if code == REASON_GIVEN else f"working.told_{code}"
    return say(known, language, reason=words, name=about)


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


def subject(message: str, loaded: Loaded, language: str = "nl") -> str:
    """What a message is called, without anything that was told; ``message`` is its id in the workflow, or ours."""
    found = loaded.pin.workflow.messages.get(message)
    number = loaded.row["number"]
    if found is not None and found.subject:
        words = {"case.number": number, "holder.name": name(loaded.row["holder"], loaded.pin)}
        return holes.fill(found.subject, words, language)
    own = f"messages.{message}.subject"
    return say(own if has(own) else "messages.subject", language, number=number)


def mark(name_: str, pinned: Pinned, language: str = "nl") -> str:
    """What a milestone is called: the term that ends at it, else the buttons that set it."""
    limit = next((item for item in pinned.workflow.limits if item.until == name_ and item.label), None)
    if limit is not None:
        return limit.label
    return Labels(pinned.form, pinned.workflow, language=language).mark(name_)


def _words(code: str, params: Mapping[str, str], loaded: Loaded, language: str) -> str:
    known = dict(params)
    if "to" in known:
        known["to"] = recipient(known["to"], loaded.pin, language)
    if "account" in known:
        known["name"] = name(known["account"], loaded.pin)
    if "message" in known:
        known["message"] = subject(known["message"], loaded, language)
    if "mark" in known:
        known["mark"] = mark(known["mark"], loaded.pin, language)
    if code == "did":
        known["what"] = _does(known["name"], language)
    for candidate in (f"history.{code}", f"queue_words.history_{code}", f"working.history_{code}"):
        if has(candidate):
            return say(candidate, language, **known).strip()
    return say("queue_words.history_unknown", language, code=code)


def _does(effect: str, language: str) -> str:
    code = f"queue_words.did_{effect}"
    return say(code, language) if has(code) else effect
