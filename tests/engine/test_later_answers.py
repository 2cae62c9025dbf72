"""Answers of the forms behind buttons: blank before the press, and the latest press counts."""

from __future__ import annotations

from datetime import date

from app.engine import calendar
from app.engine.judge import judge
from app.engine.model.answers import Answers
from app.engine.model.cases import MoveTask, OpenTask, Send, SetTimer
from app.engine.values import read_json
from tests.engine.deciding import Life, of
from tests.engine.shipped_lives import refused, started
from tests.support.shipped import catalog, zandlede
from tests.support.zandlede import at

WHEN = "2026-11-09T09:40"

GRIET, KARIN = {"type": "staff", "id": "griet_cools"}, {"type": "staff", "id": "karin_thijs"}
PLAN = {
    "voor_wie": "straat",
    "straat": "Molenstraat",
    "stappen": [{"wat": "Een bank"}],
    "volgend_moment": "2026-11-20",
    "makelaar": KARIN,
    "coach": GRIET,
}
SHEET = {
    "aandachtspunt": "Geen winkel",
    "doelstelling": "Boodschappen",
    "actie": "Een bus",
    "bouwsteen": "sociale_netwerken",
    "buurt": "oosthoek",
    "partners": [{"naam": "De dorpsraad"}],
    "resultaat": "Een rit",
    "indicator": "Mensen",
    "streefwaarde": 12,
    "start": "2027-01-11",
    "einde": "2027-12-17",
}


def given(form: str, **answers: object) -> Answers:
    pinned = catalog().forms[form]
    return judge(pinned, read_json(pinned, answers), calendar.local(zandlede().calendar, at(WHEN))).answers


def plan(**answers: object) -> Life:
    return started("trajectplan", "trajectplan", {**PLAN, **answers}, "2026-11-12T11:00")


def test_the_task_is_due_on_the_day_of_the_opening_form_and_then_on_that_of_the_latest_press() -> None:
    life = plan()
    assert life.main.due_on == date(2026, 11, 20)
    life.press("gezien", "2026-11-20T11:00", answers=given("stap_traject", volgend_moment="2026-12-04"))
    assert life.main.due_on == date(2026, 12, 4)
    life.press("gezien", "2026-12-04T11:00", answers=given("stap_traject", volgend_moment="2027-01-08"))
    assert life.main.due_on == date(2027, 1, 8)


def test_a_press_that_stays_moves_the_task_and_its_reminders() -> None:
    life = plan()
    found = life.press(
        "andere_dag", "2026-11-16T11:00", answers=given("stap_traject", volgend_moment="2026-12-04")
    )
    assert of(MoveTask, found) == [MoveTask("main", date(2026, 12, 4))]
    assert {timer.key.split(":")[2] for timer in of(SetTimer, found) if timer.task_key == "main"} == {
        "2026-12-04"
    }
    assert not [key for key in life.timers if ":main:2026-11-20" in key]


def test_what_an_earlier_press_said_is_gone_when_the_latest_leaves_it_blank() -> None:
    life = started("zorgzame_buur", "zorgzame_buur", {"rol": ["signalen"]}, "2026-11-09T10:00")
    life.press("afgesproken", "2026-11-10T10:00")
    life.press("nota_gelezen", "2026-11-10T11:00", answers=given("informatienota", hoe="samen", gelezen=True))
    life.press("start", "2026-11-10T12:00")
    life.press("pauze", "2026-11-16T10:00", answers=given("pauze_buur", tot="2026-12-01"))
    assert life.main.due_on == date(2026, 12, 1)
    life.press("nog_even", "2026-11-30T10:00")
    assert life.main.due_on == date(2027, 2, 26)


def test_a_gate_that_asks_for_a_later_answer_is_shut_until_it_is_given() -> None:
    life = started("zorgzame_buur", "zorgzame_buur", {"rol": ["signalen"]}, "2026-11-09T10:00")
    life.press("afgesproken", "2026-11-10T10:00")
    assert refused(life.press("start", "2026-11-10T11:00")) == "Laat eerst de informatienota lezen."
    life.press("nota_gelezen", "2026-11-10T12:00", answers=given("informatienota", hoe="samen", gelezen=True))
    assert life.press("start", "2026-11-10T13:00").refusal is None


