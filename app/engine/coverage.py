"""Which states, buttons, rules and automatic exits do the examples of a form pass, and which none of them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Example, Form
from app.definitions.model.workflows import State, TargetKind, Workflow
from app.engine import consenting
from app.engine.acting import REOPEN
from app.engine.calendar import local
from app.engine.examples import script_of
from app.engine.facts_of import Reading, in_use
from app.engine.model.cases import Acted, Assign, EnterState, Submitted, TimerFired
from app.engine.model.people import World
from app.engine.playing import Play, Step


class Kind(StrEnum):
    """What can be passed."""

    RULE = "rule"
    STATE = "state"
    ACTION = "action"
    LAST = "last"  # the press on an `again` button that leads to `then`
    AUTO = "auto"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Spot:
    """Something an example may pass. ``id`` is the state, the button or the target; ``state`` where it stands, empty
    for a button of ``anywhere``; ``number`` that of a rule (from 1) or an automatic exit (from 0)."""

    workflow: str
    kind: Kind
    id: str = ""
    state: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every spot of a form's process with the names of the examples that pass it."""

    by: Mapping[Spot, tuple[str, ...]]

    @property
    def missing(self) -> tuple[Spot, ...]:
        """What no example passes."""
        return tuple(spot for spot, names in self.by.items() if not names)


def coverage(catalog: Catalog, form: str, world: World) -> Coverage:
    """Play all examples of a form and see what they pass; an example that cannot be played passes nothing.

    Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    found: dict[Spot, list[str]] = {spot: [] for spot in spots_of(catalog, catalog.forms[form])}
    for example in catalog.forms[form].examples:
        for spot in _of_example(catalog, form, example, world):
            if spot in found:
                found[spot].append(example.name)
    return Coverage({spot: tuple(names) for spot, names in found.items()})


def _of_example(catalog: Catalog, form: str, example: Example, world: World) -> frozenset[Spot]:
    try:
        return passed(script_of(example).play(catalog, form, world))
    except (ValueError, TypeError):
        return frozenset()


# All there is ----------------------------------------------------------------------------------------------


def spots_of(catalog: Catalog, form: Form) -> tuple[Spot, ...]:
    """All spots of the process of a form, that of the cases it opens beside it included, in the order of the files.

    A rule that keeps whoever already follows the resident is not among them (an example has no case before it), nor one
    that names a colleague: it depends on who works there.
    """
    main = catalog.workflows[form.workflow]
    rules = [
        Spot(main.id, Kind.RULE, rule.target.name, number=rule.number)
        for rule in main.route
        if rule.target.kind not in (TargetKind.KEEP, TargetKind.PERSON_FIELD)
    ]
    return (*rules, *(spot for flow in _with_sub_cases(catalog, main) for spot in _of_workflow(flow)))


def _with_sub_cases(catalog: Catalog, main: Workflow) -> list[Workflow]:
    found = [main]
    for flow in found:
        for rule in flow.also:
            other = catalog.workflows.get(rule.case)
            if other is not None and other not in found:
                found.append(other)
    return found


def _of_workflow(flow: Workflow) -> Iterator[Spot]:
    for state in flow.states.values():
        yield Spot(flow.id, Kind.STATE, state.id)
        yield from _of_state(flow, state)
    for action in flow.anywhere.values():
        yield Spot(flow.id, Kind.ACTION, action.id)


def _of_state(flow: Workflow, state: State) -> Iterator[Spot]:
    for action in state.actions.values():
        yield Spot(flow.id, Kind.ACTION, action.id, state.id)
        if action.again is not None:
            yield Spot(flow.id, Kind.LAST, action.id, state.id)
    for number, auto in enumerate(state.auto):
        if auto.to:
            yield Spot(flow.id, Kind.AUTO, auto.to, state.id, number)
    if state.reopen is not None:
        yield Spot(flow.id, Kind.REOPEN, state.reopen.to, state.id)


# What a play passed ----------------------------------------------------------------------------------------


def passed(play: Play, since: int = 0) -> frozenset[Spot]:
    """What a play passed, from its step ``since`` on."""
    return frozenset(spot for step in play.steps[since:] for spot in _of_step(play, step))


def _of_step(play: Play, step: Step) -> Iterator[Spot]:
    if step.decision.refusal is not None:
        return
    live = play.cases[step.case]
    for effect in step.decision.effects:
        if isinstance(effect, Assign) and live.main and isinstance(step.event, Submitted):
            yield Spot(live.workflow.id, Kind.RULE, _target(live.workflow, effect), number=effect.why.rule)
    entered = [effect.state for effect in step.decision.effects if isinstance(effect, EnterState)]
    yield from (Spot(live.workflow.id, Kind.STATE, state) for state in entered)
    if isinstance(step.event, Acted):
        yield from _pressed(live.workflow, step, step.event, entered)
    yield from _exits(play, live.workflow, step, entered)


def _target(flow: Workflow, effect: Assign) -> str:
    return next((rule.target.name for rule in flow.route if rule.number == effect.why.rule), "")


def _pressed(flow: Workflow, step: Step, event: Acted, entered: Sequence[str]) -> Iterator[Spot]:
    before = flow.states[step.before.state]
    if event.action == REOPEN and before.end:
        yield Spot(flow.id, Kind.REOPEN, entered[0] if entered else "", before.id)
        return
    own = before.actions.get(event.action)
    yield Spot(flow.id, Kind.ACTION, event.action, before.id if own is not None else "")
    if own is not None and own.again is not None and entered[:1] == [own.again.then]:
        yield Spot(flow.id, Kind.LAST, own.id, before.id)


def _exits(play: Play, flow: Workflow, step: Step, entered: Sequence[str]) -> Iterator[Spot]:
    """The automatic exits on the way: between states entered in one go, and the first one when nothing else moved."""
    event = step.event
    if isinstance(event, TimerFired) and event.kind == "auto" and entered:
        timed = int(event.key.rpartition(":")[2])
        yield Spot(flow.id, Kind.AUTO, entered[0], step.before.state, timed)
    way = list(entered) if _moves(flow, step) else [step.before.state, *entered]
    for source, target in pairwise(way):
        number = _taken(play, flow, step, source, target)
        if number is not None:
            yield Spot(flow.id, Kind.AUTO, target, source, number)


def _moves(flow: Workflow, step: Step) -> bool:
    """Whether the event itself leads to the first state entered."""
    event = step.event
    if not isinstance(event, Acted):
        over = isinstance(event, TimerFired) and event.kind == consenting.TIMER
        return isinstance(event, (Submitted, TimerFired)) and not over
    action = flow.actions_of(step.before.state).get(event.action)
    return action is None or bool(action.to) or action.again is not None


def _taken(play: Play, flow: Workflow, step: Step, source: str, target: str) -> int | None:
    """Which exit of a state was taken: the first that holds."""
    role = step.event.role if isinstance(step.event, Acted) else ""
    reason = step.event.reason if isinstance(step.event, Acted) else ""
    moment = local(play.world.calendar, step.at)
    reading = Reading(in_use(play.form, flow), step.decision.case, moment, role, reason)
    for number, auto in enumerate(flow.states[source].auto):
        if auto.after is None and reading.holds(auto.condition):
            return number if auto.to == target else None
    return None
