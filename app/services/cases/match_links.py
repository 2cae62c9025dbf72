"""How is one case proposed to another, so that the last place is given once, and when is that over?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.definitions.model.workflows import Action
from app.engine import matching
from app.engine.model.cases import Case, Refusal
from app.engine.policy import Act, Actor
from app.services.cases import match_candidates, readable
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, key_of
from app.services.cases.open_case import refused
from app.storage.database import Transaction
from app.storage.repositories import case_rows, event_rows, match_rows
from app.storage.repositories.event_rows import NewEvent

MADE, MADE_HERE, ENDED, ENDED_HERE = "match_made", "match_made_here", "match_ended", "match_ended_here"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a press links its case with; nothing for most."""

    other: Mapping[str, Any] | None = None
    events: tuple[NewEvent, ...] = ()


NOBODY = Proposed()


def proposed(
    tx: Transaction, desk: Desk, actor: Actor, loaded: Loaded, press: tuple[Action, str]
) -> Proposed:
    """What the button links, given the id that came with it. Raises Invalid: match_gone (no such case any more, not in
    a state in which it is proposed, or one that does not fit), match_full (somebody took the last place)."""
    action, other = press
    rules = loaded.pin.workflow.matching
    if not other or rules is None or action.id != rules.propose or loaded.row["state"] not in rules.when:
        return NOBODY
    gone = refused(Refusal("match_gone"))
    locked = case_rows.get(tx, key_of(other), lock=True)  # whoever comes second sees what the first took
    if locked is None or not readable.reads(tx, actor, loaded):
        raise gone
    looked = match_candidates.look(tx, desk, actor, loaded, rules)
    found = looked.found.get(other)
    if found is None:
        raise gone
    _demand_free(looked, other)
    params = {"number": found.row["number"], VERSION: str(loaded.row["version"] + 1)}
    event_rows.log_read(
        tx, account=actor.account, case=found.row["id"], act=str(Act.CASE_READ), ground="match"
    )
    return Proposed(found.row, (NewEvent(MADE, params, by=actor.account),))


def _demand_free(looked: match_candidates.Looked, other: str) -> None:
    """Refuse what is full or excluded; what was declined before, or made for somebody else, may be asked again."""
    left = next((one for one in looked.proposals.left_out if one.id == other), None)
    if left is not None and left.code == matching.FULL:
        raise refused(Refusal("match_full"))
    if left is not None and left.code == matching.EXCLUDED:
        raise refused(Refusal("match_gone"))


def keep(tx: Transaction, loaded: Loaded, link: Proposed, actor: Actor) -> None:
    """Write the link once the case itself is written, and a line in the other one's history."""
    if link.other is None:
        return
    match_rows.insert(tx, seeker=loaded.row["id"], other=link.other["id"], account=actor.account)
    _line(tx, link.other, MADE_HERE, loaded, by=actor.account)


def release(tx: Transaction, loaded: Loaded, after: Case, *, by: str) -> None:
    """A case that looks again, or that ended, takes no place any more; what it was linked with is told."""
    rules = loaded.pin.workflow.matching
    if rules is None or after.state == loaded.row["state"]:
        return
    if after.state not in rules.when and not loaded.pin.workflow.states[after.state].end:
        return
    for key in sorted(match_rows.end(tx, loaded.row["id"], after.state)):
        other = case_rows.get(tx, key, lock=True)
        if other is None:
            continue
        event_rows.append_all(
            tx,
            loaded.row["id"],
            [NewEvent(ENDED, {"number": other["number"], VERSION: str(loaded.row["version"] + 1)}, by=by)],
        )
        _line(tx, other, ENDED_HERE, loaded, by=by)


def _line(tx: Transaction, other: Mapping[str, Any], code: str, loaded: Loaded, *, by: str) -> None:
    params = {"number": loaded.row["number"], VERSION: str(other["version"])}
    event_rows.append_all(tx, other["id"], [NewEvent(code, params, by=by)])
