"""What does a page show of the cases that belong to a case, and of the one it belongs to?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.engine.policy import Act, Actor
from app.services.cases import bonds, readable, relation
from app.services.cases.load_case import Desk, Loaded, desk_of, due_of, key_of, load
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import bond_rows

ALSO = "also:"


@dataclass(frozen=True, slots=True)
class Bond:
    """Another case beside this one. Of one that the reader may not know of only that it is there (no ``number``);
    ``erased``: it is gone. ``done`` and ``steps`` count what it asked beside its main task."""

    case: str = ""
    number: str = ""
    title: str = ""
    state_label: str = ""
    holder: str = ""
    ended: bool = False
    erased: bool = False
    done: int = 0
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in a plan."""

    label: str
    who: str
    done: bool
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Bonds:
    """``below`` belong to the case, ``above`` are those it belongs to, ``steps`` what it asked beside its main task."""

    below: tuple[Bond, ...] = ()
    above: tuple[Bond, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def counted(self) -> int:
        """How many cases below it are still there."""
        return len([one for one in self.below if not one.erased])

    @property
    def ended(self) -> int:
        """How many of them are done."""
        return len([one for one in self.below if one.ended])

    @property
    def done(self) -> int:
        """How many steps are done."""
        return len([one for one in self.steps if one.done])


NOTHING = Bonds()


def of_case(actor: Actor, case_id: str) -> Bonds:
    """What belongs together with a case, for who reads its content. Raises NotFound."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        if loaded is None or loaded.row["blocked"]:
            return NOTHING
        look = _Look(tx, desk, actor, loaded)
        below = [_bond(look, row["child"], row["field"]) for row in bond_rows.below(tx, loaded.row["id"])]
        above = [_bond(look, row["parent"], row["field"]) for row in bond_rows.above(tx, loaded.row["id"])]
        return Bonds(tuple(below), tuple(above), _steps(loaded))


@dataclass(frozen=True, slots=True)
class _Look:
    """Who looks, from which case."""

    tx: Transaction
    desk: Desk
    actor: Actor
    loaded: Loaded


def _title(look: _Look, other: Loaded, field_id: str) -> str:
    """What the definition shows of it to who reads it, where it was chosen from here; else what kind of case it is."""
    field = look.loaded.pin.form.field(field_id)
    if field is None or field.cases is None or not readable.reads(look.tx, look.actor, other):
        return other.pin.title
    return (
        ", ".join(bonds.shown(look.desk, other.pin.form, other.case.answers, field.cases)) or other.pin.title
    )


def _bond(look: _Look, key: int | None, field_id: str) -> Bond:
    if key is None:
        return Bond(erased=True, ended=True)
    tx, desk, actor = look.tx, look.desk, look.actor
    other = load(tx, desk, key)
    row, pinned = other.row, other.pin
    state = pinned.workflow.states[row["state"]]
    found = relation.relations(actor, row, other.tasks, pinned, tx.now)
    if not relation.allowed(actor, Act.CASE_FIND, found):
        return Bond(ended=state.end)
    worker = desk.world.staffing.workers.get(row["holder"])
    plan = [task for task in other.tasks if _planned(task)]
    return Bond(
        case=ids.to_text(row["id"]),
        number=row["number"],
        title=_title(look, other, field_id),
        state_label=state.label,
        holder=worker.name if worker is not None else "",
        ended=state.end,
        done=len([task for task in plan if task["state"] != "open"]),
        steps=len(plan),
    )


def _planned(task: Mapping[str, Any]) -> bool:
    """A task that was opened for a row of the answers: a step of a plan."""
    return str(task["key"]).startswith(ALSO) and str(task["key"]).count(":") > 1


def _steps(loaded: Loaded) -> tuple[Step, ...]:
    """The steps of a plan; one that stands alone is a task like any other."""
    plan = sorted((task for task in loaded.tasks if _planned(task)), key=lambda task: str(task["key"]))
    workers = loaded.pin.world.staffing.workers
    found = tuple(
        Step(
            task["label"],
            workers[task["assignee"]].name if task["assignee"] in workers else "",
            task["state"] == "done",
            due_of(task),
        )
        for task in plan
        if task["state"] != "cancelled"
    )
    return found if len(found) > 1 else ()
