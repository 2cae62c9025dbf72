"""What did somebody else do with a case while its page stood open here, or was it this very press, sent twice?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Actor
from app.services.cases import told
from app.services.cases.case_view import HistoryLine
from app.services.cases.load_case import Loaded
from app.storage.database import Transaction
from app.storage.repositories import event_rows
from app.texts import say


@dataclass(frozen=True, slots=True)
class Changed:
    """What a colleague did since the page was opened, each line with when and who: the payload of Conflict."""

    version: int
    state_label: str
    lines: tuple[str, ...]


def changed(tx: Transaction, loaded: Loaded, since: int, *, follows: bool = True) -> Changed:
    """What happened to the case after version ``since``, in words; to who may not act on it (any more) only who has
    it now, which everybody who may know of the case sees."""
    if not follows:
        state = loaded.pin.workflow.states[loaded.row["state"]]
        holder = told.name(loaded.row["holder"], loaded.pin)
        return Changed(loaded.row["version"], state.label, (say("meanwhile.holder", name=holder),))
    entries = event_rows.since(tx, loaded.row["id"], since)
    state = loaded.pin.workflow.states[loaded.row["state"]]
    lines = tuple(_line(item, loaded) for item in told.lines(entries, loaded, content=False))
    return Changed(loaded.row["version"], state.label, lines)


def sent_twice(tx: Transaction, loaded: Loaded, actor: Actor, since: int, codes: Collection[str]) -> bool:
    """Whether all that happened after version ``since`` is one decision of this same person, told by one of ``codes``:
    a double click, or a page that was sent again."""
    entries = event_rows.since(tx, loaded.row["id"], since)
    mine = any(entry.code in codes and entry.by == actor.account for entry in entries)
    return mine and loaded.row["version"] == since + 1


def moment(at: datetime, loaded: Loaded) -> str:
    """Day and time of the municipality."""
    return f"{at.astimezone(loaded.pin.world.calendar.zone):%d/%m/%Y %H.%M}"


def _line(line: HistoryLine, loaded: Loaded) -> str:
    code = "meanwhile.line.by" if line.who else "meanwhile.line"
    return say(code, moment=moment(line.at, loaded), who=line.who, text=line.text)
