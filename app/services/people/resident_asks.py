"""What can a resident ask on their own page? Each is one transaction: the history, a task with a day, what they hear.

Nothing of what they write stands in the label of a task: it is read on the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.engine import calendar
from app.engine.durations import add_months
from app.engine.model.cases import OpenTask
from app.engine.policy import by_link
from app.engine.staff import onlooker, with_role
from app.services import once
from app.services.cases import apply_decision, case_files, effects
from app.services.cases.apply_decision import VERSION, Change
from app.services.cases.load_case import Loaded, Pinned, desk_of
from app.services.errors import Invalid
from app.services.follow_up import sending_limits
from app.services.follow_up.ask_to_call import note_task
from app.services.people import resident_codes
from app.services.people.resident_codes import ResidentKey
from app.services.people.resident_page import ADDED
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import token_rows
from app.storage.repositories.event_rows import NewEvent
from app.texts import say

CALLED, ASKED = "resident_called", "resident_asked"
COPY, READERS, ERASE = "copy", "readers", "erase"
KINDS = (COPY, READERS, ERASE)
"""A copy of what is kept, who read it, to have it erased."""
LONGEST = 2000
READ_WITHIN, CALL_WITHIN = 3, 1
"""Working days: as long as a first contact may take, and the next day."""
MONTHS = 1
"""The term of the GDPR (art. 12): one month, to the same day of the next."""
FILES = ("pdf", "jpg", "png")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the resident is told: what was done (text ``residents.heard.<what>``), by whom it is taken up and before
    when. ``again``: the same was asked before, nothing was added."""

    what: str
    name: str = ""
    by: date | None = None
    wake: tuple[int, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask in the making: under which key its task stands, what the task is called, what goes into the history."""

    what: str
    key: str
    label: str
    event: NewEvent
    task: Callable[[Transaction, Loaded, str, str], OpenTask]
    file: tuple[str, str, bytes] | None = None
    """Name, kind and content, examined."""


@dataclass(frozen=True, slots=True)
class From:
    """Who asks: the key in their browser, the token of the page, where it comes from."""

    key: ResidentKey
    token: str
    origin: str = ""


def add(sender: From, text: str, *, name: str = "", content: bytes = b"") -> Heard:
    """Add something: words, perhaps a file. Raises ``Invalid`` (``resident_empty``, ``resident_long``, those of
    uploads, ``sent_too_many``), ``NotFound``."""
    text = _checked(text, needed=not content)
    file = (*case_files.examined(name, content, FILES), content) if content else None
    told = {"text": " ".join(filter(None, (text, f"({file[0]})" if file else "")))}
    ask = Ask("added", "added", "added", NewEvent(ADDED, {}, content=told), to_read, file)
    return _ask(sender, ask, body=(text, name, len(content)))


def call_back(sender: From, when: str) -> Heard:
    """Ask to be called; ``when`` in their own words. Raises ``Invalid``, ``NotFound``."""
    when = _checked(when, needed=False)
    event = NewEvent(CALLED, {}, content={"text": when})
    return _ask(sender, Ask("called", "call", "call", event, _to_call), body=(when,))


def ask_for(sender: From, kind: str, text: str = "") -> Heard:
    """Ask what the law gives: a task for the data protection officer, due in one month. Raises ``Invalid``,
    ``NotFound``."""
    if kind not in KINDS:
        raise Invalid("resident_kind")
    text = _checked(text, needed=False)
    event = NewEvent(ASKED, {"what": kind}, content={"text": text})
    return _ask(sender, Ask(kind, f"privacy:{kind}", kind, event, _to_officer), body=(kind, text))


def _checked(text: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise Invalid("resident_empty")
    if len(text) > LONGEST:
        raise Invalid("resident_long", max=str(LONGEST))
    return text


def _ask(sender: From, ask: Ask, *, body: tuple[object, ...]) -> Heard:
    desk = desk_of(sender.key.municipality)
    with transaction(desk.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, sender.key, lock=True)
        used = token_rows.find(tx, sender.token)
        if used is not None:
            return _before(loaded, ask, used.result)
        limit(tx, sender)
        change = apply_decision.begin(loaded, "")
        due = lay_down(tx, loaded, change, ask)
        if ask.file is not None:
            name, kind, content = ask.file
            case_files.lay(tx, loaded, name, kind, content, by="")
        wake = tuple(apply_decision.write(tx, change))
        heard = Heard(ask.what, name_of(loaded.pin, due.assignee), due.due_on, wake)
        result = {"name": heard.name, "by": heard.by.isoformat() if heard.by else ""}
        hashed = once.body_hash(tx, sender.key.case, ask.what, *body)
        token_rows.keep(tx, token=sender.token, body_hash=hashed, account="", result=result)
        return heard


def lay_down(tx: Transaction, loaded: Loaded, change: Change, ask: Ask) -> OpenTask:
    """The event and its task."""
    params = {**ask.event.params, VERSION: str(change.version + 1)}
    change.events.append(NewEvent(ask.event.code, params, content=ask.event.content, id=ask.event.id))
    return lay_task(tx, loaded, change, ask)


def lay_task(tx: Transaction, loaded: Loaded, change: Change, ask: Ask) -> OpenTask:
    """The task of an ask: the one that stands open says that there is more, else a new one; as it stands."""
    label = say(f"residents.task.{ask.label}", number=loaded.row["number"])
    open_now = [
        (key, task)
        for key, task in apply_decision.open_tasks(change, ())
        if task["key"].startswith(f"resident:{ask.key}:")
    ]
    fresh = ask.task(tx, loaded, f"resident:{ask.key}:{ids.to_text(ask.event.id)}", label)
    if not open_now:
        effects.open_task(tx, loaded.pin, change, fresh)
        return fresh
    key, task = open_now[0]
    apply_decision.touch(change, key, {"label": say("residents.task.again", label=label)})
    return OpenTask(task["key"], task["kind"], label, task["assignee"], task["due_on"], fresh.why)


def limit(tx: Transaction, sender: From) -> None:
    """Nobody can flood a case with asks, nor from one place. Raises ``Invalid`` (``sent_too_many``)."""
    who = by_link(sender.key.municipality, "resident")
    sending_limits.count(tx, who, link=f"case:{sender.key.case}", origin=sender.origin)


def _before(loaded: Loaded, ask: Ask, result: Mapping[str, Any]) -> Heard:
    by = date.fromisoformat(result["by"]) if result.get("by") else None
    return Heard(ask.what, result.get("name", ""), by, again=True)


def to_read(tx: Transaction, loaded: Loaded, key: str, label: str) -> OpenTask:
    return note_task(tx, loaded, key, label, days=READ_WITHIN)


def _to_call(tx: Transaction, loaded: Loaded, key: str, label: str) -> OpenTask:
    return note_task(tx, loaded, key, label, days=CALL_WITHIN)


def _to_officer(tx: Transaction, loaded: Loaded, key: str, label: str) -> OpenTask:
    """The term keeps its date; who works on it has it done by the last working day before."""
    world = loaded.pin.world
    today = tx.now.astimezone(world.calendar.zone).date()
    officer = onlooker("dpo", with_role(world, "dpo"), world, tx.now, exclude=frozenset()).account
    due_on = calendar.on_or_before(world.calendar, add_months(today, MONTHS))
    made = note_task(tx, loaded, key, label)
    why = replace(made.why, code="privacy_request") if officer else made.why
    return OpenTask(
        key, "note", label, officer or made.assignee, due_on, why, contact_point=made.contact_point
    )


def name_of(pinned: Pinned, account: str) -> str:
    worker = pinned.world.staffing.workers.get(account)
    return worker.name if worker else ""
