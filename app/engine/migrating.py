"""What becomes of a running case when it goes on in other versions of its form and workflow?

The responsible person, the marks and the terms that run stay. In the same state the task stays with its assignee and
date, and only who is woken follows the new ladder; another state is entered as after a button, but nothing is routed
again, no sub-task is opened again and no message leaves the house. Nothing is woken for a moment that has passed: what
should have rung by then rings on the next working morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.definitions.model.forms import Form
from app.definitions.model.workflows import ContactPoint, RouteRule, State, Workflow
from app.engine import consenting, consents
from app.engine.asking import stop_asking
from app.engine.calendar import local
from app.engine.carrying import Lost, carried
from app.engine.entering import enter, look_again
from app.engine.facts_of import knows, laid_over
from app.engine.messages import running_limits
from app.engine.model.answers import Answers
from app.engine.model.cases import CancelTimers, Case, CloseTasks, Decision, Send
from app.engine.model.people import World
from app.engine.moving_on import follow_limits, follow_state, follow_subtasks
from app.engine.tasks import MAIN, OVERRIDE, close_main
from app.engine.turn import Turn

TASK, LIMIT = "task", "limit"


@dataclass(frozen=True, slots=True)
class Pair:
    """The versions a case runs on."""

    form: Form
    workflow: Workflow


@dataclass(frozen=True, slots=True)
class Due:
    """A date that changes; ``code`` is task or limit, ``label`` that of the limit. None: there is none."""

    code: str
    label: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the move would do. ``refusal`` says why it cannot be: ended, state_gone (nobody chose another), state_ends,
    would_end (an automatic exit leads to an end), excluded (the responsible person may not have it in the new version).

    ``answers`` are those of the submission itself in the new form, as its next revision keeps them.
    """

    state: str
    decision: Decision
    answers: Answers
    lost: tuple[Lost, ...] = ()
    dues: tuple[Due, ...] = ()
    refusal: str = ""

    @property
    def movable(self) -> bool:
        """Whether it can be."""
        return not self.refusal


def plan(
    case: Case,
    old: Pair,
    new: Pair,
    state_map: Mapping[str, str],
    *,
    now: datetime,
    world: World,
    contact_points: Mapping[str, ContactPoint],
    audience: str = "",
) -> Plan:
    """What moving ``case`` from ``old`` to ``new`` at ``now`` does.

    ``state_map`` names a state of ``new`` for those of ``old`` that are gone; ``audience`` is whose form the submission
    was. The case's answers are as ``decide`` gets them.
    """
    before = Turn(old.workflow, old.form, world, contact_points, now, case)
    target = case.state if case.state in new.workflow.states else state_map.get(case.state, "")
    own = {name: value for name, value in case.answers.items() if knows(old.form, name)}
    refusal = _refusal(before, new.workflow, target)
    if refusal:
        return Plan(target, Decision(case), own, refusal=refusal)
    beside = {name: value for name, value in case.answers.items() if name not in own}
    answers, lost = carried(old.form, new.form, own, local(world.calendar, now), audience)
    if old.form is not new.form:
        case = replace(case, answers=laid_over(new.form, answers, beside))
    turn = Turn(new.workflow, new.form, world, contact_points, now, case)
    if case.holder in turn.not_to - before.not_to:
        return Plan(target, Decision(before.case), own, refusal="excluded")
    _move(before, turn, target)
    if turn.state.end:
        return Plan(target, Decision(before.case), own, refusal="would_end")
    turn.effects = [effect for effect in turn.effects if not isinstance(effect, Send)]
    return Plan(turn.case.state, turn.decision(), answers, lost, tuple(_dues(before, turn)))


def _refusal(before: Turn, flow: Workflow, target: str) -> str:
    state = before.case.state
    if not state or before.state.end:
        return "ended"
    if target not in flow.states:
        return "state_gone"
    return "state_ends" if flow.states[target].end else ""


def _move(before: Turn, turn: Turn, target: str) -> None:
    follow_limits(before, turn)
    follow_subtasks(before, turn)
    if target != turn.case.state:
        _leave(turn, before.state)
        turn.case = replace(turn.case, state="", escalations=())
        enter(turn, target)
        return
    turn.case = replace(turn.case, escalations=_overrides(before, turn))
    follow_state(before, turn)
    if consents.terms(before.form) != consents.terms(turn.form):
        consenting.set_timers(turn)
    if before.state.auto != turn.state.auto or before.case.answers != turn.case.answers:
        look_again(turn)


def _leave(turn: Turn, left: State) -> None:
    """Close what the state asked, undone."""
    close_main(turn, "cancelled")
    returning = tuple(
        item.key for item in turn.case.tasks if item.open and item.key.startswith(f"every:{left.id}:")
    )
    if returning:
        turn.emit(CloseTasks(returning, "cancelled"))
    if left.every:
        turn.emit(CancelTimers(f"every:{left.id}:"))
    if any(item.after for item in left.auto):
        turn.emit(CancelTimers(f"auto:{left.id}:"))
    stop_asking(turn, left)


# A route rule in force -------------------------------------------------------------------------------------


def _overrides(before: Turn, turn: Turn) -> tuple[str, ...]:
    """The rule whose deadline and escalations count in the start state, by its number in the new version."""
    kept = []
    for name in before.case.escalations:
        rules = [rule for rule in before.workflow.route if name == f"{OVERRIDE}{rule.number}"]
        found = _like(rules[0], turn.workflow.route) if rules else None
        if found is not None:
            kept.append(f"{OVERRIDE}{found.number}")
    return tuple(kept)


def _like(rule: RouteRule, others: tuple[RouteRule, ...]) -> RouteRule | None:
    same = [item for item in others if _asks(item) == _asks(rule) and (item.deadline or item.escalate)]
    exact = [item for item in same if (item.deadline, item.escalate) == (rule.deadline, rule.escalate)]
    return next(iter([*exact, *same]), None)


def _asks(rule: RouteRule) -> tuple[object, ...]:
    written = tuple(item.source if item else "" for item in (rule.condition, rule.unless, rule.match))
    return (*written, rule.target)


# Dates -----------------------------------------------------------------------------------------------------


def _dues(before: Turn, turn: Turn) -> list[Due]:
    """Which dates change, the task first."""
    tasks = [item.due_on if item is not None else None for item in (before.task(MAIN), turn.task(MAIN))]
    found = [Due(TASK, "", tasks[0], tasks[1])] if tasks[0] != tasks[1] else []
    then, now = dict(running_limits(before)), dict(running_limits(turn))
    labels = {item.id: item.label for flow in (before.workflow, turn.workflow) for item in flow.limits}
    for name in {**then, **now}:
        if then.get(name) != now.get(name):
            found.append(Due(LIMIT, labels[name] or name, then.get(name), now.get(name)))
    return found
