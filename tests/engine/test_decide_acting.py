"""What a press on a button does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.engine.decide import Presser, decide, offers
from app.engine.model.answers import Answers
from app.engine.model.cases import (
    Acted,
    CloseTasks,
    Decision,
    Do,
    EnterState,
    FactsChanged,
    Mark,
    OpenTask,
    Recorded,
    Send,
    SetLimit,
)
from tests.engine.deciding import Life, of
from tests.engine.test_decide_submitting import MARIA
from tests.support.sample_workflow import CARD, FLOW
from tests.support.zandlede import POINTS, at, away, world


def maria(answers: Answers = MARIA) -> Life:
    life = Life(answers)
    life.submit()
    return life


def code(decision: Decision) -> str:
    assert decision.refusal is not None
    assert decision.effects == ()
    return decision.refusal.code


def test_reached_marks_tells_the_referrer_and_moves_on() -> None:
    life = maria()
    decision = life.press("bereikt", "2026-11-12T10:00")
    assert of(Mark, decision) == [Mark("gesproken")]
    assert [(item.message, item.to) for item in of(Send, decision)] == [("opgestart", "referrer")]
    assert life.case.state == "in_opvolging"
    assert life.main.due_on == date(2026, 12, 10)
    assert not [key for key in life.timers if "limit:eerste_contact" in key or "2026-11-13" in key]


def test_no_feedback_without_consent_and_no_confidential_word_in_it() -> None:
    silent = maria({**MARIA, "akkoord": False})
    assert of(Send, silent.press("bereikt", "2026-11-12T10:00")) == []
    (message,) = of(Send, maria().press("bereikt", "2026-11-12T10:00"))
    assert message.text == "Kaart DVK-2026-00417 is opgestart {x} (zie dossier)"


def test_each_attempt_makes_the_next_one_a_task_one_deadline_later_until_the_card() -> None:
    life = maria()
    assert life.main.due_on == date(2026, 11, 13)
    life.press("niet_bereikt", "2026-11-13T10:00")
    assert life.main.due_on == date(2026, 11, 18)
    life.press("niet_bereikt", "2026-11-18T14:00")
    assert life.main.due_on == date(2026, 11, 23)
    decision = life.press("niet_bereikt", "2026-11-23T10:00")
    assert [item.state for item in of(EnterState, decision)] == ["kaart_in_bus"]


def test_an_attempt_made_early_keeps_the_rhythm_of_the_deadline() -> None:
    life = maria()
    life.press("niet_bereikt", "2026-11-10T10:00")
    assert life.main.due_on == date(2026, 11, 18)


def test_a_late_attempt_counts_from_today_and_never_past_the_limit() -> None:
    life = maria()
    life.press("niet_bereikt", "2026-11-23T10:00")
    assert life.main.due_on == date(2026, 11, 24)


def test_the_next_attempt_is_asked_on_another_part_of_a_later_day() -> None:
    morning = maria()
    (task,) = of(OpenTask, morning.press("niet_bereikt", "2026-11-10T10:00"))
    assert task.not_before == at("2026-11-12T12:00")
    afternoon = maria()
    (task,) = of(OpenTask, afternoon.press("niet_bereikt", "2026-11-10T14:00"))
    assert task.not_before == at("2026-11-12T08:30")


def test_attempts_on_one_half_day_or_too_soon_are_kept_but_count_once() -> None:
    life = maria()
    life.press("niet_bereikt", "2026-11-12T09:00")
    same_half_day = life.press("niet_bereikt", "2026-11-12T11:00")
    assert len(of(Recorded, same_half_day)) == 1
    assert of(OpenTask, same_half_day) == []
    assert of(OpenTask, life.press("niet_bereikt", "2026-11-12T15:00")) == []
    assert life.case.state == "toegewezen"
    assert len(life.case.attempts) == 3
    life.press("niet_bereikt", "2026-11-13T15:00")
    life.press("niet_bereikt", "2026-11-16T10:00")
    assert life.case.state == "kaart_in_bus"


def test_leaving_by_another_button_starts_the_count_again() -> None:
    life = maria()
    life.press("niet_bereikt", "2026-11-12T09:00")
    life.press("niet_bereikt", "2026-11-13T14:00")
    life.press("bereikt", "2026-11-16T10:00")
    life.press("opnieuw", "2026-11-17T10:00")
    life.press("niet_bereikt", "2026-11-18T10:00")
    assert life.case.state == "toegewezen"


def test_only_holder_and_substitutes_press_unless_the_button_says_otherwise() -> None:
    life = maria()
    assert code(life.press("bereikt", "2026-11-10T10:00", by="bram_de_coster")) == "not_yours"
    assert code(life.press("bereikt", "2026-11-10T10:00", by="", role="resident")) == "not_yours"
    assert life.press("intrekken", "2026-11-10T10:00", by="", role="resident").refusal is None
    other = maria()
    assert other.press("bereikt", "2026-11-10T10:00", by="nele_lambrecht").refusal is None


def test_whoever_replaces_an_absent_holder_may_press() -> None:
    life = maria()
    life.world = world(away("joris_maes", "2026-11-10", "2026-11-10", "bram_de_coster"))
    assert life.press("bereikt", "2026-11-10T10:00", by="bram_de_coster").refusal is None


def test_a_need_that_does_not_hold_answers_in_the_authors_words() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    decision = life.press("start", "2026-11-12T10:00")
    assert code(decision) == "needs"
    assert dict(decision.refusal.params if decision.refusal else ()) == {
        "message": "Laat eerst de informatienota lezen."
    }
    life.press("gelezen", "2026-11-12T11:00")
    assert life.press("start", "2026-11-12T12:00").refusal is None
    assert life.case.state == "actief"


def test_offers_are_the_buttons_with_why_they_cannot_be_pressed() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    found = offers(
        FLOW,
        CARD,
        life.case,
        Presser("joris_maes"),
        now=at("2026-11-12T10:00"),
        world=world(),
        contact_points=POINTS,
    )
    refused = {offer.action.id: offer.refusal.code for offer in found if offer.refusal is not None}
    assert refused == {"start": "needs"}
    assert found[0].action.id == "afsluiten"


@pytest.mark.parametrize(("reason", "expected"), [("", "reason_missing"), ("verzonnen", "reason_unknown")])
def test_closing_asks_a_reason_that_exists(reason: str, expected: str) -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    assert code(life.press("afsluiten", "2026-11-12T10:00", reason=reason)) == expected


def test_an_ended_case_asks_nothing_and_wakes_nobody() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    (end,) = of(EnterState, life.press("afsluiten", "2026-11-12T10:00", reason="beantwoord"))
    assert (end.state, end.reason, end.means) == ("afgesloten", "beantwoord", "solved")
    assert (life.open(), life.timers) == ([], {})
    assert code(life.press("bereikt", "2026-11-12T11:00")) == "unknown_action"


def test_a_closed_case_opens_again_for_its_holder_while_it_may() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    life.press("afsluiten", "2026-11-12T10:00", reason="beantwoord")
    closed = life.case
    late = decide(
        FLOW,
        CARD,
        closed,
        Acted("reopen", by="joris_maes"),
        now=at("2027-01-12T09:00"),
        world=world(),
        contact_points=POINTS,
    )
    assert code(late) == "reopen_too_late"
    life.press("reopen", "2027-01-11T16:00")
    assert (life.case.state, life.case.holder) == ("in_opvolging", "joris_maes")


def test_withdrawn_consent_blocks_cancels_and_leaves_one_task_to_the_dpo() -> None:
    life = Life({**MARIA, "afspraken": ({"wat": "x"},)})
    life.submit()
    decision = life.press("intrekken", "2026-11-10T10:00")
    assert [item.name for item in of(Do, decision)] == [
        "block_content",
        "recall_links",
        "stop_messages",
        "cancel_tasks",
    ]
    assert [item.message for item in of(Send, decision)] == ["eigen_keuze"]
    assert life.case.blocked
    assert [(task.key, task.assignee) for task in life.open()] == [("dpo", "ilse_verbeke")]
    assert life.timers == {}
    assert any(item.outcome == "cancelled" for item in of(CloseTasks, decision))


def test_a_statutory_term_starts_at_its_mark_and_a_mark_is_set_once() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    decision = life.press("beslist", "2026-11-14T10:00")
    assert of(SetLimit, decision) == [SetLimit("kennisgeving", date(2026, 11, 22))]
    again = life.press("beslist", "2026-11-20T10:00")
    assert of(Mark, again) == []
    assert life.case.limits["kennisgeving"] == date(2026, 11, 22)


def test_going_back_never_moves_the_limit() -> None:
    life = maria()
    life.press("bereikt", "2026-11-10T10:00")
    life.press("opnieuw", "2026-11-12T10:00")
    assert life.case.limits["eerste_contact"] == date(2026, 11, 24)


def test_the_form_behind_a_button_never_answers_for_the_form_of_the_case() -> None:
    silent = maria({**MARIA, "akkoord": False})
    told = silent.press("bereikt", "2026-11-12T10:00", answers={"akkoord": True, "wijze": "bellen"})
    assert of(Send, told) == []
    assert (silent.case.answers["akkoord"], silent.case.answers["wijze"]) == (False, "bellen")
    blank = maria()
    blank.press(
        "niet_bereikt", "2026-11-10T10:00", answers={"domeinen.wonen": "dringend", "toelichting": "x"}
    )
    assert "domeinen.wonen" not in blank.case.answers


def test_changed_facts_are_looked_at_again() -> None:
    moved = maria()
    moved.case = replace(moved.case, answers={**moved.case.answers, "buurt": "andere_gemeente"})
    moved.happen(FactsChanged(), at("2026-11-10T10:00"))
    assert moved.case.state == "niet_voor_ons"
    nothing = maria().happen(FactsChanged(), at("2026-11-10T10:00"))
    assert (nothing.effects, nothing.refusal) == ((), None)


def test_nobody_becomes_the_holder_by_saying_so() -> None:
    assert (
        code(maria().press("bereikt", "2026-11-10T10:00", by="bram_de_coster", role="holder")) == "not_yours"
    )
