"""Whatever happens in whatever order, a case keeps its promises."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.definitions.model.workflows import DeadlineKind
from app.engine.acting import DPO_TASK, buttons
from app.engine.model.answers import Answers, PartialDate
from app.engine.model.cases import Acted, FactsChanged, HandedOver, TaskDone, TimerFired
from app.engine.turn import Turn
from tests.engine.deciding import Life
from tests.support.zandlede import POINTS, WORKERS, at, away, world

ANSWERS: st.SearchStrategy[Answers] = st.fixed_dictionaries(
    {},
    optional={
        "geboorte": st.integers(1930, 2010).map(PartialDate),
        "buurt": st.sampled_from(["oosthoek", "centrum", "andere_gemeente", "elders"]),
        "zorgen": st.lists(st.sampled_from(["eenzaam", "kinderen", "geld"]), unique=True).map(tuple),
        "dringend": st.sampled_from(["ja", "vandaag"]),
        "akkoord": st.booleans(),
        "niet_door": st.lists(st.sampled_from(sorted(WORKERS)), max_size=5, unique=True).map(tuple),
        "domeinen.wonen": st.sampled_from(["gaat_goed", "zorgen", "dringend"]),
        "domeinen.inkomen": st.sampled_from(["kan_beter", "zorgen"]),
        "domeinen.psychisch": st.sampled_from(["kan_beter", "dringend"]),
    },
)
START = at("2026-11-06T09:00")


class OneCase(RuleBasedStateMachine):
    """Events in any order at moments that only go forward; timers ring late, twice or after they were cancelled."""

    life: Life
    now: datetime = START

    @initialize(answers=ANSWERS, gone=st.sampled_from(sorted(WORKERS)), hours=st.integers(0, 200))
    def submit(self, answers: Answers, gone: str, hours: int) -> None:
        self.life = Life(answers, world(away(gone, "2026-11-01", "2026-11-20")))
        self.now = START + timedelta(hours=hours)
        self.seen: list[TimerFired] = []
        decision = self.life.submit(self.now.isoformat()[:16])
        self.now = self.life.case.received_at or self.now
        assert decision.refusal is None

    @rule(hours=st.integers(1, 400))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=st.integers(0, 9))
    def press(self, which: int) -> None:
        turn = Turn(self.life.flow, self.life.form, self.life.world, POINTS, self.now, self.life.case)
        found = sorted(buttons(turn)) or ["reopen"]
        action = found[which % len(found)]
        event = Acted(action, by=self.life.case.holder, reason="beantwoord", open_tasks=self.said())
        self.life.happen(event, self.now)

    def said(self) -> dict[str, str]:
        """Something of every open sub-task, not the same of all."""
        outcomes = ("done", "cancelled", "kept")
        return {task.key: outcomes[len(task.key) % 3] for task in self.life.open("sub")}

    @precondition(lambda self: bool(self.life.timers))
    @rule()
    def ring_next(self) -> None:
        timer = min(self.life.timers.values(), key=lambda item: (item.at, item.key))
        self.now = max(self.now, timer.at)
        self.seen.append(TimerFired(timer.kind, timer.key, timer.task_key))
        self.had_it = self.life.case.holder
        del self.life.timers[timer.key]
        self.life.happen(self.seen[-1], self.now)

    @precondition(lambda self: bool(self.seen))
    @rule()
    def ring_again(self) -> None:
        before = [task.key for task in self.life.case.tasks]
        self.life.happen(self.seen[-1], self.now)
        if self.seen[-1].kind != "auto" and self.life.case.holder == self.had_it:
            assert [task.key for task in self.life.case.tasks] == before

    @rule(to=st.sampled_from(sorted(WORKERS)))
    def hand_over(self, to: str) -> None:
        self.life.happen(HandedOver(to, self.life.case.holder), self.now)

    @rule()
    def tick_off(self) -> None:
        for task in self.life.open("sub"):
            self.life.happen(TaskDone(task.key, task.assignee), self.now)

    @rule()
    def look_again(self) -> None:
        self.life.happen(FactsChanged(), self.now)

    @invariant()
    def exactly_one_active_person_is_responsible(self) -> None:
        assert WORKERS[self.life.case.holder].active

    @invariant()
    def nobody_excluded_is_responsible(self) -> None:
        excluded = self.life.answers.get("niet_door", ())
        assert isinstance(excluded, tuple)
        assert self.life.case.holder not in excluded

    @invariant()
    def the_state_is_one_of_the_workflow(self) -> None:
        assert self.life.case.state in self.life.flow.states

    @invariant()
    def a_waiting_state_has_one_main_task_with_a_date(self) -> None:
        state = self.life.flow.states[self.life.case.state]
        mains = self.life.open("main")
        if state.end or state.deadline is None or state.deadline.kind is DeadlineKind.NONE:
            assert mains == []
            return
        (main,) = mains
        assert main.due_on is not None
        assert main.assignee == self.life.case.holder

    @invariant()
    def open_tasks_have_names_of_their_own(self) -> None:
        keys = [task.key for task in self.life.open()]
        assert len(keys) == len(set(keys))

    @invariant()
    def a_timer_of_a_task_belongs_to_an_open_one(self) -> None:
        keys = {task.key for task in self.life.open()}
        assert {timer.task_key for timer in self.life.timers.values() if timer.task_key} <= keys

    @invariant()
    def an_ended_case_asks_nothing_of_anybody(self) -> None:
        if self.life.flow.states[self.life.case.state].end:
            open_ = {task.key for task in self.life.open()}
            kept = {key for key in open_ if key.startswith(("also:", "was:"))}
            assert {key for key in open_ if not any(name in key for name in kept)} <= {DPO_TASK}
            assert {timer.task_key for timer in self.life.timers.values()} <= open_


OneCase.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestOneCase = OneCase.TestCase
