"""What is known and decided so far while one event is being decided?

A turn keeps the snapshot and the list of effects in step: every effect is applied to the snapshot as it is added, so
that the next question is asked of the case as it then stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch
from types import MappingProxyType

from app.definitions.model.forms import Form
from app.definitions.model.workflows import ContactPoint, State, Workflow
from app.engine import consents
from app.engine.calendar import day_zero, local
from app.engine.facts_of import Reading, in_use
from app.engine.model.agreeing import Agree
from app.engine.model.answers import Answers
from app.engine.model.asking import AskOthers, TakeAnswer
from app.engine.model.cases import (
    Assign,
    Case,
    CloseTasks,
    Decision,
    Do,
    Effect,
    EnterState,
    Mark,
    MoveTask,
    Note,
    OpenTask,
    ReassignTasks,
    Recorded,
    Refusal,
    RenameTask,
    SetLimit,
    TaskView,
    Why,
)
from app.engine.model.people import AccountId, Calendar, Worker, World
from app.engine.routing import never_to
from app.engine.staff import holding_of

BLOCK = "block_content"
STOPS_MESSAGES = frozenset({BLOCK, "stop_messages"})
"""What `does:` names after which nothing leaves the house for this case."""


class Refused(Exception):
    """Nothing may happen; carries the refusal up to ``decide``."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, tuple(params.items()))


@dataclass(slots=True)
class Turn:
    """One decision in the making."""

    workflow: Workflow
    form: Form
    world: World
    points: Mapping[str, ContactPoint]
    now: datetime
    case: Case
    role: str = ""
    reason: str = ""
    why: Why | None = None  # of this turn's routing or hand-over
    on_duty: bool = False
    settled: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What becomes of each open sub-task should this turn end the case; one that is not named stays open."""
    effects: list[Effect] = field(default_factory=list)
    _reading: Reading | None = None

    def __post_init__(self) -> None:
        self.form = in_use(self.form, self.workflow)

    @property
    def calendar(self) -> Calendar:
        """The municipality's calendar."""
        return self.world.calendar

    @property
    def reading(self) -> Reading:
        """The case as conditions see it now."""
        kept, asked = self._reading, (self.role, self.reason)
        if kept is None or kept.case is not self.case or (kept.role, kept.reason) != asked:
            moment = local(self.calendar, self.now)
            kept = self._reading = Reading(self.form, self.case, moment, self.role, self.reason)
        return kept

    @property
    def state(self) -> State:
        """The state the case is in."""
        return self.workflow.states[self.case.state]

    @property
    def not_to(self) -> frozenset[AccountId]:
        """Who may never get anything of this case."""
        return never_to(self.workflow, self.case)

    def emit(self, *effects: Effect) -> None:
        """Decide these effects, in order."""
        for effect in effects:
            self.effects.append(effect)
            self.case = applied(effect, self.case, self.now)

    def note(self, code: str, **params: str) -> None:
        """Write a line of history."""
        self.emit(Note(code, tuple(params.items())))

    def task(self, key: str) -> TaskView | None:
        """The open task of that key."""
        return next((item for item in self.case.tasks if item.open and item.key == key), None)

    def worker(self, account: AccountId) -> Worker | None:
        """Somebody by account."""
        return self.world.staffing.workers.get(account)

    def name(self, account: AccountId) -> str:
        """Somebody's name for a line of history."""
        worker = self.worker(account)
        return worker.name if worker is not None else account

    def reason_why(self, code: str = "responsible") -> Why:
        """Why something goes to the responsible person, when this turn did not route."""
        return self.why or Why(
            contact_point=self.case.contact_point, neighbourhood=self.case.neighbourhood, code=code
        )

    def substitutes(self) -> tuple[AccountId, ...]:
        """The substitutes of the case's contact point in order, its owner of last resort behind them."""
        holding = holding_of(self.world.staffing, self.case.contact_point, self.case.neighbourhood)
        return () if holding is None else (*holding.substitutes, holding.owner)

    def decision(self) -> Decision:
        """What was decided; a turn without effects leaves the case as it was."""
        if self.effects:
            self.case = replace(self.case, version=self.case.version + 1)
        return Decision(self.case, tuple(self.effects))

    def first_day(self) -> str:
        """Day zero of now, as ISO text."""
        return day_zero(self.calendar, self.now).isoformat()