def test_an_automatic_exit_follows_what_was_just_said() -> None:
    life = started("actiefiche", "actiefiche", {**SHEET, "trekker": KARIN}, "2026-11-13T15:00")
    life.press("akkoord", "2026-12-01T10:00")
    life.press("start", "2027-01-11T10:00")
    said = given(
        "voortgang_actie",
        status="vertraagd",
        beslissing_nodig="ja",
        wat_beslissen="De bus",
        wie_beslist="Wij",
    )
    found = life.press("voortgang", "2027-04-12T10:00", answers=said)
    assert life.case.state == "wacht_op_beslissing"
    assert [task.label for task in of(OpenTask, found)] == ["Laat beslissen: De bus (Wij)"]
    life.press("beslist", "2027-04-13T10:00")
    assert life.case.state == "loopt"
    life.press("voortgang", "2027-07-12T10:00", answers=given("voortgang_actie", status="klaar"))
    assert life.case.state == "evaluatie"


def test_the_reason_of_a_refusal_stands_in_the_message() -> None:
    answers = {"activiteit": "Feest", "datum": "2027-03-01", "contact.email": "a@zandlede.example"}
    life = started("buurtactiviteit", "buurtactiviteit", answers, "2026-11-09T10:00")
    life.press("volledig", "2026-11-10T10:00")
    said = given("beslissing_steun", wat_niet="De straat afsluiten.", waarom_niet="De bus rijdt daar.")
    found = life.press("geweigerd", "2026-11-12T10:00", answers=said)
    (sent,) = of(Send, found)
    assert "De straat afsluiten. Waarom: De bus rijdt daar." in sent.text


def test_a_term_so_long_before_a_date_falls_back_when_it_is_too_late_for_that() -> None:
    early = {"activiteit": "Feest", "datum": "2027-03-01"}
    life = started("buurtactiviteit", "buurtactiviteit", early, "2026-11-09T10:00")
    assert life.case.limits == {"beslissing": date(2027, 2, 14)}
    late = {"activiteit": "Feest", "datum": "2026-11-20"}
    life = started("buurtactiviteit", "buurtactiviteit", late, "2026-11-09T10:00")
    assert life.case.limits == {"beslissing": date(2026, 11, 24)}


# People named in the answers ------------------------------------------------------------------------------


def test_a_case_goes_to_the_colleague_who_is_named_and_stays_at_the_point_behind_them() -> None:
    life = plan()
    assert (life.case.holder, life.case.contact_point) == ("karin_thijs", "sociaal_makelaar")


def test_nobody_named_somebody_unknown_or_a_volunteer_leaves_it_to_the_point() -> None:
    for who in (
        None,
        {"type": "staff", "id": "niemand"},
        {"type": "volunteer", "id": "annemie", "name": "Annemie"},
    ):
        life = started("actiefiche", "actiefiche", {**SHEET, "trekker": who}, "2026-11-13T15:00")
        assert life.case.holder == "nele_lambrecht"


def test_the_coach_gets_a_task_and_the_case_stays_where_it_is() -> None:
    tasks = {task.key: task.assignee for task in plan().case.tasks}
    assert tasks == {"main": "karin_thijs", "also:1": "griet_cools"}


def test_a_recurring_task_reminds_and_then_the_regisseur_looks_along() -> None:
    life = started("actiefiche", "actiefiche", {**SHEET, "trekker": GRIET}, "2026-11-13T15:00")
    life.press("akkoord", "2026-12-01T10:00")
    life.press("start", "2027-01-11T10:00")
    life.run_until("2027-04-12T09:00")
    task = next(item for item in life.case.tasks if item.kind == "recurring")
    assert (task.assignee, task.due_on) == ("griet_cools", date(2027, 4, 19))
    life.run_until("2027-04-26T09:00")
    assert [item.assignee for item in life.case.tasks if item.kind == "escalation"] == ["nele_lambrecht"]
