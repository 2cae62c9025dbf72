"""What a submission sets going."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.engine.calendar import DIGEST
from app.engine.model.answers import Answers, PartialDate, PersonRef, Value
from app.engine.model.cases import Assign, EnterState, OpenTask, Send, SetLimit, SetTimer, Submitted
from app.engine.model.people import Staffing, World
from tests.engine.deciding import Life, of
from tests.support.zandlede import BRUSSELS, at, duty, world

MARIA: Answers = {
    "geboorte": PartialDate(1941),
    "buurt": "oosthoek",
    "zorgen": ("eenzaam",),
    "dringend": "ja",
    "akkoord": True,
}
ON_DUTY = (duty("wout_wacht", "2026-11-09T08:00", "2026-11-16T08:00"),)


def test_the_card_of_maria_goes_to_joris_with_its_two_dates() -> None:
    life = Life(MARIA)
    decision = life.submit()
    assert [item.account for item in of(Assign, decision)] == ["joris_maes"]
    assert [item.state for item in of(EnterState, decision)] == ["toegewezen"]
    (task,) = of(OpenTask, decision)
    assert (task.key, task.assignee, task.due_on) == ("main", "joris_maes", date(2026, 11, 13))
    assert task.due_rule == "3 working days"
    assert of(SetLimit, decision) == [SetLimit("eerste_contact", date(2026, 11, 24))]
    assert life.case.neighbourhood == "oosthoek"
    assert life.case.version == 1


def test_reminders_and_escalations_ring_at_half_past_eight_on_working_days() -> None:
    life = Life(MARIA)
    life.submit()
    rings = {key: timer.at.astimezone(BRUSSELS) for key, timer in life.timers.items()}
    assert {moment.time() for moment in rings.values()} == {DIGEST}
    assert {key: moment.date().isoformat() for key, moment in rings.items()} == {
        "remind:main:2026-11-13:0": "2026-11-12",
        "remind:main:2026-11-13:1": "2026-11-13",
        "escalate:main:2026-11-13:0": "2026-11-17",
        "escalate:main:2026-11-13:1": "2026-11-24",
        "escalate:limit:eerste_contact:2026-11-24:0": "2026-11-25",
        "over:limit:eerste_contact:2026-11-24:0": "2026-11-25",
    }


def test_reminders_that_lie_in_the_past_are_not_set() -> None:
    life = Life({**MARIA, "dringend": "vandaag"}, world(duties=ON_DUTY))
    life.submit()
    assert life.main.due_on == date(2026, 11, 9)
    assert not [key for key in life.timers if key.startswith("remind:main")]


def test_an_urgent_case_is_due_today_and_climbs_after_two_open_hours() -> None:
    life = Life({**MARIA, "dringend": "vandaag"}, world(duties=ON_DUTY))
    (task,) = of(OpenTask, life.submit())
    assert task.urgent
    assert task.assignee == "wout_wacht"
    assert life.timers["escalate:main:2026-11-09:0"].at == at("2026-11-09T11:40")


def test_an_urgent_case_in_the_night_waits_for_the_first_open_hour_unless_somebody_is_on_duty() -> None:
    night = Life({**MARIA, "dringend": "vandaag"})
    night.submit("2026-11-10T20:00")
    assert night.main.due_on == date(2026, 11, 12)
    assert night.timers["escalate:main:2026-11-12:0"].at == at("2026-11-12T10:30")
    watched = Life({**MARIA, "dringend": "vandaag"}, world(duties=ON_DUTY))
    watched.submit("2026-11-10T20:00")
    assert watched.main.due_on == date(2026, 11, 10)


def test_the_receipt_says_who_and_by_when_and_nothing_confidential() -> None:
    (receipt,) = of(Send, Life(MARIA).submit())
    assert receipt.to == "referrer"
    assert receipt.text == "Kaart DVK-2026-00417: voor 24/11/2026 door Joris Maes 0400 00 00 11"


def test_an_automatic_exit_is_taken_on_entry_without_a_task_in_between() -> None:
    life = Life({**MARIA, "buurt": "andere_gemeente"})
    decision = life.submit()
    assert [item.state for item in of(EnterState, decision)] == ["toegewezen", "niet_voor_ons"]
    assert [task.label for task in of(OpenTask, decision)] == ["Taak niet_voor_ons"]


def test_other_domains_become_sub_tasks_and_the_main_one_does_not() -> None:
    life = Life(
        {
            "domeinen.wonen": "dringend",
            "domeinen.inkomen": "zorgen",
            "domeinen.psychisch": "zorgen",
            "domeinen.kinderen": "kan_beter",
        }
    )
    decision = life.submit()
    tasks = {task.key: task for task in of(OpenTask, decision)}
    assert set(tasks) == {"main", "also:1:inkomen", "also:1:psychisch"}
    assert tasks["main"].contact_point == "woonloket"
    assert tasks["also:1:inkomen"].assignee == "sofie_wouters"
    assert tasks["also:1:inkomen"].label == "Maatschappelijk werker: overleg met Bram De Coster"
    assert tasks["also:1:inkomen"].told == "Inkomen: overleg met Bram De Coster"
    assert "sychisch" not in tasks["also:1:psychisch"].label
    assert "Maatschappelijk" not in tasks["also:1:psychisch"].label
    assert tasks["also:1:psychisch"].privacy == 3


def test_agreements_become_tasks_of_who_was_named_by_the_date_agreed() -> None:
    rows: tuple[Mapping[str, Value], ...] = (
        {"wat": "Factuur uitleggen", "wie": PersonRef("staff", "sofie_wouters"), "tegen": date(2026, 11, 22)},
        {"wat": "Moeder bellen", "wie": PersonRef("resident", "")},
    )
    decision = Life({**MARIA, "afspraken": rows}).submit()
    first, second = [task for task in of(OpenTask, decision) if task.kind == "sub"]
    assert (first.assignee, first.due_on, first.why.code) == ("sofie_wouters", date(2026, 11, 20), "named")
    assert (second.assignee, second.due_on) == ("joris_maes", date(2026, 11, 24))
    assert "Factuur" not in first.label
    assert first.told == "Factuur uitleggen"


def test_a_group_queue_waits_to_be_claimed_until_the_counter_closes() -> None:
    life = Life({})
    decision = life.submit()
    assert life.case.holder == "karin_thijs"
    (claim,) = [timer for timer in of(SetTimer, decision) if timer.kind == "claim"]
    assert claim.at == at("2026-11-10T17:00")


def test_without_anybody_the_submission_is_refused_and_nothing_changes() -> None:
    life = Life(MARIA, World("leeg", world().calendar, Staffing()))
    decision = life.submit()
    assert decision.refusal is not None
    assert decision.refusal.code == "nobody"
    assert (decision.effects, decision.case.state) == ((), "")


def test_a_submission_counts_once() -> None:
    life = Life(MARIA)
    life.submit()
    again = life.happen(Submitted(), at("2026-11-09T09:41"))
    assert again.refusal is not None
    assert again.refusal.code == "already_submitted"


def test_a_sub_case_goes_where_the_rule_that_opened_it_says() -> None:
    life = Life(MARIA)
    life.submit(parent="1", contact_point="maatschappelijk_werker")
    assert (life.case.holder, life.case.contact_point) == ("sofie_wouters", "maatschappelijk_werker")
