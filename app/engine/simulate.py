"""What would happen with these answers, and with these actions at these times? A case on a virtual clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, Workflow
from app.engine.acting import HOLDERS, REOPEN
from app.engine.calendar import local
from app.engine.decide import decide
from app.engine.explaining import why_here, why_then
from app.engine.judge import explain, judge
from app.engine.labels import Labels
from app.engine.model.answers import Answers
from app.engine.model.cases import (
    Acted,
    Assign,
    CancelTimers,
    Case,
    CloseTasks,
    Decision,
    Effect,
    EnterState,
    Event,
    OpenCase,
    OpenTask,
    ReassignTasks,
    Remind,
    Send,
    SetLimit,
    SetTimer,
    Submitted,
    TimerFired,
)
from app.engine.model.people import World
from app.engine.settling import open_subtasks
from app.engine.staff import with_role
from app.engine.values import read_json
from app.texts import say

Line = dict[str, object]
BESIDE_THE_FORM = frozenset({"reason", "row_reasons", "open_tasks"})
MOST_TIMERS = 10_000
"""A simulation stops there: a horizon of decades over a task that keeps coming back."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button pressed at local time ``at`` (naive). ``answers`` are those of the action's form as natural JSON; the
    keys ``reason``, ``row_reasons`` and ``open_tasks`` among them say how the case ends."""

    action: str
    at: datetime
    answers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class _Live:
    """One case that is being played, the main one or a sub-case, with its pending timers."""

    workflow: Workflow
    case: Case
    main: bool = False
    timers: list[SetTimer] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)  # of its open tasks, by key


@dataclass(slots=True)
class _Play:
    """Everything that happened so far."""

    catalog: Catalog
    form: Form
    world: World
    cases: list[_Live] = field(default_factory=list)
    errors: list[Line] = field(default_factory=list)
    states: list[Line] = field(default_factory=list)
    tasks: list[Line] = field(default_factory=list)
    limits: list[Line] = field(default_factory=list)
    messages: list[Line] = field(default_factory=list)
    first: Assign | None = None

    def utc(self, at: datetime) -> datetime:
        """A local naive time as an instant."""
        return at.replace(tzinfo=self.world.calendar.zone).astimezone(UTC)

    def wall(self, now: datetime) -> str:
        """An instant as local ISO minutes."""
        return now.astimezone(self.world.calendar.zone).strftime("%Y-%m-%dT%H:%M")


def simulate(
    catalog: Catalog,
    form: str,
    answers: Mapping[str, object],
    at: datetime,
    *,
    world: World,
    acts: Sequence[Act] = (),
    until: datetime | None = None,
) -> dict[str, object]:
    """Play one submission of ``form`` at local time ``at`` (naive) and return plain JSON: the keys of
    ``meernet simulate``.

    Errors in the answers are told and the case is played all the same. Timers run up to the last act, or to local
    ``until`` when that is later. Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    play = _Play(catalog, catalog.forms[form], world)
    now = play.utc(at)
    workflow = catalog.workflows[play.form.workflow]
    given = _judged(play, play.form, answers, now)
    number = _number(play.form.number or workflow.number, at)
    _start(play, _Live(workflow, Case("", workflow.id, form, answers=given, number=number), main=True), now)
    for act in sorted(acts, key=lambda item: item.at):
        moment = max(play.utc(act.at), now)
        _run_timers(play, moment)
        _press(play, act, moment)
    if until is not None:
        _run_timers(play, play.utc(until))
    return _told(play)


def _told(play: _Play) -> dict[str, object]:
    first = play.first
    return {
        "errors": play.errors,
        "contact_point": first.contact_point if first else None,
        "person": first.account if first else None,
        "rule": first.why.rule if first else None,
        "states": play.states,
        "tasks": play.tasks,
        "limits": play.limits,
        "messages": play.messages,
    }


def _number(pattern: str, at: datetime) -> str:
    return pattern.replace("{year}", f"{at.year}").replace("{seq}", "00001")


def _judged(
    play: _Play, form: Form, answers: Mapping[str, object], now: datetime, prefix: str = ""
) -> Answers:
    """What counts of the answers; what is wrong with them is told."""
    moment = local(play.world.calendar, now)
    audience = form.audience[0] if form.audience else ""
    judgement = judge(form, read_json(form, answers), moment, audience=audience)
    for error in judgement.errors:
        play.errors.append({"field": f"{prefix}{error.field}", "code": error.code, "message": explain(error)})
    return judgement.answers


# Events ----------------------------------------------------------------------------------------------------


def _start(play: _Play, live: _Live, now: datetime) -> None:
    play.cases.append(live)
    _happen(play, live, Submitted(), now)


def _happen(play: _Play, live: _Live, event: Event, now: datetime) -> Decision:
    decision = decide(
        live.workflow,
        play.form,
        live.case,
        event,
        now=now,
        world=play.world,
        contact_points=play.catalog.contact_points,
    )
    live.case = decision.case
    for effect in decision.effects:
        _carry_out(play, live, effect, now)
    if decision.refusal is not None:
        code = decision.refusal.code
        where = event.action if isinstance(event, Acted) else ""
        message = say(f"refusals.{code}", **dict(decision.refusal.params))
        play.errors.append({"field": where, "code": code, "message": message})
    return decision