# The snapshot after an effect ------------------------------------------------------------------------------


@singledispatch
def applied(effect: object, case: Case, now: datetime) -> Case:
    """Return ``case`` as it stands after ``effect``; effects that touch no field of the snapshot leave it."""
    del effect, now
    return case


@applied.register
def _(effect: EnterState, case: Case, now: datetime) -> Case:
    return replace(case, state=effect.state, entered_at=now)


@applied.register
def _(effect: Assign, case: Case, now: datetime) -> Case:
    del now
    return replace(
        case, holder=effect.account, contact_point=effect.contact_point, neighbourhood=effect.neighbourhood
    )


@applied.register
def _(effect: OpenTask, case: Case, now: datetime) -> Case:
    del now
    view = TaskView("", effect.kind, case.state, effect.assignee, effect.due_on, True, effect.key)
    return replace(case, tasks=(*case.tasks, view))


@applied.register
def _(effect: CloseTasks, case: Case, now: datetime) -> Case:
    del now
    gone = effect.keys or tuple(item.key for item in case.tasks)
    return replace(
        case, tasks=tuple(replace(item, open=False) if item.key in gone else item for item in case.tasks)
    )


@applied.register
def _(effect: ReassignTasks, case: Case, now: datetime) -> Case:
    del now
    moved = tuple(
        replace(item, assignee=effect.account) if item.open and item.key in effect.keys else item
        for item in case.tasks
    )
    return replace(case, tasks=moved)


@applied.register
def _(effect: MoveTask, case: Case, now: datetime) -> Case:
    del now
    moved = tuple(
        replace(item, due_on=effect.due_on) if item.open and item.key == effect.key else item
        for item in case.tasks
    )
    return replace(case, tasks=moved)


@applied.register
def _(effect: RenameTask, case: Case, now: datetime) -> Case:
    del now
    renamed = tuple(replace(item, key=effect.to) if item.key == effect.key else item for item in case.tasks)
    return replace(case, tasks=renamed)


@applied.register
def _(effect: Mark, case: Case, now: datetime) -> Case:
    return replace(case, marks=MappingProxyType({**case.marks, effect.name: now}))


@applied.register
def _(effect: SetLimit, case: Case, now: datetime) -> Case:
    del now
    return replace(case, limits=MappingProxyType({**case.limits, effect.id: effect.due_on}))


@applied.register
def _(effect: Recorded, case: Case, now: datetime) -> Case:
    del now
    return replace(case, attempts=(*case.attempts, effect.attempt))


@applied.register
def _(effect: Do, case: Case, now: datetime) -> Case:
    del now
    return replace(
        case,
        blocked=case.blocked or effect.name == BLOCK,
        silent=case.silent or effect.name in STOPS_MESSAGES,
    )


@applied.register
def _(effect: Agree, case: Case, now: datetime) -> Case:
    del now
    return replace(case, answers=MappingProxyType(consents.put(case.answers, effect.name, effect.consent)))


@applied.register
def _(effect: AskOthers, case: Case, now: datetime) -> Case:
    del now
    blank: Answers = MappingProxyType({})
    return replace(case, answers=MappingProxyType({**case.answers, effect.ask: (blank,) * len(effect.who)}))


@applied.register
def _(effect: TakeAnswer, case: Case, now: datetime) -> Case:
    del now
    asked = case.answers.get(effect.ask)
    rows = list(asked) if isinstance(asked, tuple) else []
    rows += [MappingProxyType({})] * (effect.row + 1 - len(rows))
    rows[effect.row] = effect.answers
    return replace(case, answers=MappingProxyType({**case.answers, effect.ask: tuple(rows)}))
