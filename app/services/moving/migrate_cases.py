"""Which running cases can go over to the versions that run now, what would it do to each, do it, and take it back?

Three steps, each done by the workers with progress to be read: look at every case, move those that can, undo. Nothing
of what a resident told and nobody's name is in what this gives: numbers, states, dates and labels of fields only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.definitions.model.workflows import Workflow
from app.engine.migrating import Due
from app.engine.policy import Act, Actor
from app.services.cases.load_case import key_of
from app.services.definitions import catalogs
from app.services.definitions.catalogs import LiveCatalog
from app.services.errors import Conflict, Invalid, NotFound
from app.services.moving import migrate_batch, migrate_case
from app.services.moving.migrate_batch import LEFT, LOOK, MOVE, UNDO, UNDONE
from app.services.moving.migrate_case import FAILED, FIXED, MOVABLE, MOVED, SKIPPED, WAITING
from app.services.permission import demand
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import move_rows

PAGE = 50
LONGEST_NOTE = 300
PENDING = {LOOK: WAITING, MOVE: MOVABLE, UNDO: MOVED}
"""Where a case stands that a step has not come to yet."""


@dataclass(frozen=True, slots=True)
class Group:
    """Open cases on one pair of versions. ``key`` names it in a request; ``states``: id, label, how many."""

    key: str
    number: int
    form: str
    form_number: int
    states: tuple[tuple[str, str, int], ...]

    @property
    def cases(self) -> int:
        """How many."""
        return sum(count for _, _, count in self.states)


@dataclass(frozen=True, slots=True)
class Flow:
    """A workflow with open cases on earlier versions. ``gone``: states (id, label) of theirs that version ``number``
    has not; ``targets``: the states (id, label) that can be chosen for those."""

    id: str
    title: str
    number: int
    groups: tuple[Group, ...]
    gone: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]

    @property
    def cases(self) -> int:
        """How many."""
        return sum(group.cases for group in self.groups)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. ``reasons``: standing, reason, how many."""

    step: str
    total: int
    done: int
    moved: int
    reasons: tuple[tuple[str, str, int], ...]

    @property
    def busy(self) -> bool:
        """Whether the workers still have cases to do."""
        return self.done < self.total


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a batch: its number, from which state to which (labels), labels of what is lost, dates that change."""

    number: str
    standing: str
    reason: str
    state_from: str
    state_to: str
    lost: tuple[str, ...]
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch. ``number`` is the version its cases go to; ``counts`` by standing; ``pages`` counts from 1."""

    id: str
    title: str
    number: int
    author: str
    note: str
    at: datetime
    progress: Progress
    counts: Mapping[str, int]
    lines: tuple[Line, ...] = ()
    page: int = 1
    pages: int = 1


def flows(actor: Actor) -> tuple[Flow, ...]:
    """The workflows of which open cases run on earlier versions. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_PUBLISH)
    live = catalogs.live(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = move_rows.running(tx)
    found = (_flow(live, name, rows) for name in dict.fromkeys(row[0] for row in rows))
    return tuple(item for item in found if item is not None)


def flow(actor: Actor, workflow: str) -> Flow:
    """One of them. Raises ``NotFound``, ``Forbidden``."""
    found = next((item for item in flows(actor) if item.id == workflow), None)
    if found is None:
        raise NotFound
    return found


def prepare(
    actor: Actor, workflow: str, groups: frozenset[str], states: Mapping[str, str]
) -> tuple[str, tuple[int, ...]]:
    """Have the cases of these groups looked at; the id of the batch and outbox ids that are due.

    Raises ``Invalid`` (``move_nothing``: no group; ``move_state``: a state that cannot be chosen), ``NotFound``.
    """
    found = flow(actor, workflow)
    chosen = [group for group in found.groups if group.key in groups]
    mapped = {old: new for old, new in states.items() if new}
    if not chosen:
        raise Invalid("move_nothing")
    if set(mapped) - {ref for ref, _ in found.gone} or set(mapped.values()) - {
        ref for ref, _ in found.targets
    }:
        raise Invalid("move_state")
    pins = [_pins(group.key) for group in chosen]
    move = ids.new_id()
    target = catalogs.live(actor.municipality).workflow(workflow).id
    with transaction(actor.municipality) as tx:
        cases = move_rows.open_cases(tx, workflow, pins)
        values = {
            "municipality": tx.municipality,
            "id": move,
            "workflow": workflow,
            "workflow_version": target,
        }
        values |= {
            "states": mapped,
            "step": LOOK,
            "author": actor.account or None,
            "note": "",
            "created_at": tx.now,
        }
        move_rows.insert(tx, values, [_item(tx, move, *case) for case in cases])
        return ids.to_text(move), migrate_batch.promise(tx, move, LOOK, [case for case, _, _ in cases])


def apply(actor: Actor, move: str, note: str = "") -> tuple[int, ...]:
    """Have every case that can be moved; outbox ids that are due. A second press does nothing.

    Raises ``Conflict`` (``move_busy``: not everything was looked at yet), ``Invalid`` (``note_too_long``).
    """
    return _begin(actor, move, MOVE, note.strip())


def undo(actor: Actor, move: str) -> tuple[int, ...]:
    """Have every case of a batch go back to what it was, as long as nobody acted on it since. A second press does
    nothing. Raises ``Conflict`` (``move_busy``)."""
    return _begin(actor, move, UNDO, "")


def _begin(actor: Actor, text: str, step: str, note: str) -> tuple[int, ...]:
    demand(actor, Act.DEFINITIONS_PUBLISH)
    if len(note) > LONGEST_NOTE:
        raise Invalid("note_too_long", most=str(LONGEST_NOTE))
    move = key_of(text)
    with transaction(actor.municipality) as tx:
        row = move_rows.get(tx, move, lock=True)
        if row is None:
            raise NotFound
        if row["step"] == step or (step == MOVE and row["step"] == UNDO):
            return ()
        if (step == UNDO and row["step"] == LOOK) or move_rows.keys(tx, move, PENDING[row["step"]]):
            raise Conflict("move_busy")
        changed = {"step": step, "note": note or row["note"], "author": actor.account or None}
        move_rows.begin_step(tx, move, changed)
        return migrate_batch.promise(tx, move, step, move_rows.keys(tx, move, PENDING[step]))


def show(actor: Actor, move: str, page: int = 1) -> Batch:
    """A batch with one page of its cases. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_PUBLISH)
    key = key_of(move)
    with transaction(actor.municipality, readonly=True) as tx:
        row = move_rows.get(tx, key)
        if row is None:
            raise NotFound
        total = sum(move_rows.tally(tx, key).values())
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 1), pages)
        items = move_rows.page(tx, key, first=(page - 1) * PAGE, most=PAGE)
        lines = tuple(_line(tx, row, item) for item in items)
        return _batch(tx, row, lines, (page, pages))


