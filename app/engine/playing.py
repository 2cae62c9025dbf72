"""How does one case live through a virtual clock: handed in, buttons pressed, timers ringing?

A :class:`Play` holds everything that happened so far and goes on where it stands; ``copy`` it to try two ways on. What
is told of it for people is kept in ``lines`` as it happens (:mod:`app.engine.play_lines`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType

from app.definitions.model.asking import Ask
from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action
from app.engine.acting import HOLDERS, REOPEN
from app.engine.calendar import local
from app.engine.consents import OWN_PAGE
from app.engine.decide import decide
from app.engine.filling_in import role_of
from app.engine.judge import judge
from app.engine.model.answers import Answers, FieldError
from app.engine.model.asking import Answered
from app.engine.model.cases import (
    Acted,
    CancelTimers,
    Case,
    CloseTasks,
    Decision,
    Effect,
    Event,
    OpenCase,
    SetTimer,
    Submitted,
    TimerFired,
)
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.engine.model.people import World
from app.engine.play_lines import Lines, Live
from app.engine.seasons import is_out
from app.engine.settling import open_subtasks
from app.engine.staff import with_role
from app.engine.values import read_json

BESIDE_THE_FORM = frozenset({"reason", "row_reasons", "open_tasks"})
MOST_TIMERS = 10_000
"""A play stops there: a horizon of decades over a task that keeps coming back."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button pressed at local time ``at`` (naive). ``answers`` are those of the action's form as natural JSON; the
    keys ``reason``, ``row_reasons`` and ``open_tasks`` among them say how the case ends. Without an action a consent is
    taken back (``withdraw``: its flat id), or some hold anew (``renew``, up to ``until``), or time just passes."""

    action: str
    at: datetime
    answers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    withdraw: str = ""
    renew: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to the case in place ``case`` of the play, and what was decided."""

    case: int
    at: datetime
    event: Event
    before: Case
    decision: Decision


@dataclass(slots=True)
class Play:
    """Everything that happened so far. The first of ``cases`` is the main one."""

    catalog: Catalog
    form: Form
    world: World
    lines: Lines
    cases: list[Live] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def utc(self, at: datetime) -> datetime:
        """A local naive time as an instant."""
        return at.replace(tzinfo=self.world.calendar.zone).astimezone(UTC)

    def wall(self, now: datetime) -> str:
        """An instant as local ISO minutes."""
        return self.naive(now).strftime("%Y-%m-%dT%H:%M")

    def naive(self, now: datetime) -> datetime:
        """An instant as the time on the wall."""
        return now.astimezone(self.world.calendar.zone).replace(tzinfo=None)

    def copy(self) -> Play:
        """The same play, to go on with apart; what was told of reassigned tasks is shared."""
        cases = [item.copy() for item in self.cases]
        return replace(self, cases=cases, lines=self.lines.copy(), steps=list(self.steps))


