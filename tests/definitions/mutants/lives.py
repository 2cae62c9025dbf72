"""Does every case that can be come to an end? Played with the engine: submit, press every button, move on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, DeadlineKind, Workflow
from app.definitions.read_all import Everything
from app.engine.acting import REOPEN
from app.engine.decide import decide
from app.engine.entering import MOST_EXITS
from app.engine.evaluate import Facts, holds
from app.engine.model.answers import Answers
from app.engine.model.cases import Case, Decision, EnterState, SetTimer
from app.engine.model.events import Acted, Event, Submitted, TimerFired
from app.engine.model.people import World
from tests.definitions.mutants.answers import MOMENT
from tests.definitions.mutants.asked import reads_later

PAUSE = timedelta(days=3)
MOST_PLACES = 400
Place = tuple[str, frozenset[str]]


@dataclass(slots=True)
class Life:
    """What the same answers lead to: places with the case as it stood, and where each leads."""

    cases: dict[Place, tuple[Case, datetime, tuple[SetTimer, ...]]] = field(default_factory=dict)
    ways: dict[Place, set[Place]] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    spinning: set[str] = field(default_factory=set)

    def note(self, effects: Iterable[object]) -> None:
        """The states that one event led through; the engine stops going round by itself."""
        through = [one.state for one in effects if isinstance(one, EnterState)]
        self.entered |= set(through)
        if len(through) >= MOST_EXITS:
            self.spinning.add(through[-1])


def strange_lives(
    workflow: Workflow, form: Form, everything: Everything, world: World, answers: Iterable[Answers]
) -> Iterator[tuple[str, str]]:
    """What goes wrong, as ``(guarantee, where)``: no end in reach, no deadline while waiting, a state never come to."""
    bare = replace(workflow, also=(), limits=(), messages={}, receipt=())
    reached: set[str] = set()
    for found in answers:
        life = _Player(bare, form, everything, world).life(found)
        if not life.cases:
            yield "ends", workflow.start
            return
        yield from (("spins", state) for state in life.spinning)
        reached |= life.entered
        yield from _waits(bare, life)
        yield from _ends(bare, life)
    if not reads_later(workflow):  # buttons are pressed without answers here
        yield from (("reached", state) for state in workflow.states if state not in reached)


def unlike(workflow: Workflow, answers: Iterable[Answers], few: int | None = None) -> Iterator[Answers]:
    """Answers that some gate sees otherwise than all before, whatever milestones are reached.

    After the first ``few`` only those to which a single gate says something that it said to nobody before.
    """
    gates = [auto.condition for state in workflow.states.values() for auto in state.auto if auto.condition]
    actions = [
        *workflow.anywhere.values(),
        *(one for state in workflow.states.values() for one in state.actions.values()),
    ]
    gates += [need.condition for action in actions for need in action.needs]
    marks = sorted({mark for action in actions for mark in action.marks})
    seen: set[tuple[bool, ...]] = set()
    said: set[tuple[int, bool]] = set()
    for found in answers:
        sets = [frozenset(), *(frozenset((mark,)) for mark in marks), frozenset(marks)]
        key = tuple(holds(gate, Facts(found, MOMENT, marks=some)) for gate in gates for some in sets)
        new = set(enumerate(key)) - said
        if key not in seen and (few is None or len(seen) < few or new):
            seen.add(key)
            said |= new
            yield found
        if not gates:
            return


def _waits(workflow: Workflow, life: Life) -> Iterator[tuple[str, str]]:
    for (state_id, _), (case, _, _) in life.cases.items():
        state = workflow.states[state_id]
        if state.end:
            continue
        none = state.deadline is not None and state.deadline.kind is DeadlineKind.NONE
        if (
            state.deadline is None
            or (none and not state.deadline.because)
            or (not none and state.task and not any(task.open and task.due_on for task in case.tasks))
        ):
            yield "deadline", state_id


def _ends(workflow: Workflow, life: Life) -> Iterator[tuple[str, str]]:
    before: dict[Place, set[Place]] = {}
    for place, ways in life.ways.items():
        for to in ways:
            before.setdefault(to, set()).add(place)
    finishing = {place for place in life.cases if workflow.states[place[0]].end}
    waiting = list(finishing)
    while waiting:
        for source in before.get(waiting.pop(), set()) - finishing:
            finishing.add(source)
            waiting.append(source)
    yield from (("ends", place[0]) for place in life.cases if place not in finishing)


class _Player:
    """Presses buttons."""

    def __init__(self, workflow: Workflow, form: Form, everything: Everything, world: World) -> None:
        self.workflow, self.form, self.everything, self.world = workflow, form, everything, world
        states = workflow.states.values()
        conditions = [auto.condition for state in states for auto in state.auto if auto.condition]
        every = [*workflow.anywhere.values(), *(one for state in states for one in state.actions.values())]
        conditions += [need.condition for action in every for need in action.needs]
        text = " ".join(condition.source for condition in conditions)
        self.asked = {mark for action in every for mark in action.marks if f"marked({mark})" in text}

    def life(self, answers: Answers) -> Life:
        """Everything that can follow."""
        life = Life()
        case = Case("c", self.workflow.id, self.form.id, answers=answers, number="1")
        if (
            self.form.workflow != self.workflow.id
        ):  # a sub-case: who gets it is said by the rule that opens it
            case = replace(case, parent="p", contact_point=next(iter(self.everything.contact_points)))
        opened = self._decided(case, Submitted(), MOMENT.now)
        if opened.refusal is not None:
            return life
        life.note(opened.effects)
        waiting = deque([self._arrive(life, opened.case, MOMENT.now, opened.effects)])
        while waiting and len(life.cases) < MOST_PLACES:
            here = waiting.popleft()
            life.ways[here] = set()
            for after, now, effects, ordinary in self._onward(*life.cases[here]):
                life.note(effects)
                known = self._place(after) in life.cases
                there = self._place(after) if known else self._arrive(life, after, now, effects)
                if ordinary:
                    life.ways[here].add(there)
                if not known:
                    waiting.append(there)
        return life

    def _decided(self, case: Case, event: Event, now: datetime) -> Decision:
        points = self.everything.contact_points
        return decide(self.workflow, self.form, case, event, now=now, world=self.world, contact_points=points)

    def _place(self, case: Case) -> Place:
        return case.state, frozenset(self.asked & set(case.marks))

    def _arrive(self, life: Life, case: Case, now: datetime, effects: Iterable[object]) -> Place:
        timers = tuple(one for one in effects if isinstance(one, SetTimer) and one.kind == "auto")
        life.cases[self._place(case)] = (case, now, timers)
        return self._place(case)

    def _onward(
        self, case: Case, now: datetime, timers: tuple[SetTimer, ...]
    ) -> Iterator[tuple[Case, datetime, Iterable[object], bool]]:
        state = self.workflow.states[case.state]
        if state.end:
            if state.reopen is not None:
                event = Acted(REOPEN, case.holder)
                again = self._decided(case, event, now + PAUSE)
                yield again.case, now + PAUSE, again.effects, False
            return
        for timer in timers:
            fired = TimerFired(timer.kind, timer.key)
            decision = self._decided(case, fired, timer.at)
            if decision.effects:
                yield decision.case, timer.at, decision.effects, True
        for action in self.workflow.actions_of(case.state).values():
            ordinary = action.id in state.actions or not action.does
            yield from ((*after, ordinary) for after in self._pressed(action, case, now))

    def _pressed(
        self, action: Action, case: Case, now: datetime
    ) -> Iterator[tuple[Case, datetime, Iterable[object]]]:
        """One press; of a button that counts attempts as many as it takes to lead on."""
        begun = case.state
        for _ in range(action.again.at_most + 1 if action.again else 1):
            now += PAUSE
            decision = self._decided(case, self._event(action, case), now)
            if decision.refusal is not None:
                return
            case = decision.case
            yield case, now, decision.effects
            if case.state != begun:
                return

    def _event(self, action: Action, case: Case) -> Acted:
        target = self.workflow.states.get(action.to)
        reason = target.reasons.ids[0] if target is not None and target.reasons else ""
        rows = {}
        if target is not None and target.reason_each is not None:
            field_ = self.form.field(target.reason_each.of)
            rows = dict.fromkeys(field_.rows.ids if field_ is not None and field_.rows else (), reason)
        holders = not action.by or {"holder", "substitute"} & set(action.by)
        who, role = (case.holder, "") if holders else ("", action.by[0])
        return Acted(action.id, who, role, reason=reason, row_reasons=rows)
