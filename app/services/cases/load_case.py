"""What is known of a case, for a decision or a page?

Services call ``desk_of`` before their transaction and ``load`` in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.definitions.model.forms import Form
from app.definitions.model.workflows import ContactPoint, Duration, Reopen, Unit, Workflow
from app.engine.facts_of import laid_over, pressed
from app.engine.model.answers import Answers
from app.engine.model.cases import Attempt, Case, TaskView, Why
from app.engine.model.people import World
from app.engine.routing import never_to
from app.services.cases import asks, collected
from app.services.cases.kept_answers import filled_forms, opened
from app.services.definitions import catalogs
from app.services.definitions.catalogs import FormVersion, LiveCatalog
from app.services.errors import NotFound
from app.services.staff import staffing
from app.storage import ids, json_codec
from app.storage.database import Transaction, memory, reading
from app.storage.models import NEVER
from app.storage.repositories import case_rows, kept_rows, task_rows

Row = Mapping[str, Any]
KEPT_FROM = "kept_from"
"""In the row of a loaded case: the accounts that may never get it (``frozenset``)."""
UNMERGE_WITHIN = Duration(60, Unit.CALENDAR_DAYS)
"""As long as a closed case can be opened again (domain.md 0.4)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is live in a municipality: its definitions and its people."""

    municipality: str
    catalog: LiveCatalog
    world: World


@dataclass(frozen=True, slots=True)
class Pinned:
    """The definitions a case runs on, and the live data beside them."""

    municipality: str
    form_version: int
    workflow_version: int
    form: Form
    workflow: Workflow
    world: World
    contact_points: Mapping[str, ContactPoint]

    @property
    def title(self) -> str:
        """What a case is called in lists: its form, or the workflow of a sub-case opened beside another one."""
        return self.form.title if self.form.workflow == self.workflow.id else self.workflow.title


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case in a transaction: its row, its tasks' rows, the snapshot for the engine and what it is pinned to."""

    row: Row
    tasks: list[dict[str, Any]]
    case: Case
    pin: Pinned

    @property
    def kept_from(self) -> frozenset[str]:
        """The accounts that may never get it."""
        found: frozenset[str] = self.row[KEPT_FROM]
        return found


def desk_of(municipality: str, learnt: tuple[int, int] | None = None) -> Desk:
    """What is live now. Called before a transaction that writes, so that nothing is compiled inside it.

    ``learnt``: the numbers of the live definitions and staff as this request's session read them, which spares a look.
    """
    if learnt is None:
        with reading(municipality) as tx:
            learnt = case_rows.live_numbers(tx)
    number, version = learnt
    return Desk(municipality, catalogs.live(municipality, number), staffing.world(municipality, version))


def key_of(text: str) -> int:
    """The key behind a text id. Raises NotFound for text that is none."""
    try:
        return ids.from_text(text)
    except ValueError as error:
        raise NotFound from error


def pin(desk: Desk, form_version: int, workflow_version: int) -> Pinned:
    """The definitions behind two version ids, with the world as it is now."""
    return Pinned(
        desk.municipality,
        form_version,
        workflow_version,
        desk.catalog.form_version(form_version).form,
        desk.catalog.workflow_version(workflow_version).workflow,
        desk.world,
        desk.catalog.contact_points,
    )


def load(tx: Transaction, desk: Desk, key: int, *, lock: bool = False) -> Loaded:
    """The case with key ``key``; ``lock`` when it will be decided on. Raises NotFound."""
    row = case_rows.get(tx, key, lock=lock)
    if row is None:
        raise NotFound
    tasks = task_rows.of_case(tx, key)
    pinned = _undoable(pin(desk, row["form_version"], row["workflow_version"]), row)
    said = kept_rows.of_case(tx, key)
    case = replace(
        snapshot(row, tasks, answers_of(tx, row, pinned), contact_person(tx, row)),
        kept_from=frozenset(account for account, lifted in said.items() if not lifted),
        let_in=frozenset(account for account, lifted in said.items() if lifted),
    )
    return Loaded({**row, KEPT_FROM: never_to(pinned.workflow, case)}, tasks, case, pinned)


