"""What does a publication touch of the work that is going on?

Nothing of it changes: cases and drafts keep the versions they began with. This says how much runs on what is about to
become an earlier version, and what it would lose if it were moved to the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Field, Form, Option
from app.engine import values
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor, may
from app.services.definitions import catalogs
from app.services.definitions.catalogs import FORM, WORKFLOW
from app.services.errors import Forbidden
from app.storage.database import Transaction, transaction
from app.storage.repositories import touched_rows
from app.storage.repositories.definition_rows import Ref

MOST_READ = 2_000
"""Open cases of one form whose answers are counted; of more than that the newest."""


@dataclass(frozen=True, slots=True)
class TouchedState:
    """Open cases in a state. ``number`` is the version of the workflow; ``gone``: the new version has no such state."""

    workflow: str
    number: int
    state: str
    label: str
    cases: int
    gone: bool


@dataclass(frozen=True, slots=True)
class TouchedDrafts:
    """What people have begun to fill in on a version of a form."""

    form: str
    title: str
    number: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Lost:
    """Answers that the new version has no place for. ``shown`` is the option or column, empty where the whole field
    goes; ``cases`` are those among the open ones that hold it."""

    form: str
    field: str
    label: str
    shown: str
    cases: int


@dataclass(frozen=True, slots=True)
class Touched:
    """All of it; ``partly``: forms with so many open cases that only the newest were counted."""

    states: tuple[TouchedState, ...] = ()
    drafts: tuple[TouchedDrafts, ...] = ()
    lost: tuple[Lost, ...] = ()
    partly: tuple[str, ...] = ()


def touched(actor: Actor, refs: tuple[Ref, ...], after: Catalog) -> Touched:
    """What runs on the definitions ``refs`` (kind, id) that ``after`` replaces. Raises ``Forbidden``."""
    if not may(actor, Act.DEFINITIONS_READ):
        raise Forbidden(str(Act.DEFINITIONS_READ))
    flows = [ref for kind, ref in refs if kind == WORKFLOW]
    forms = [ref for kind, ref in refs if kind == FORM]
    with transaction(actor.municipality, readonly=True) as tx:
        states = touched_rows.by_state(tx, flows)
        drafts = touched_rows.drafts_of(tx, forms)
        lost, partly = _lost(tx, forms, after)
    return Touched(
        tuple(_state(actor.municipality, row, after) for row in states),
        tuple(_drafts(actor.municipality, row) for row in drafts),
        tuple(lost),
        tuple(partly),
    )


def _state(municipality: str, row: tuple[str, int, str, int], after: Catalog) -> TouchedState:
    ref, version, state, cases = row
    then = catalogs.workflow_version(municipality, version)
    new = after.workflows.get(ref)
    known = then.workflow.states.get(state)
    return TouchedState(
        workflow=then.workflow.title,
        number=then.number,
        state=state,
        label=known.label if known else state,
        cases=cases,
        gone=new is not None and state not in new.states,
    )


def _drafts(municipality: str, row: tuple[str, int, int]) -> TouchedDrafts:
    ref, version, drafts = row
    then = catalogs.form_version(municipality, version)
    return TouchedDrafts(ref, then.form.title, then.number, drafts)


def _lost(tx: Transaction, forms: list[str], after: Catalog) -> tuple[list[Lost], list[str]]:
    lost: list[Lost] = []
    partly = []
    for ref in forms:
        new = after.forms.get(ref)
        if new is None:
            continue  # archived: nothing could be moved to it
        rows = touched_rows.open_submissions(tx, ref, most=MOST_READ + 1)
        if len(rows) > MOST_READ:
            partly.append(new.title)
        lost += _lost_of(tx, rows[:MOST_READ], new)
    return lost, partly


def _lost_of(tx: Transaction, rows: list[tuple[int, int, bytes]], new: Form) -> Iterator[Lost]:
    counts: Counter[tuple[str, str, str]] = Counter()
    goes: dict[int, list[_Going]] = {}
    for key, version, sealed in rows:
        then = catalogs.cached_form(tx.municipality, version)
        if version not in goes:
            goes[version] = list(_goes(then, new))
        if goes[version]:
            data = tx.sealer.open_json(("submission", key, "sealed"), sealed)
            answers = values.from_json(then, data)
            counts.update(
                (item.field, item.label, item.shown) for item in goes[version] if _holds(answers, item)
            )
    for (field, label, shown), cases in sorted(counts.items()):
        yield Lost(new.title, field, label, shown, cases)


@dataclass(frozen=True, slots=True)
class _Going:
    """What a new version has no place for: a whole field, or a column or option (``name``) of it."""

    field: str
    label: str
    kind: str
    name: str = ""
    shown: str = ""


def _goes(old: Form, new: Form) -> Iterator[_Going]:
    for item in old.fields():
        other = new.field(item.id)
        if other is None or other.type != item.type:
            yield _Going(item.id, item.label, "field")
            continue
        stays = {option.id for option in _options(other)}
        for option in _options(item):
            if option.id not in stays:
                yield _Going(item.id, item.label, "option", option.id, option.label)
        columns = {column.id for column in (*other.fields, *other.each)}
        for column in (*item.fields, *item.each):
            if column.id not in columns:
                yield _Going(item.id, item.label, "column", column.id, column.label)


def _options(item: Field) -> list[Option]:
    return [option for options in (item.options, item.rows) if options for option in options.options]


def _holds(answers: Answers, going: _Going) -> bool:
    """Whether somebody answered what goes."""
    given = {
        name[len(going.field) :].strip("."): value
        for name, value in answers.items()
        if name == going.field or name.startswith(f"{going.field}.")
    }
    if going.kind == "field":
        return any(value not in (None, "", ()) for value in given.values())
    if going.kind == "option":
        return any(
            going.name in name.split(".") or going.name in _parts(value) for name, value in given.items()
        )
    return any(going.name in name.split(".") for name in given) or any(
        going.name in row for row in _parts(given.get("", ())) if isinstance(row, Mapping)
    )


def _parts(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list | frozenset) else (value,)
