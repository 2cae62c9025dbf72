"""Every state of the shipped workflows is reached and every button pressed, in cases that keep their promises."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest

from app.definitions.model.sessions import BY_ITSELF
from app.definitions.model.workflows import DeadlineKind, Workflow
from app.engine import calendar
from app.engine.acting import REOPEN
from app.engine.decide import Offer, Presser, offers
from app.engine.judge import judge
from app.engine.model.answers import Answers
from app.engine.model.cases import Acted, EnterState, TimerFired
from app.engine.values import read_json
from tests.engine.deciding import Life, of
from tests.engine.shipped_forms import FORMS, NOTHING, SAID, TOLD
from tests.engine.shipped_lives import Json, started
from tests.support.shipped import catalog, zandlede
from tests.support.zandlede import at


@dataclass
class Walk:
    """All ways through one workflow, as far as they differ in state and marks."""

    flow: Workflow
    states: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    """Those that a case came to, also when it went on at once."""
    pressed: set[tuple[str, str]] = field(default_factory=set)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def through(self, life: Life) -> None:
        waiting = [life]
        for _ in count():
            if not waiting:
                return
            here = waiting.pop()
            self.entered |= {effect.state for _, effect in here.told if isinstance(effect, EnterState)}
            told = tuple(str(here.case.answers.get(name)) for name in TOLD)
            place = (here.case.state, frozenset(here.case.marks), told)
            if place in self.seen:
                continue
            self.seen.add(place)
            self.states.add(here.case.state)
            kept_promises(here)
            for offer in offered(here):
                if offer.refusal is None:
                    said = SAID.get(offer.action.form, ({},))
                    waiting += [self.pressing(here, offer, answers) for answers in said]
            waiting += [self.waited(here, key) for key in here.timers if key.startswith("auto:")]

    def waited(self, life: Life, key: str) -> Life:
        """The case once a timed exit came due."""
        there = copy(life)
        there.timers, there.told = dict(life.timers), []
        timer = there.timers.pop(key)
        there.happen(TimerFired(timer.kind, timer.key, timer.task_key), timer.at)
        return there

    def pressing(self, life: Life, offer: Offer, said: Json = NOTHING) -> Life:
        """The case after the button; one that counts attempts is pressed until it leads on."""
        there = copy(life)
        there.timers, there.told = dict(life.timers), []
        here = there.case.state
        for _ in range(offer.action.again.at_most if offer.action.again else 1):
            press(there, offer, said)
        self.pressed.add((here, offer.action.id))
        return there


def offered(life: Life) -> tuple[Offer, ...]:
    """The buttons of whoever is responsible, and those that a session presses by itself."""
    by_itself = offers_to(life, Presser("", BY_ITSELF))
    return tuple(
        other if other.action.by == (BY_ITSELF,) else own
        for own, other in zip(offers_to(life, Presser(life.case.holder)), by_itself, strict=True)
    )


def offers_to(life: Life, who: Presser) -> tuple[Offer, ...]:
    return offers(
        life.flow,
        life.form,
        life.case,
        who,
        now=later(life, 0),
        world=life.world,
        contact_points=life.points,
    )


def later(life: Life, working_days: int) -> datetime:
    """So many working days after the case was last touched; mornings and afternoons in turn."""
    touched = max([life.case.entered_at or at("2026-11-09T09:40"), *(item.at for item in life.case.attempts)])
    day = calendar.add_working_days(life.world.calendar, touched, working_days)
    hour = "10:00" if len(life.case.attempts) % 2 else "15:00"
    return at(f"{day.isoformat()}T{hour}")


def press(life: Life, offer: Offer, said: Json) -> None:
    target = life.flow.states.get(offer.action.to)
    reasons = target.reasons.ids if target and target.end and target.reasons else ()
    event = Acted(
        offer.action.id,
        by="" if offer.action.by == (BY_ITSELF,) else life.case.holder,
        role=BY_ITSELF if offer.action.by == (BY_ITSELF,) else "",
        answers=given(offer.action.form, said, later(life, 2)),
        reason=reasons[0] if reasons else "",
        row_reasons=dict.fromkeys(offer.rows, reasons[0] if reasons else ""),
        open_tasks=dict.fromkeys(offer.tasks, "done"),
    )
    decision = life.happen(event, later(life, 2))
    assert decision.refusal is None, (life.case.state, offer.action.id, decision.refusal)


def given(form: str, said: Json, now: datetime) -> Answers:
    """What counts of what was filled in behind a button."""
    if not said:
        return {}
    pinned = catalog().forms[form]
    return judge(pinned, read_json(pinned, said), calendar.local(zandlede().calendar, now)).answers


def kept_promises(life: Life) -> None:
    state = life.flow.states[life.case.state]
    assert life.world.staffing.workers[life.case.holder].active
    mains = life.open("main")
    asks = not state.end and state.deadline is not None and state.deadline.kind is not DeadlineKind.NONE
    assert len(mains) == (1 if asks else 0)
    assert all(task.due_on is not None for task in life.case.tasks if task.open)
    if state.end:
        assert life.open() == [task for task in life.open() if task.key == "dpo"]
        assert life.timers == {}
    elif asks:
        assert any(key.startswith("escalate:main:") for key in life.timers), life.case.state


@pytest.mark.parametrize("workflow", sorted(FORMS))
def test_every_state_is_reached_and_every_button_pressed(workflow: str) -> None:
    form, variants = FORMS[workflow]
    walk = Walk(catalog().workflows[workflow])
    for answers in variants:
        walk.through(started(workflow, form, answers))
        walk.seen = set()
    passed_by = {
        state.id
        for state in walk.flow.states.values()
        if state.auto and all(exit_.to for exit_ in state.auto)
    }
    assert set(walk.flow.states) - walk.entered - walk.states == set()
    assert set(walk.flow.states) - walk.states <= passed_by
    stood_in = set(walk.flow.states) - passed_by | walk.states
    buttons = {(state, action) for state in stood_in for action in walk.flow.actions_of(state)}
    assert buttons - walk.pressed == set()
    assert walk.pressed - buttons <= {("afgesloten", REOPEN)}


def test_every_form_with_a_workflow_is_walked() -> None:
    named = {form.workflow for form in catalog().forms.values() if form.workflow}
    assert named <= set(FORMS)
    assert set(FORMS) == set(catalog().workflows)


WITH_REASONS = sorted(
    name for name, flow in catalog().workflows.items() if any(state.reasons for state in flow.states.values())
)


@pytest.mark.parametrize("workflow", WITH_REASONS)
def test_every_reason_to_close_works_and_means_something(workflow: str) -> None:
    form, variants = FORMS[workflow]
    ends = {
        state.id: state.reasons.options
        for state in catalog().workflows[workflow].states.values()
        if state.reasons
    }
    assert ends
    for answers in variants[:1]:
        lives = closable(started(workflow, form, answers))
        for state, options in ends.items():
            life, offer = lives[state]
            for option in options:
                event = Acted(
                    offer.action.id,
                    by=life.case.holder,
                    reason=option.id,
                    row_reasons=dict.fromkeys(offer.rows, option.id),
                    open_tasks=dict.fromkeys(offer.tasks, "done"),
                )
                decision = copy(life).happen(event, later(life, 2))
                (entered,) = of(EnterState, decision)
                assert (entered.reason, entered.means) == (option.id, option.columns["means"])


def closable(life: Life) -> dict[str, tuple[Life, Offer]]:
    """For each end state with reasons a case that one press away from it, with that press."""
    found: dict[str, tuple[Life, Offer]] = {}
    walk = Walk(life.flow)
    waiting = [life]
    while waiting:
        here = waiting.pop()
        place = (here.case.state, frozenset(here.case.marks), str(here.case.answers.get(TOLD[1])))
        if place in walk.seen:
            continue
        walk.seen.add(place)
        for offer in offered(here):
            if offer.refusal is None and not offer.action.again:
                target = life.flow.states.get(offer.action.to)
                if target is not None and target.end and target.reasons:
                    found.setdefault(target.id, (here, offer))
                else:
                    said = SAID.get(offer.action.form, (NOTHING,))
                    waiting += [walk.pressing(here, offer, answers) for answers in said]
    return found
