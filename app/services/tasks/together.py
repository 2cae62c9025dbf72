"""How is the same done with many tasks at once, each for itself, and what could not be done?

First it is said what will happen and what cannot; then every case is done in a transaction of its own, so that what
went wrong with one holds up no other, and whoever is interrupted goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.engine.policy import Act, Actor, Relation, may_ever
from app.services.cases import hand_over, relation
from app.services.cases.load_case import Desk, Loaded, desk_of, due_of, key_of, load
from app.services.errors import AlreadyDone, Conflict, Forbidden, Invalid, NotFound, ServiceError
from app.services.tasks import claim_task, finish_task
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, task_rows
from app.texts import has, say

WHATS = ("hand_over", "claim", "finish")
ACTS = {"hand_over": Act.CASE_HAND_OVER, "claim": Act.CASE_CLAIM, "finish": Act.TASK_FINISH}
MOST = 100
AT_ONCE = 25
_MAIN = "main"
_LISTED_CLASS = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen task. ``refusal``: why it cannot be done, in words; empty when it can."""

    task: str
    case: str
    number: str
    label: str
    state_label: str
    neighbourhood: str
    due_on: date | None
    assignee: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: how many were done, those that were not, the tasks that are left, ids to hint to the relay."""

    done: int
    stays: tuple[Line, ...]
    left: tuple[str, ...] = ()
    wake: tuple[int, ...] = ()


def offered(actor: Actor, scope: str) -> tuple[str, ...]:
    """What makes sense to do with many tasks of a scope."""
    sensible = {
        "mine": ("hand_over", "finish"),
        "substitute": ("hand_over",),
        "group": ("claim",),
        "points": (),
        "team": ("hand_over",),
    }[scope]
    return tuple(what for what in sensible if may_ever(actor, ACTS[what]))


def lines(actor: Actor, what: str, tasks: Iterable[str], language: str = "nl") -> tuple[Line, ...]:
    """The chosen tasks that this person may know of, each with why it cannot be done, if so. ``what`` as ``WHATS``, or
    empty to only look at them. Raises Invalid for anything else, Forbidden for what they may never do."""
    if what and what not in WHATS:
        raise Invalid("unknown_view")
    if what and not may_ever(actor, ACTS[what]):
        raise Forbidden(str(ACTS[what]))
    desk = desk_of(actor.municipality)
    found = []
    with transaction(desk.municipality, readonly=True) as tx:
        for text in _chosen(tasks):
            task = task_rows.get(tx, key_of(text))
            if task is None:
                continue
            loaded = load(tx, desk, task["case"])
            near = _near(tx, actor, loaded, task)
            if _knows(actor, task, near):
                refusal = _refusal(actor, what, loaded, task, near) if what else ""
                found.append(_line(desk, actor, loaded, task, refusal and _words(refusal, language)))
    return tuple(found)


def do(
    actor: Actor, what: str, tasks: Iterable[str], *, to: str = "", reason: str = "", language: str = "nl"
) -> Done:
    """Do it with the first ``AT_ONCE`` of them, each in a transaction of its own; ``to`` and ``reason`` for handing
    over. Raises Invalid (no reason, nobody chosen), Forbidden."""
    if what == "hand_over" and not to:
        raise Invalid("nobody_chosen")
    if what == "hand_over" and not reason.strip():
        raise Invalid("reason_needed")
    chosen = _chosen(tasks)
    now, left = chosen[:AT_ONCE], chosen[AT_ONCE:]
    known = {line.task: line for line in lines(actor, what, now, language)}
    press: dict[str, Callable[[Line], tuple[int, ...]]] = {
        "hand_over": lambda line: _give(actor, line, to, reason),
        "claim": lambda line: claim_task.claim(actor, line.task).wake,
        "finish": lambda line: finish_task.finish(actor, line.task).wake,
    }
    done = 0
    stays: list[Line] = []
    wake: list[int] = []
    cases: set[str] = set()
    for line in known.values():
        if line.refusal or (what != "finish" and line.case in cases):
            stays += [line] if line.refusal else []
            done += not line.refusal
            continue
        try:
            wake += press[what](line)
        except ServiceError as problem:
            stays.append(_refused(line, _code(problem), problem, language))
        else:
            done += 1
            cases.add(line.case)
    return Done(done, tuple(stays), left, tuple(wake))


def _give(actor: Actor, line: Line, to: str, reason: str) -> tuple[int, ...]:
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.get(tx, key_of(line.case))
    if row is None:
        raise NotFound
    if row["holder"] == to:
        return ()  # it is theirs already: what somebody who was interrupted did before
    return hand_over.hand_over(actor, line.case, to=to, reason=reason, version=row["version"]).wake


def _chosen(tasks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tasks))[:MOST]


def _near(tx: Transaction, actor: Actor, loaded: Loaded, task: dict[str, Any]) -> frozenset[Relation]:
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    return found | {Relation.OWN} if task["assignee"] == actor.account else found


def _knows(actor: Actor, task: dict[str, Any], near: frozenset[Relation]) -> bool:
    return task["assignee"] == actor.account or relation.allowed(actor, Act.CASE_FIND, near)


def _refusal(actor: Actor, what: str, loaded: Loaded, task: dict[str, Any], near: frozenset[Relation]) -> str:
    if task["state"] != "open":
        return "closed"
    if what == "finish":
        if task["key"] == _MAIN:
            return "main"
        return "" if relation.allowed(actor, Act.TASK_FINISH, near) else "not_yours"
    mine = near - {Relation.OWN} | ({Relation.OWN} if loaded.row["holder"] == actor.account else set())
    if loaded.row["closed_at"] is not None:
        return "ended"
    if what == "claim" and not relation.unclaimed(loaded.row, loaded.tasks, loaded.pin):
        return "taken"
    return "" if relation.allowed(actor, ACTS[what], mine) else "not_yours"


def _line(desk: Desk, actor: Actor, loaded: Loaded, task: dict[str, Any], refusal: str) -> Line:
    worker = desk.world.staffing.workers.get(task["assignee"])
    state = loaded.row["label"].get("state", "")
    open_label = task["privacy"] <= _LISTED_CLASS or task["assignee"] == actor.account
    return Line(
        task=ids.to_text(task["id"]),
        case=ids.to_text(task["case"]),
        number=loaded.row["number"],
        label=task["label"] if open_label else state,
        state_label=state,
        neighbourhood=desk.world.staffing.neighbourhoods.get(task["neighbourhood"], ""),
        due_on=due_of(task),
        assignee=worker.name if worker else "",
        refusal=refusal,
    )


def _code(problem: ServiceError) -> str:
    if isinstance(problem, AlreadyDone):
        return "taken"
    if isinstance(problem, Conflict):
        return "changed"
    return "not_yours" if isinstance(problem, Forbidden | NotFound) else problem.code


def _refused(line: Line, code: str, problem: ServiceError, language: str) -> Line:
    text = f"refusals.{problem.code}"
    words = say(text, language, **problem.params) if has(text) else _words(code, language)
    return Line(**{**{name: getattr(line, name) for name in Line.__slots__}, "refusal": words})


def _words(code: str, language: str) -> str:
    wanted = f"queue_together.not.{code}"
    return say(wanted if has(wanted) else "queue_together.not.other", language)
