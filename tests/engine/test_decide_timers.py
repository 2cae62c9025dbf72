"""What happens when time passes, or hands change."""

from __future__ import annotations

from datetime import date

from app.engine.model.cases import (
    Assign,
    CalendarChanged,
    HandedOver,
    MoveTask,
    OpenTask,
    ReassignTasks,
    Remind,
    TaskDone,
    TimerFired,
)
from app.engine.model.people import Calendar, ClosingDay, World
from tests.engine.deciding import Life, of
from tests.engine.test_decide_acting import code, maria
from tests.engine.test_decide_submitting import MARIA
from tests.support.zandlede import BRUSSELS, at, away, world


def test_a_reminder_goes_to_who_has_the_task() -> None:
    life = maria()
    (reminder,) = of(Remind, life.ring("remind:main:2026-11-13:0"))
    assert (reminder.account, reminder.task_key, reminder.code) == ("joris_maes", "main", "before")
    (reminder,) = of(Remind, life.ring("remind:main:2026-11-13:1"))
    assert reminder.code == "on_the_day"


def test_during_an_absence_the_reminder_goes_to_the_replacement() -> None:
    life = maria()
    life.world = world(away("joris_maes", "2026-11-12", "2026-11-12"))
    (reminder,) = of(Remind, life.ring("remind:main:2026-11-13:0"))
    assert reminder.account == "nele_lambrecht"


def test_an_escalation_adds_an_onlooker_and_the_responsible_person_stays() -> None:
    life = maria()
    (task,) = of(OpenTask, life.ring("escalate:main:2026-11-13:0"))
    assert (task.assignee, task.kind, task.onlooker) == ("nele_lambrecht", "escalation", True)
    assert task.due_on == date(2026, 11, 17)
    assert life.case.holder == "joris_maes"
    (head,) = of(OpenTask, life.ring("escalate:main:2026-11-13:1"))
    assert head.assignee == "karin_thijs"
    life.press("bereikt", "2026-11-24T10:00")
    assert life.open("escalation") == []


def test_a_timer_that_no_longer_matters_does_nothing() -> None:
    life = maria()
    stale = dict(life.timers)
    life.press("niet_bereikt", "2026-11-12T10:00")
    for timer in stale.values():
        if "limit:" not in timer.key:
            decision = life.happen(TimerFired(timer.kind, timer.key, timer.task_key), timer.at)
            assert (decision.effects, decision.refusal) == ((), None), timer.key
    nonsense = life.happen(TimerFired("remind", "onzin"), at("2026-11-12T10:00"))
    assert nonsense.effects == ()


def test_an_escalation_that_rings_twice_opens_one_task() -> None:
    life = maria()
    timer = life.timers["escalate:main:2026-11-13:0"]
    life.ring(timer.key)
    again = life.happen(TimerFired(timer.kind, timer.key, timer.task_key), timer.at)
    assert again.effects == ()


def test_a_limit_that_passes_tells_the_holder_and_the_head_of_service() -> None:
    life = maria()
    told = [effect for decision in life.run_until("2026-11-25T08:30") for effect in of(Remind, decision)]
    assert ("joris_maes", "limit_over") in {(item.account, item.code) for item in told}
    assert any(task.key.startswith("escalate:limit:eerste_contact") for task in life.open("escalation"))


def test_a_reached_limit_is_silent() -> None:
    life = maria()
    timer = life.timers["over:limit:eerste_contact:2026-11-24:0"]
    life.press("bereikt", "2026-11-12T10:00")
    assert life.happen(TimerFired(timer.kind, timer.key), timer.at).effects == ()


def _active() -> Life:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    life.press("gelezen", "2026-11-12T10:00")
    life.press("start", "2026-11-13T10:00")
    return life


def test_a_recurring_task_returns_each_period_and_only_while_in_the_state() -> None:
    life = _active()
    assert life.open() == []
    life.run_until("2027-05-13T09:00")
    (task,) = life.open("recurring")
    assert task.due_on == date(2027, 5, 28)
    (timer,) = [item for item in life.timers.values() if item.kind == "every"]
    assert timer.at.astimezone(BRUSSELS).date() == date(2027, 11, 15)
    life.press("pauze", "2027-06-01T10:00")
    assert not [item for item in life.timers.values() if item.kind == "every"]


def test_a_timed_exit_is_taken_when_its_time_comes() -> None:
    life = _active()
    life.press("pauze", "2026-11-16T10:00")
    assert life.main.due_on == date(2027, 2, 16)
    life.run_until("2026-12-28T08:29")
    assert life.case.state == "gepauzeerd"
    life.run_until("2026-12-28T08:30")
    assert life.case.state == "actief"


def test_handing_over_moves_the_case_and_the_holders_tasks_only() -> None:
    life = maria()
    life.ring("escalate:main:2026-11-13:0")
    decision = life.happen(HandedOver("bram_de_coster", "joris_maes", "andere wijk"), at("2026-11-17T10:00"))
    assert [item.account for item in of(Assign, decision)] == ["bram_de_coster"]
    assert [item.keys for item in of(ReassignTasks, decision)] == [("main",)]
    assert life.main.assignee == "bram_de_coster"
    assert [task.assignee for task in life.open("escalation")] == ["nele_lambrecht"]


