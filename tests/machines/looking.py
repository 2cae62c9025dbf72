"""What stands in the database, and does it keep every promise? Asked after each step, without a service between."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.definitions.model.workflows import DeadlineKind, State
from app.engine.acting import DPO_TASK
from app.engine.policy import can_carry, can_do_tasks
from app.engine.tasks import MAIN, OVERRIDE, read_key
from app.services.cases.load_case import Desk, Loaded, desk_of, load
from app.storage import history, task_counts
from app.storage.database import Transaction, transaction
from app.storage.models import METADATA, Case, Event, Outbox
from tests.support.bound import MUNICIPALITY

LARGE = frozenset(
    {"definition_text", "definition_version", "neighbourhood", "holding", "substitute", "duty", "street"}
)
"""Tables that no step about a case writes, and that are long."""
LOOKS = frozenset({"read_log"})
"""That somebody looked is written down whatever came of it."""
NEVER_SENT = frozenset({"no_address", "silent", "blocked", "recalled"})
"""Why a message is done without having left the house."""

STAYS = ("also:", "was:", "own:", "resident:", DPO_TASK, "review")
"""How the keys of tasks begin that may outlive their case: kept on purpose, or asked by the resident afterwards."""


@dataclass(frozen=True, slots=True)
class Look:
    """Table -> hash of all its rows, and case -> version."""

    tables: Mapping[str, str]
    versions: Mapping[int, int]


def look() -> Look:
    """How everything stands now."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        tables = {
            table.name: hashlib.sha256(repr(tx.execute(_rows(table)).all()).encode()).hexdigest()
            for table in METADATA.sorted_tables
            if table.name not in LARGE | LOOKS
        }
        versions = {row.id: row.version for row in tx.execute(sa.select(Case.id, Case.version))}
    return Look(tables, versions)


def _rows(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key.columns)