def _press(play: _Play, act: Act, now: datetime) -> None:
    """Press a button of the main case, or of a sub-case when only that has it now."""
    begun = [item for item in play.cases if item.case.state]
    if not begun:
        return
    has_it = (item for item in begun if act.action in item.workflow.actions_of(item.case.state))
    live = next(has_it, begun[0])
    action = live.workflow.actions_of(live.case.state).get(act.action) or Action(act.action, "")
    answers = {name: value for name, value in act.answers.items() if name not in BESIDE_THE_FORM}
    form = play.catalog.forms.get(action.form)
    given = _judged(play, form, answers, now, f"{act.action}.") if form is not None and answers else {}
    by, role = _presser(play, live, action)
    rows = act.answers.get("row_reasons")
    event = Acted(
        action=act.action,
        by=by,
        role=role,
        answers=given,
        reason=str(act.answers.get("reason", "")),
        row_reasons={str(key): str(value) for key, value in rows.items()}
        if isinstance(rows, Mapping)
        else {},
        open_tasks={key: _outcome(act, key) for key in open_subtasks(live.case)},
    )
    _happen(play, live, event, now)


def _outcome(act: Act, key: str) -> str:
    """What becomes of a sub-task when the press ends the case: done, unless the act says otherwise."""
    said = act.answers.get("open_tasks")
    return str(said.get(key, "done")) if isinstance(said, Mapping) else "done"


def _presser(play: _Play, live: _Live, action: Action) -> tuple[str, str]:
    """Who presses: the responsible person where they may, else somebody who may."""
    if not action.by or set(HOLDERS) & set(action.by) or action.id == REOPEN:
        return live.case.holder, ""
    people = with_role(play.world, action.by[0])
    return (people[0] if people else ""), action.by[0]


def _run_timers(play: _Play, until: datetime) -> None:
    """Let every timer ring that is due by ``until``, in order."""
    for _ in range(MOST_TIMERS):
        waiting = [(timer.at, place, timer) for place, live in enumerate(play.cases) for timer in live.timers]
        if not waiting:
            return
        at, place, timer = min(waiting, key=lambda item: (item[0], item[1], item[2].key))
        if at > until:
            return
        live = play.cases[place]
        live.timers.remove(timer)
        _happen(play, live, TimerFired(timer.kind, timer.key, timer.task_key), at)


# Effects ---------------------------------------------------------------------------------------------------


def _carry_out(play: _Play, live: _Live, effect: Effect, now: datetime) -> None:
    if isinstance(effect, (SetTimer, CancelTimers, CloseTasks)):
        _time(live, effect)
    elif isinstance(effect, (OpenTask, ReassignTasks)):
        _hand_out(play, live, effect)
    elif isinstance(effect, (Send, Remind)):
        _tell(play, effect, now)
    elif isinstance(effect, OpenCase):
        _open_case(play, live, effect, now)
    else:
        _follow(play, live, effect, now)


def _time(live: _Live, effect: SetTimer | CancelTimers | CloseTasks) -> None:
    if isinstance(effect, SetTimer):
        live.timers = [item for item in live.timers if item.key != effect.key] + [effect]
    elif isinstance(effect, CancelTimers):
        live.timers = [item for item in live.timers if not item.key.startswith(effect.prefix)]
    else:
        live.timers = [item for item in live.timers if not _closes(effect, item.task_key)]


def _closes(effect: CloseTasks, task_key: str) -> bool:
    return bool(task_key) and (not effect.keys or task_key in effect.keys)


def _hand_out(play: _Play, live: _Live, effect: OpenTask | ReassignTasks) -> None:
    if isinstance(effect, ReassignTasks):
        for key in effect.keys:
            live.lines[key]["assignee"] = effect.account
        return
    labels = Labels(play.form, live.workflow, play.world.staffing.neighbourhoods, content=True)
    why = why_here(effect.why, effect.assignee, play.world, play.catalog.contact_points, labels=labels)
    line: Line = {
        "task": effect.told or effect.label,
        "assignee": effect.assignee,
        "due": effect.due_on.isoformat() if effect.due_on else None,
        "why": " ".join((*why, why_then(effect.due_on, effect.due_rule, labels=labels))),
    }
    live.lines[effect.key] = line
    play.tasks.append(line)


def _tell(play: _Play, effect: Send | Remind, now: datetime) -> None:
    if isinstance(effect, Send):
        to, message = effect.to.removeprefix("account:"), effect.message
    else:
        to, message = effect.account, f"reminder.{effect.code}"
    play.messages.append({"at": play.wall(now), "to": to, "message": message})


def _follow(play: _Play, live: _Live, effect: Effect, now: datetime) -> None:
    if isinstance(effect, EnterState) and live.main:
        play.states.append({"state": effect.state, "at": play.wall(now)})
    elif isinstance(effect, SetLimit):
        play.limits.append({"limit": effect.id, "due": effect.due_on.isoformat()})
    elif isinstance(effect, Assign) and live.main and play.first is None:
        play.first = effect


def _open_case(play: _Play, live: _Live, effect: OpenCase, now: datetime) -> None:
    """Play a sub-case along, with what it may carry."""
    workflow = play.catalog.workflows[effect.workflow]
    case = Case(
        id="",
        workflow=workflow.id,
        form=live.case.form,
        answers=live.case.answers,
        contact_point=effect.target,
        neighbourhood=live.case.neighbourhood,
        number=_number(workflow.number, now.astimezone(play.world.calendar.zone).replace(tzinfo=None)),
        parent=live.case.number or "main",
    )
    _start(play, _Live(workflow, replace(case, received_at=live.case.received_at)), now)