def test_a_case_is_never_handed_to_nobody_to_itself_or_to_who_was_excluded() -> None:
    life = Life({**MARIA, "niet_door": ("bram_de_coster",)})
    life.submit()
    moment = at("2026-11-10T10:00")
    assert code(life.happen(HandedOver("weg", "joris_maes"), moment)) == "unknown_person"
    assert code(life.happen(HandedOver("ilse_verbeke", "joris_maes"), moment)) == "cannot_carry"
    assert code(life.happen(HandedOver("joris_maes", "joris_maes"), moment)) == "same_holder"
    assert code(life.happen(HandedOver("bram_de_coster", "joris_maes"), moment)) == "not_to"


def test_who_leaves_gives_away_small_tasks_in_a_colleagues_case_and_not_the_case() -> None:
    life = Life({**MARIA, "domeinen.wonen": "dringend"})
    life.submit()
    sub = next(task for task in life.open("sub") if task.assignee != life.case.holder)
    decision = life.happen(
        HandedOver("nele_lambrecht", "karin_thijs", of=sub.assignee), at("2026-11-10T10:00")
    )
    assert decision.refusal is None
    assert life.case.holder == "joris_maes"
    assert {task.assignee for task in life.open("sub") if task.key == sub.key} == {"nele_lambrecht"}
    assert not life.happen(
        HandedOver("nele_lambrecht", "karin_thijs", of="tess_teamlead"), at("2026-11-10T10:00")
    ).effects


def test_an_unclaimed_case_is_assigned_by_the_coordinator_until_somebody_claims() -> None:
    life = Life({})
    life.submit()
    (task,) = of(OpenTask, life.ring("claim"))
    assert (task.assignee, task.onlooker) == ("cara_coordinator", True)
    life.happen(HandedOver("hilde_claes", "hilde_claes", code="claimed"), at("2026-11-12T09:00"))
    assert [(item.key, item.assignee) for item in life.open()] == [("main", "hilde_claes")]
    owner = Life({})
    owner.submit()
    assert (
        owner.happen(HandedOver("karin_thijs", "karin_thijs", code="claimed"), at("2026-11-09T10:00")).refusal
        is None
    )
    assert "claim" not in owner.timers


def test_a_small_task_is_ticked_off_by_who_has_it_and_the_main_one_only_by_a_button() -> None:
    life = Life({**MARIA, "domeinen.wonen": "zorgen"})
    life.submit()
    moment = at("2026-11-10T10:00")
    assert code(life.happen(TaskDone("main", "joris_maes"), moment)) == "main_by_action"
    assert code(life.happen(TaskDone("also:1:wonen", "hilde_claes"), moment)) == "not_yours"
    assert life.happen(TaskDone("also:1:wonen", "bram_de_coster"), moment).refusal is None
    assert code(life.happen(TaskDone("also:1:wonen", "bram_de_coster"), moment)) == "task_closed"
    assert code(life.happen(TaskDone("onbekend", "joris_maes"), moment)) == "unknown_task"
    assert [task.key for task in life.open()] == ["main"]


def test_half_time_staff_is_reminded_on_a_day_they_work() -> None:
    workers = dict(world().staffing.workers)
    from_wednesday = frozenset({2, 3})
    base = world()
    joris = type(workers["joris_maes"])(
        "joris_maes", "Joris", weekdays=from_wednesday, roles=frozenset({"contact"})
    )
    staffing = type(base.staffing)({**workers, "joris_maes": joris}, base.staffing.holdings)
    life = Life(MARIA, World("zandlede", base.calendar, staffing))
    life.submit()
    assert life.main.due_on == date(2026, 11, 13)
    assert life.timers["remind:main:2026-11-13:1"].at == at("2026-11-12T08:30")


def test_a_new_closing_day_moves_what_is_open_later_and_never_earlier() -> None:
    life = maria({**MARIA, "afspraken": ({"wat": "x", "tegen": date(2026, 11, 20)},)})
    before = life.world.calendar
    closed = Calendar(closing_days=(ClosingDay(date(2026, 11, 12), "Personeelsdag"),))
    life.world = World("zandlede", closed, life.world.staffing)
    decision = life.happen(CalendarChanged(before), at("2026-11-10T10:00"))
    assert of(MoveTask, decision) == [MoveTask("main", date(2026, 11, 16))]
    assert life.main.due_on == date(2026, 11, 16)
    assert not [
        key for key in life.timers if key.startswith(("remind:main:2026-11-13", "escalate:main:2026-11-13"))
    ]
    assert life.timers["remind:main:2026-11-16:1"].at == at("2026-11-16T08:30")
    assert life.case.limits["eerste_contact"] == date(2026, 11, 25)
    assert life.timers["over:limit:eerste_contact:2026-11-25:0"].at == at("2026-11-26T08:30")
    assert not [key for key in life.timers if "eerste_contact:2026-11-24" in key]
    back = life.world
    life.world = World("zandlede", before, life.world.staffing)
    assert life.happen(CalendarChanged(back.calendar), at("2026-11-10T11:00")).effects == ()