def latest(actor: Actor) -> tuple[Batch, ...]:
    """The last batches, without their cases. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_PUBLISH)
    with transaction(actor.municipality, readonly=True) as tx:
        return tuple(_batch(tx, row) for row in move_rows.latest(tx))


# Parts -----------------------------------------------------------------------------------------------------


def _flow(live: LiveCatalog, name: str, rows: list[tuple[str, int, str, int, str, int]]) -> Flow | None:
    now = live.workflows.get(name)
    if now is None:
        return None
    pairs: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for workflow, version, form, form_version, state, count in rows:
        current = live.forms.get(form)
        if workflow == name and current is not None and (version, form_version) != (now.id, current.id):
            pairs.setdefault((version, form_version), []).append((state, count))
    groups = tuple(_group(live, pins, states) for pins, states in pairs.items())
    if not groups:
        return None
    gone = {
        ref: label for group in groups for ref, label, _ in group.states if ref not in now.workflow.states
    }
    targets = tuple((item.id, item.label) for item in now.workflow.states.values() if not item.end)
    return Flow(name, now.workflow.title, now.number, groups, tuple(gone.items()), targets)


def _group(live: LiveCatalog, pins: tuple[int, int], states: list[tuple[str, int]]) -> Group:
    flow, form = live.workflow_version(pins[0]), live.form_version(pins[1])
    return Group(
        ".".join(ids.to_text(version) for version in pins),
        flow.number,
        form.form.title,
        form.number,
        tuple((state, _label(flow.workflow, state), count) for state, count in states),
    )


def _pins(key: str) -> tuple[int, int]:
    flow, _, form = key.partition(".")
    return key_of(flow), key_of(form)


def _item(tx: Transaction, move: int, case: int, version: int, state: str) -> dict[str, Any]:
    return {
        "municipality": tx.municipality,
        "move": move,
        "case": case,
        "standing": WAITING,
        "reason": "",
        "state_from": state,
        "state_to": "",
        "version_from": version,
        "seen": 0,
        "after": 0,
        "shown": None,
        "before": None,
    }


def _line(tx: Transaction, move: Mapping[str, Any], item: Mapping[str, Any]) -> Line:
    shown = migrate_case.shown_of(tx, item)
    then = catalogs.workflow_version(tx.municipality, item["version_from"]).workflow
    now = catalogs.workflow_version(tx.municipality, move["workflow_version"]).workflow
    return Line(
        item["number"],
        item["standing"],
        item["reason"],
        _label(then, item["state_from"]),
        _label(now, item["state_to"]),
        tuple(dict.fromkeys(label for _, _, label in shown.lost)),
        shown.dues,
    )


def _label(workflow: Workflow, state: str) -> str:
    found = workflow.states.get(state)
    return found.label if found is not None else state


def _batch(
    tx: Transaction, row: Mapping[str, Any], lines: tuple[Line, ...] = (), place: tuple[int, int] = (1, 1)
) -> Batch:
    tally = move_rows.tally(tx, row["id"])
    counts = dict.fromkeys((WAITING, MOVABLE, FIXED, MOVED, SKIPPED, FAILED, UNDONE, LEFT), 0)
    for (standing, _), count in tally.items():
        counts[standing] += count
    version = catalogs.workflow_version(tx.municipality, row["workflow_version"])
    return Batch(
        ids.to_text(row["id"]),
        version.workflow.title,
        version.number,
        row["name"],
        row["note"],
        row["created_at"],
        _progress(row["step"], counts, tally),
        counts,
        lines,
        *place,
    )


def _progress(step: str, counts: Mapping[str, int], tally: Mapping[tuple[str, str], int]) -> Progress:
    part = {
        LOOK: (WAITING, MOVABLE, FIXED),
        MOVE: (MOVABLE, MOVED, SKIPPED, FAILED),
        UNDO: (MOVED, UNDONE, LEFT),
    }
    total = sum(counts[name] for name in part[step])
    reasons = tuple((*place, count) for place, count in sorted(tally.items()) if place[1])
    return Progress(step, total, total - counts[PENDING[step]], counts[MOVED], reasons)