def _undoable(pinned: Pinned, row: Row) -> Pinned:
    """A case that was merged into another can be opened again, into the state it came from."""
    if row["merged_into"] is None:
        return pinned
    states = dict(pinned.workflow.states)
    states[row["state"]] = replace(states[row["state"]], reopen=Reopen(UNMERGE_WITHIN, row["merged_from"]))
    return replace(pinned, workflow=replace(pinned.workflow, states=states))


def action_form(tx: Transaction, pinned: Pinned, ref: str) -> FormVersion:
    """The form behind a button, in the version that was live when the case's workflow version was published."""
    kept: dict[tuple[str, int, str], int] = memory("action_forms", dict)
    place = (pinned.municipality, pinned.workflow_version, ref)
    if place not in kept:
        found = case_rows.form_beside(tx, pinned.workflow_version, ref)
        if found is None:
            raise NotFound
        kept[place] = found
    return catalogs.form_version(pinned.municipality, kept[place])


def answers_of(tx: Transaction, row: Row, pin: Pinned) -> Answers:
    """The submission's own answers, with those of the forms behind buttons beside them, the latest press last."""
    later = [ids.from_text(event["params"]["submission"]) for event in filled_forms(tx, row["id"])]
    found = {item["id"]: item for item in case_rows.submissions(tx, [row["submission"], *later])}
    own = found.pop(row["submission"], None)
    answers: Answers = opened(tx, own, pin.form) if own is not None else {}
    for key in later:
        if key in found:
            form = catalogs.cached_form(pin.municipality, found[key]["form_version"])
            answers = pressed(pin.form, answers, form.id, opened(tx, found[key], form))
    asked = asks.beside(tx, pin.municipality, row["id"], pin.workflow)
    asked |= collected.beside(tx, row["id"], pin.workflow)
    return laid_over(pin.form, answers, asked) if asked else answers


def contact_person(tx: Transaction, row: Row) -> str:
    """Who already follows this resident; empty when nobody does."""
    if row["person"] is None:
        return ""
    person = case_rows.person(tx, row["person"])
    return (person["contact_person"] or "") if person else ""


def snapshot(row: Row, tasks: Sequence[Row], answers: Answers, follows: str) -> Case:
    """The engine's view of a stored case."""
    return Case(
        id=ids.to_text(row["id"]),
        workflow=row["workflow"],
        form=row["form"],
        state=row["state"],
        received_at=row["received_at"],
        entered_at=row["entered_at"],
        holder=row["holder"],
        contact_point=row["contact_point"],
        neighbourhood=row["neighbourhood"],
        answers=answers,
        marks={name: datetime.fromisoformat(at) for name, at in row["marks"].items()},
        limits={name: date.fromisoformat(day) for name, day in row["limits"].items()},
        attempts=tuple(json_codec.from_plain(Attempt, item) for item in row["attempts"]),
        tasks=tuple(task_view(task) for task in tasks),
        contact_person=follows,
        number=row["number"],
        version=row["version"],
        parent=ids.to_text(row["parent"]) if row["parent"] is not None else "",
        escalations=tuple(row["escalations"]),
        blocked=row["blocked"],
        silent=row["silent"],
    )


def task_view(task: Row) -> TaskView:
    """The engine's view of a stored task."""
    return TaskView(
        id=ids.to_text(task["id"]),
        kind=task["kind"],
        state=task["state"],
        assignee=task["assignee"],
        due_on=due_of(task),
        open=task["state"] == "open",
        key=task["key"],
    )


def due_of(task: Row) -> date | None:
    """The due date of a stored task, None where there is none."""
    return None if task["due_on"] == NEVER else task["due_on"]


def why_of(stored: Row) -> Why:
    """The trace as it was kept with a case or task."""
    return json_codec.from_plain(Why, {name: item for name, item in stored.items() if name != "flags"})
