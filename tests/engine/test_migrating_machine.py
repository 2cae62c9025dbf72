"""Whatever happened before, and however often it moves between versions, a case keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from app.definitions.model.workflows import (
    Action,
    Auto,
    Deadline,
    DeadlineKind,
    Duration,
    Limit,
    Reminder,
    State,
    Unit,
    Workflow,
)
from app.engine.model.cases import Send, SetTimer
from tests.engine.deciding import of
from tests.engine.test_decide_machine import OneCase
from tests.engine.test_migrating import QUICK, flow, form, moved, state
from tests.support.sample_workflow import CARD, FLOW, wd, within


def renamed(whole: Workflow, old: str, new: str) -> Workflow:
    """The workflow with a state under another id."""

    def one(item: State) -> State:
        actions = {ref: replace(action, to=to(action.to)) for ref, action in item.actions.items()}
        return replace(
            item,
            id=to(item.id),
            actions=MappingProxyType(actions),
            auto=tuple(replace(leads, to=to(leads.to)) for leads in item.auto),
            reopen=replace(item.reopen, to=to(item.reopen.to)) if item.reopen else None,
        )

    def to(ref: str) -> str:
        return new if ref == old else ref

    return replace(whole, states=MappingProxyType({to(ref): one(item) for ref, item in whole.states.items()}))


SECOND = flow(
    state("toegewezen", task="Andere woorden", escalate=QUICK, remind=(Reminder(wd(2)),)),
    replace(FLOW.states["kaart_in_bus"], id="wachten"),
    state("actief", task="Doe het", deadline=within(15), every=(), escalate=QUICK),
    state("gepauzeerd", auto=(Auto("actief", after=Duration(1, Unit.WEEKS)),)),
    without="kaart_in_bus",
    also=(replace(FLOW.also[1], number=1), replace(FLOW.also[0], number=2, remind=(Reminder(None),))),
    route=tuple(replace(item, number=8 - item.number) for item in FLOW.route),
    limits=(Limit("besluit", "beslist", within(3, "received"), "Besluit", escalate=QUICK),),
)
SECOND = replace(
    SECOND,
    states=MappingProxyType(
        {
            **SECOND.states,
            "toegewezen": replace(
                SECOND.states["toegewezen"],
                actions=MappingProxyType(
                    {**SECOND.states["toegewezen"].actions, "wacht": Action("wacht", "Wacht", to="wachten")}
                ),
            ),
        }
    ),
)
SECOND = renamed(SECOND, "in_opvolging", "loopt")
THIRD = flow(
    state("in_opvolging", deadline=Deadline(DeadlineKind.NONE, because="kan", source="none"), task=""),
    state("toegewezen", auto=()),
    without="niet_voor_ons",
    also=(),
    limits=FLOW.limits[1:],
    not_to="",
)
FLOWS = (FLOW, SECOND, THIRD)
FORMS = (CARD, form(without=("zorgen", "domeinen")))


class MovingCase(OneCase):
    """Any events, and between them moves to and fro."""

    @initialize()
    def begin(self) -> None:
        self.ended_by_move = False

    @rule(flow_=st.integers(1, 2), card_=st.integers(0, 1))
    def move(self, flow_: int, card_: int) -> None:
        here = next(number for number, item in enumerate(FLOWS) if item.states == self.life.flow.states)
        to, card, case = FLOWS[(here + flow_) % 3], FORMS[card_], self.life.case
        found = moved(self.life, self.now, to, card)
        if not found.movable:
            assert self.life.case == case
            return
        self.seen.clear()  # what rang before is done for good: a move tells rungs apart, not deliveries
        assert self.life.case.holder == case.holder
        assert dict(self.life.case.marks) == dict(case.marks)
        assert {type(effect) for effect in found.decision.effects}.isdisjoint({Send})
        assert all(timer.at > self.now for timer in of(SetTimer, found.decision))

    @rule()
    def move_to_the_same(self) -> None:
        case, timers = self.life.case, dict(self.life.timers)
        found = moved(self.life, self.now, replace(self.life.flow, title="Anders"))
        if found.movable:
            assert (self.life.case, self.life.timers, found.lost, found.dues) == (case, timers, (), ())

    @invariant()
    def it_can_still_be_closed(self) -> None:
        flow_ = self.life.flow
        reached, todo = set[str](), [self.life.case.state]
        while todo:
            here = todo.pop()
            if here not in reached:
                reached.add(here)
                todo += [action.to for action in flow_.actions_of(here).values() if action.to]
        assert any(flow_.states[name].end for name in reached)

    def nobody_excluded_is_responsible(self) -> None:
        """A version may forget who was excluded; ``plan`` refuses one that excludes who has the case."""


MovingCase.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestMovingCase = MovingCase.TestCase