def begin(catalog: Catalog, form: str, answers: Mapping[str, object], at: datetime, *, world: World) -> Play:
    """Hand ``form`` in at local time ``at`` (naive). Errors in the answers are told and the case begins all the same.

    Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    play = Play(catalog, catalog.forms[form], world, Lines(catalog, catalog.forms[form], world))
    now = play.utc(at)
    workflow = catalog.workflows[play.form.workflow]
    given = _judged(play, play.form, answers, now)
    if is_out(play.form.opens, now, world.calendar):
        play.lines.wrong((FieldError("", "out_of_season"),), "")
    number = _number(play.form.number or workflow.number, at)
    case = Case("", workflow.id, form, answers=given, number=number)
    _start(play, Live(workflow, case, main=True), now)
    return play


def press(play: Play, act: Act, now: datetime) -> Decision | None:
    """Press a button at instant ``now``: of the main case, or of a sub-case when only that has it. ``None`` when no
    case began."""
    live = presses(play, act.action)
    if live is None:
        return None
    if not act.action:
        return _agree(play, live, act, now)
    if asks(live, act.action) is not None:
        return answer(play, live, act, now)
    action = live.workflow.actions_of(live.case.state).get(act.action) or Action(act.action, "")
    answers = {name: value for name, value in act.answers.items() if name not in BESIDE_THE_FORM}
    form = play.catalog.forms.get(action.form)
    given = _judged(play, form, answers, now, f"{act.action}.") if form is not None and answers else {}
    by, role = presser(play, live, action)
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
    return _happen(play, live, event, now)


def _agree(play: Play, live: Live, act: Act, now: datetime) -> Decision | None:
    """The person says that a consent ends or goes on, on their own page."""
    if act.withdraw:
        return _happen(play, live, ConsentWithdrawn(act.withdraw), now)
    return _happen(play, live, ConsentRenewed(act.renew, OWN_PAGE, act.until), now) if act.renew else None


def asks(live: Live, name: str) -> Ask | None:
    """The question of that name that is put to others now."""
    state = live.workflow.states.get(live.case.state)
    return next((item for item in state.asks if item.id == name), None) if state is not None else None


def answer(play: Play, live: Live, act: Act, now: datetime) -> Decision:
    """The first who was asked and did not answer yet, answers."""
    ask = asks(live, act.action)
    form = play.catalog.forms.get(ask.form) if ask is not None else None
    given = _judged(play, form, act.answers, now, f"{act.action}.") if form is not None else {}
    rows = live.case.answers.get(act.action)
    told = rows if isinstance(rows, tuple) else ()
    row = next((place for place, item in enumerate(told) if not item), len(told))
    return _happen(play, live, Answered(act.action, row, given, name=act.action), now)


def presses(play: Play, action: str) -> Live | None:
    """The case whose button this is; the main one when no case has it now."""
    begun = [item for item in play.cases if item.case.state]
    has_it = (
        item
        for item in begun
        if action in item.workflow.actions_of(item.case.state) or asks(item, action) is not None
    )
    return next(has_it, begun[0] if begun else None)


def presser(play: Play, live: Live, action: Action) -> tuple[str, str]:
    """Who presses: the responsible person where they may, else somebody who may."""
    if not action.by or set(HOLDERS) & set(action.by) or action.id == REOPEN:
        return live.case.holder, ""
    people = with_role(play.world, action.by[0])
    return (people[0] if people else ""), action.by[0]


def pass_time(play: Play, until: datetime) -> None:
    """Let every timer ring that is due by the instant ``until``, in order."""
    for _ in range(MOST_TIMERS):
        ringing = next_ring(play)
        if ringing is None or ringing[0] > until:
            return
        at, live, timer = ringing
        live.timers.remove(timer)
        _happen(play, live, TimerFired(timer.kind, timer.key, timer.task_key), at)


def next_ring(play: Play) -> tuple[datetime, Live, SetTimer] | None:
    """The timer that rings first, of which case, and when."""
    waiting = [(timer.at, place, timer) for place, live in enumerate(play.cases) for timer in live.timers]
    if not waiting:
        return None
    at, place, timer = min(waiting, key=lambda item: (item[0], item[1], item[2].key))
    return at, play.cases[place], timer


def _outcome(act: Act, key: str) -> str:
    """What becomes of a sub-task when the press ends the case: done, unless the act says otherwise."""
    said = act.answers.get("open_tasks")
    return str(said.get(key, "done")) if isinstance(said, Mapping) else "done"


def _number(pattern: str, at: datetime) -> str:
    return pattern.replace("{year}", f"{at.year}").replace("{seq}", "00001")


def _judged(
    play: Play, form: Form, answers: Mapping[str, object], now: datetime, prefix: str = ""
) -> Answers:
    """What counts of the answers; what is wrong with them is told."""
    moment = local(play.world.calendar, now)
    audience = form.audience[0] if form.audience else ""
    judgement = judge(form, read_json(form, answers), moment, audience=audience, roles=role_of(audience))
    play.lines.wrong(judgement.errors, prefix)
    return judgement.answers


# What happens ----------------------------------------------------------------------------------------------


def _start(play: Play, live: Live, now: datetime) -> None:
    play.cases.append(live)
    _happen(play, live, Submitted(), now)


def _happen(play: Play, live: Live, event: Event, now: datetime) -> Decision:
    before = live.case
    decision = decide(
        live.workflow,
        play.form,
        before,
        event,
        now=now,
        world=play.world,
        contact_points=play.catalog.contact_points,
    )
    live.case = decision.case
    place = next(number for number, item in enumerate(play.cases) if item is live)
    play.steps.append(Step(place, now, event, before, decision))
    for effect in decision.effects:
        _carry_out(play, live, effect, now)
    if decision.refusal is not None:
        play.lines.refused(decision.refusal, event.action if isinstance(event, Acted) else "")
    return decision


def _carry_out(play: Play, live: Live, effect: Effect, now: datetime) -> None:
    if isinstance(effect, (SetTimer, CancelTimers, CloseTasks)):
        _time(live, effect)
    elif isinstance(effect, OpenCase):
        _open_case(play, live, effect, now)
    else:
        play.lines.take(live, effect, play.wall(now))


def _time(live: Live, effect: SetTimer | CancelTimers | CloseTasks) -> None:
    if isinstance(effect, SetTimer):
        live.timers = [item for item in live.timers if item.key != effect.key] + [effect]
    elif isinstance(effect, CancelTimers):
        live.timers = [item for item in live.timers if not item.key.startswith(effect.prefix)]
    else:
        live.timers = [item for item in live.timers if not _closes(effect, item.task_key)]


def _closes(effect: CloseTasks, task_key: str) -> bool:
    return bool(task_key) and (not effect.keys or task_key in effect.keys)


def _open_case(play: Play, live: Live, effect: OpenCase, now: datetime) -> None:
    """Play a sub-case along, with what it may carry."""
    workflow = play.catalog.workflows[effect.workflow]
    case = Case(
        id="",
        workflow=workflow.id,
        form=live.case.form,
        answers=live.case.answers,
        contact_point=effect.target,
        holder=effect.holder,
        neighbourhood=live.case.neighbourhood,
        number=_number(workflow.number, play.naive(now)),
        parent=live.case.number or "main",
        received_at=live.case.received_at,
    )
    _start(play, Live(workflow, case), now)
