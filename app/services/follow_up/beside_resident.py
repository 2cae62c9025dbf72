"""What does the contact person need to tell somebody something themselves, and to give the resident their own page?

The call script says what the mail or the letter says, line by line; above it how to reach them, and what not to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor
from app.services.cases import readable, told
from app.services.cases.apply_decision import FLAGS
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.errors import NotFound
from app.services.follow_up import ways
from app.services.follow_up.ask_to_call import EVENTS, TO
from app.services.follow_up.ways import RESIDENT, Reach
from app.services.people import resident_codes, resident_links
from app.services.people.resident_links import OwnPage
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows, letter_rows

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Script:
    """One call to make. ``to`` in words; ``task`` is what the list says; ``silent``: leave no message."""

    to: str
    task: str
    lines: tuple[str, ...]
    reach: Reach
    silent: bool


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A letter of the case; ``state`` is waiting, printed, posted, returned or dropped."""

    number: str
    to: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BesideResident:
    """``own`` is None for a case without a page of its own."""

    case: str
    number: str
    calls: tuple[Script, ...]
    letters: tuple[OnPaper, ...]
    own: OwnPage | None


def of_case(actor: Actor, case_id: str) -> BesideResident:
    """See ``BesideResident``; reading it is written down. Raises ``NotFound`` for who may not read the case."""
    desk = desk_of(actor.municipality)
    key = key_of(case_id)
    with transaction(actor.municipality) as tx:
        loaded = load(tx, desk, key)
        if not readable.reads(tx, actor, loaded):
            raise NotFound
        event_rows.log_read(tx, account=actor.account, case=key, act=str(Act.CASE_READ))
        code = resident_codes.given(tx, loaded.row, loaded.pin.form)
        number = loaded.row["number"]
        return BesideResident(
            case=case_id,
            number=number,
            calls=_calls(tx, loaded),
            letters=_letters(tx, loaded),
            own=resident_links.own_page(number, code) if code else None,
        )


def _calls(tx: Transaction, loaded: Loaded) -> tuple[Script, ...]:
    found = []
    for task in loaded.tasks:
        flags = task["why"].get(FLAGS, {})
        if task["state"] != "open" or TO not in flags:
            continue
        to = str(flags[TO])
        reach = ways.of(tx, loaded, to)
        lines = tuple(line for event in flags.get(EVENTS, ()) for line in _lines(tx, str(event)))
        silent = to == RESIDENT and reach.silent_phone
        found.append(Script(told.recipient(to, loaded.pin), task["label"], lines, reach, silent))
    return tuple(found)


def _lines(tx: Transaction, event: str) -> list[str]:
    content = event_rows.content(tx, ids.from_text(event)) or {}
    return [part.strip() for part in _SENTENCE.split(str(content.get("text", ""))) if part.strip()]


def _letters(tx: Transaction, loaded: Loaded) -> tuple[OnPaper, ...]:
    return tuple(
        OnPaper(
            row["number"],
            told.recipient(row["recipient"], loaded.pin),
            row["state"],
            row["returned_at"] or row["posted_at"] or row["printed_at"] or row["created_at"],
        )
        for row in reversed(letter_rows.of_case(tx, loaded.row["id"]))
    )
