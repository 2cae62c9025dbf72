"""A case that a test can push: events in, effects out, timers kept as the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from app.definitions.model.forms import Form
from app.definitions.model.workflows import ContactPoint, Workflow
from app.engine.decide import decide
from app.engine.explaining import why_here
from app.engine.labels import Labels
from app.engine.model.answers import Answers
from app.engine.model.cases import (
    Acted,
    CancelTimers,
    Case,
    CloseTasks,
    Decision,
    Effect,
    Event,
    Note,
    OpenTask,
    Remind,
    SetTimer,
    Submitted,
    TaskView,
    TimerFired,
)
from app.engine.model.people import World
from app.texts import say
from tests.support.sample_workflow import CARD, FLOW
from tests.support.zandlede import POINTS, at, world

E = TypeVar("E", bound=Effect)


def of(kind: type[E], decision: Decision) -> list[E]:
    """The effects of one kind, in order."""
    return [effect for effect in decision.effects if isinstance(effect, kind)]


def _has_words(effect: Effect, life: Life) -> None:
    """Whatever is decided can be told in Dutch, with every hole filled in."""
    if isinstance(effect, Note):
        assert "{" not in say(f"history.{effect.code}", **dict(effect.params))
    elif isinstance(effect, Remind):
        assert say(f"reminders.{effect.code}")
    elif isinstance(effect, OpenTask):
        assert effect.label
        assert "{" not in effect.label
        labels = Labels(life.form, life.flow)
        assert why_here(effect.why, effect.assignee, life.world, life.points, labels=labels)


@dataclass
class Life:
    """One case with its pending timers."""

    answers: Answers
    world: World = field(default_factory=world)
    case: Case = field(default_factory=lambda: Case("", "", ""))
    timers: dict[str, SetTimer] = field(default_factory=dict)
    flow: Workflow = FLOW
    form: Form = CARD
    points: Mapping[str, ContactPoint] = field(default_factory=lambda: POINTS)
    told: list[tuple[datetime, Effect]] = field(default_factory=list)

    def submit(self, when: str = "2026-11-09T09:40", **more: str) -> Decision:
        number = "DVK-2026-00417"
        self.case = Case("", self.flow.id, self.form.id, answers=self.answers, number=number, **more)  # type: ignore[arg-type]
        return self.happen(Submitted(), at(when))

    def press(self, action: str, when: str, **more: object) -> Decision:
        more.setdefault("by", self.case.holder)
        return self.happen(Acted(action, **more), at(when))  # type: ignore[arg-type]

    def happen(self, event: Event, now: datetime) -> Decision:
        decision = decide(
            self.flow, self.form, self.case, event, now=now, world=self.world, contact_points=self.points
        )
        if decision.refusal is not None:
            assert say(f"refusals.{decision.refusal.code}", **dict(decision.refusal.params))
        return self.take(decision, now)

    def take(self, decision: Decision, now: datetime) -> Decision:
        """Let a decision be carried out."""
        self.case = decision.case
        for effect in decision.effects:
            self._keep(effect)
            _has_words(effect, self)
            self.told.append((now, effect))
        return decision

    def _keep(self, effect: Effect) -> None:
        if isinstance(effect, SetTimer):
            # a timer that rings twice may set its successor twice: the key makes them one, at the same instant
            assert self.timers.get(effect.key, effect) == effect
            self.timers[effect.key] = effect
        elif isinstance(effect, CancelTimers):
            self.timers = {
                key: timer for key, timer in self.timers.items() if not key.startswith(effect.prefix)
            }
        elif isinstance(effect, CloseTasks):
            gone = effect.keys or tuple(task.key for task in self.case.tasks)
            self.timers = {
                key: timer
                for key, timer in self.timers.items()
                if not timer.task_key or timer.task_key not in gone
            }

    def ring(self, key: str) -> Decision:
        timer = self.timers.pop(key)
        return self.happen(TimerFired(timer.kind, timer.key, timer.task_key), timer.at)

    def run_until(self, when: str) -> list[Decision]:
        """Let every timer ring that is due by then."""
        decisions = []
        while due := sorted((t.at, t.key) for t in self.timers.values() if t.at <= at(when)):
            decisions.append(self.ring(due[0][1]))
        return decisions

    def open(self, kind: str = "") -> list[TaskView]:
        return [task for task in self.case.tasks if task.open and task.kind.startswith(kind)]

    @property
    def main(self) -> TaskView:
        (task,) = self.open("main")
        return task
