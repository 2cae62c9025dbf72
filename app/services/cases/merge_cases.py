"""How does one case end in another, and how does it come loose again?

The two stay two: the one that ends points to the one that goes on, both histories say so, and nothing is copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.definitions.model.workflows import Action
from app.engine.acting import REOPEN
from app.engine.model.cases import Refusal
from app.engine.policy import Act, Actor
from app.engine.settling import open_subtasks
from app.services.cases import relation
from app.services.cases.apply_decision import MERGE, VERSION
from app.services.cases.load_case import Desk, Loaded, load
from app.services.cases.open_case import refused
from app.services.errors import NotFound
from app.storage import ids, outbox
from app.storage.database import Transaction
from app.storage.repositories import case_rows, event_rows
from app.storage.repositories.event_rows import NewEvent

MERGED, MERGED_HERE, UNMERGED = "merged_into", "merged_here", "unmerged"
LONGEST_NUMBER = 40
_OF_LIMITS = ("remind:limit:", "escalate:limit:", "over:", "claim")
"""Timers that hang on the case itself and that entering a state does not set again."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a press writes beside its decision: columns of the case, lines of its history and of the other case's."""

    columns: dict[str, Any] = field(default_factory=dict)
    events: tuple[NewEvent, ...] = ()
    other: int = 0
    line: NewEvent | None = None
    revived_since: datetime | None = None


NOTHING = Beside()


def lock_both(tx: Transaction, key: int, number: str) -> int:
    """Lock a case and the one it is merged into (now, or by ``number``), in the order of their keys so that two who
    press at once never wait crosswise; the key of the other case, 0 when there is none."""
    row = case_rows.get(tx, key)
    other: int = 0
    if row is not None and row["merged_into"] is not None:
        other = row["merged_into"]
    elif number:
        found = case_rows.by_number(tx, _clean(number))
        other = found["id"] if found else 0
    if other:
        for each in sorted({key, other}):
            case_rows.get(tx, each, lock=True)
    return other


@dataclass(frozen=True, slots=True)
class Wanted:
    """A press: whose, which button, the number given and the other case that ``lock_both`` found (0: none)."""

    actor: Actor
    action: Action
    number: str
    other: int


def beside(tx: Transaction, desk: Desk, loaded: Loaded, wanted: Wanted) -> Beside:
    """What a button that merges, or the one that opens a merged case again, writes; nothing for another button.

    Raises Invalid: merge_missing (no number), merge_unknown (no such case, or not one this actor may know of),
    merge_self, merge_ended.
    """
    if MERGE in wanted.action.does:
        return _merging(tx, desk, loaded, wanted)
    if wanted.action.id == REOPEN and loaded.row["merged_into"] is not None:
        return _loosening(tx, loaded, wanted)
    return NOTHING


def _merging(tx: Transaction, desk: Desk, loaded: Loaded, wanted: Wanted) -> Beside:
    into = _target(tx, desk, loaded, wanted).row
    params = {"number": into["number"], VERSION: str(loaded.row["version"] + 1)}
    return Beside(
        columns={"merged_into": into["id"], "merged_from": loaded.row["state"]},
        events=(NewEvent(MERGED, params, by=wanted.actor.account),),
        other=into["id"],
        line=_line(MERGED_HERE, wanted.actor, loaded, into["version"]),
    )


def _loosening(tx: Transaction, loaded: Loaded, wanted: Wanted) -> Beside:
    other = case_rows.get(tx, loaded.row["merged_into"])
    if other is None:
        raise NotFound
    params = {"number": other["number"], VERSION: str(loaded.row["version"] + 1)}
    return Beside(
        columns={"merged_into": None, "merged_from": ""},
        events=(NewEvent(UNMERGED, params, by=wanted.actor.account),),
        other=other["id"],
        line=_line(UNMERGED, wanted.actor, loaded, other["version"]),
        revived_since=loaded.row["closed_at"],
    )


def after(tx: Transaction, loaded: Loaded, written: Beside) -> None:
    """Once the case itself is written: the other one's history, and the terms that run again."""
    if written.line is not None:
        event_rows.append_all(tx, written.other, [written.line])
    if written.revived_since is not None:
        outbox.revive_timers(tx, loaded.row["id"], _OF_LIMITS, cancelled_at=written.revived_since)


def settled(loaded: Loaded, does: tuple[str, ...], said: dict[str, str]) -> dict[str, str]:
    """What becomes of open sub-tasks: what was said; where a case is merged, those left unsaid are closed."""
    unsaid = dict.fromkeys(open_subtasks(loaded.case), "cancelled") if MERGE in does else {}
    return {**unsaid, **said}


def _target(tx: Transaction, desk: Desk, loaded: Loaded, wanted: Wanted) -> Loaded:
    number = _clean(wanted.number)
    if not number:
        raise refused(Refusal("merge_missing"))
    if wanted.other == loaded.row["id"]:
        raise refused(Refusal("merge_self"))
    unknown = refused(Refusal("merge_unknown", (("number", number),)))
    if not wanted.other:
        raise unknown
    target = load(tx, desk, wanted.other, lock=True)
    found = relation.relations(wanted.actor, target.row, target.tasks, target.pin, tx.now)
    if not relation.allowed(wanted.actor, Act.CASE_FIND, found):
        raise unknown
    if target.row["closed_at"] is not None:
        raise refused(Refusal("merge_ended", (("number", target.row["number"]),)))
    return target


def _line(code: str, actor: Actor, loaded: Loaded, version: int) -> NewEvent:
    params = {"number": loaded.row["number"], "case": ids.to_text(loaded.row["id"]), VERSION: str(version)}
    return NewEvent(code, params, by=actor.account)


def _clean(number: str) -> str:
    return number.strip().upper()[:LONGEST_NUMBER]