def told_of(case: int, version: int) -> bool:
    """Whether the history says how this version came about."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(Event.params).where(Event.case == case)).scalars()
        return any(params.get("v") == str(version) for params in rows)


def changed(before: Look, after: Look) -> list[str]:
    """The tables that differ."""
    return [name for name, rows in after.tables.items() if before.tables[name] != rows]


def broken_promises() -> list[str]:
    """Everything that is not as it must be; empty when all is well."""
    desk = desk_of(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        keys = tx.execute(sa.select(Case.id).order_by(Case.id)).scalars().all()
        found = [f"{key}: {what}" for key in keys for what in _of_case(tx, load(tx, desk, key), desk)]
        found += [f"outbox: {what}" for what in _of_outbox(tx)]
        found += [f"counted: {what}" for what in task_counts.recount(tx)]
        if (seq := history.verify(tx, None)) is not None:
            found.append(f"own log broken at {seq}")
    return found


def _of_case(tx: Transaction, loaded: Loaded, desk: Desk) -> Iterator[str]:
    row, states = loaded.row, loaded.pin.workflow.states
    state = states.get(row["state"])
    if state is None:
        yield f"state {row['state']} is not one of {sorted(states)}"
        return
    yield from _responsible(loaded, desk)
    yield from _next_step(loaded, state)
    yield from _timers(tx, loaded, state)
    if (seq := history.verify(tx, row["id"])) is not None:
        yield f"history broken at {seq}"
    yield from _told(tx, loaded)


def _responsible(loaded: Loaded, desk: Desk) -> Iterator[str]:
    """One person who works here and can carry it; whoever has an open task works here too."""
    workers = desk.world.staffing.workers
    holder = workers.get(loaded.row["holder"])
    if holder is None or not holder.active or not can_carry(holder.roles):
        yield f"nobody is responsible: {holder}"
    for task in loaded.tasks:
        if task["state"] == "open" and not workers[task["assignee"]].active:
            yield f"task {task['key']} is with somebody who left"
        if task["state"] == "open" and not can_do_tasks(workers[task["assignee"]].roles):
            yield f"task {task['key']} is with somebody who cannot do it"
        if task["state"] == "open" and task["assignee"] in loaded.kept_from - {loaded.row["holder"]}:
            yield f"task {task['key']} is with somebody who may never get it"


def _next_step(loaded: Loaded, state: State) -> Iterator[str]:
    """An end, or something that somebody does or that happens by itself."""
    row = loaded.row
    open_ = [task for task in loaded.tasks if task["state"] == "open"]
    keys = Counter(task["key"] for task in open_)
    if state.end != (row["closed_at"] is not None):
        yield f"{state.id} ends: {state.end}, closed at {row['closed_at']}"
    if double := [key for key, n in keys.items() if n > 1]:
        yield f"two open tasks are called {double}"
    yield from _over(keys) if state.end else _running(loaded, state, keys)
    for task in open_:
        if task["key"] == MAIN and task["assignee"] != row["holder"]:
            yield "the main task is not with who is responsible"


def _over(keys: Mapping[str, int]) -> Iterator[str]:
    kept = {key for key in keys if key.startswith(STAYS)}
    if more := [key for key in keys if not any(name in key for name in kept)]:
        yield f"ended, and still open: {more}"


def _running(loaded: Loaded, state: State, keys: Mapping[str, int]) -> Iterator[str]:
    if not asks_nothing(loaded, state):
        if keys.get(MAIN, 0) != 1:
            yield f"{keys.get(MAIN, 0)} main tasks in {state.id}"
    elif not state.every and not state.auto and not keys and not state.deadline:
        yield "nothing ever happens again"


def asks_nothing(loaded: Loaded, state: State) -> bool:
    """Whether the state has no task of its own."""
    ruled = row_rules(loaded) if state.id == loaded.pin.workflow.start else False
    none = state.deadline is None or (state.deadline.kind is DeadlineKind.NONE and not state.task)
    return none and not ruled


def row_rules(loaded: Loaded) -> bool:
    """Whether the rule that routed it gave it a deadline of its own."""
    numbers = {item.removeprefix(OVERRIDE) for item in loaded.row["escalations"] if item.startswith(OVERRIDE)}
    return any(str(rule.number) in numbers and rule.deadline for rule in loaded.pin.workflow.route)


def _timers(tx: Transaction, loaded: Loaded, state: State) -> Iterator[str]:
    """Each timer hangs on an open task with that due date, or on the state; each date to come wakes somebody."""
    pending = tx.execute(
        sa.select(Outbox.key, Outbox.task_key, Outbox.payload, Outbox.due_at).where(
            Outbox.case == loaded.row["id"], Outbox.kind == "timer", Outbox.state == "pending"
        )
    ).all()
    open_ = {task["key"]: task for task in loaded.tasks if task["state"] == "open"}
    for timer in pending:
        if timer.task_key and timer.task_key not in open_:
            yield f"timer {timer.key} of a closed task"
        read = read_key(timer.key)
        if timer.task_key and read is not None and open_.get(timer.task_key, {}).get("due_on") != read.due_on:
            yield f"timer {timer.key} of another date than {open_.get(timer.task_key, {}).get('due_on')}"
        if state.end and not timer.task_key:
            yield f"timer {timer.key} of an ended case"
    kinds = Counter(timer.payload["kind"] for timer in pending)
    timed = [item for item in state.auto if item.after is not None]
    if timed and not state.end and not loaded.row["blocked"] and kinds["auto"] == 0:
        yield f"nothing wakes {state.id} by itself"
    main = open_.get(MAIN)
    if main is not None and state.escalate and not row_rules(loaded):
        yield from _wakes(tx, loaded, main)


def _wakes(tx: Transaction, loaded: Loaded, main: Mapping[str, Any]) -> Iterator[str]:
    """Every rung of the main task stands in the outbox: still to come, or rung."""
    begins = f"escalate:{MAIN}:{main['due_on'].isoformat()}:"
    rungs = tx.execute(
        sa.select(Outbox.key).where(
            Outbox.case == loaded.row["id"], Outbox.key.startswith(begins), Outbox.state != "cancelled"
        )
    ).all()
    if not rungs:
        yield f"nobody is woken when {begins} passes"


def _told(tx: Transaction, loaded: Loaded) -> Iterator[str]:
    """Nothing is told of a version that was never made."""
    rows = tx.execute(sa.select(Event.params).where(Event.case == loaded.row["id"])).scalars().all()
    said = {int(params["v"]) for params in rows if "v" in params}
    if max(said, default=0) > loaded.row["version"]:
        yield f"version {max(said)} is told, the case has {loaded.row['version']}"


def _of_outbox(tx: Transaction) -> Iterator[str]:
    rows = tx.execute(sa.select(Outbox.kind, Outbox.key, Outbox.idem_key, Outbox.state, Outbox.error)).all()
    for name, n in Counter(row.idem_key for row in rows).items():
        if n > 1:
            yield f"{n} rows {name}"
    for row in rows:
        if row.state == "dead" or (row.error and row.error not in NEVER_SENT):
            yield f"{row.kind} {row.key}: {row.state} {row.error}"
