"""What becomes of open sub-tasks when a case ends."""

from __future__ import annotations

import pytest

from app.engine.decide import Presser, offers
from app.engine.model.answers import Answers, PersonRef
from app.engine.model.cases import HandedOver, Remind, TaskDone
from tests.engine.deciding import Life, of
from tests.engine.test_decide_acting import code, maria
from tests.engine.test_decide_submitting import MARIA
from tests.support.zandlede import at

BRAM = PersonRef("staff", "bram_de_coster")
TWO: Answers = {
    **MARIA,
    "domeinen.wonen": "zorgen",
    "afspraken": ({"wat": "Samen gaan kijken", "wie": BRAM},),
}
WONEN, AGREED = "also:1:wonen", "also:2:0"
CLOSES = {"reason": "beantwoord"}


def in_opvolging() -> Life:
    life = maria(TWO)
    life.press("bereikt", "2026-11-10T10:00")
    assert [task.key for task in life.open("sub")] == [WONEN, AGREED]
    return life


def ended(wonen: str, agreed: str) -> Life:
    life = in_opvolging()
    said = {WONEN: wonen, AGREED: agreed}
    decision = life.press("afsluiten", "2026-11-12T10:00", open_tasks=said, **CLOSES)
    assert decision.refusal is None
    return life


def outcomes(life: Life) -> dict[str, bool]:
    return {task.key: task.open for task in life.case.tasks}


def test_ending_asks_about_every_open_subtask_and_names_it_without_content() -> None:
    life = in_opvolging()
    assert code(life.press("afsluiten", "2026-11-12T10:00", **CLOSES)) == "open_tasks"
    half = life.press("afsluiten", "2026-11-12T10:00", open_tasks={WONEN: "done"}, **CLOSES)
    assert half.refusal is not None
    assert dict(half.refusal.params) == {"tasks": "Afspraken (zie dossier)", "keys": AGREED}
    assert code(
        life.press("afsluiten", "2026-11-12T10:00", open_tasks={WONEN: "x", AGREED: "done"}, **CLOSES)
    ) == ("open_tasks")


def test_the_button_says_beforehand_what_it_will_ask() -> None:
    life = in_opvolging()
    found = offers(
        life.flow,
        life.form,
        life.case,
        Presser(life.case.holder),
        now=at("2026-11-12T10:00"),
        world=life.world,
        contact_points=life.points,
    )
    asked = {offer.action.id: offer.tasks for offer in found}
    assert asked["afsluiten"] == (WONEN, AGREED)
    assert (asked["opnieuw"], asked["intrekken"]) == ((), ())


def test_done_cancelled_and_kept_are_what_they_say() -> None:
    life = ended("done", "cancelled")
    assert (outcomes(life), life.timers) == ({"main": False, WONEN: False, AGREED: False}, {})
    kept = ended("kept", "done")
    assert [(task.key, task.assignee) for task in kept.open()] == [(WONEN, "bram_de_coster")]
    assert not [key for key in kept.timers if "main" in key or "limit" in key]


def test_a_kept_task_can_still_be_handed_over_and_ticked_off() -> None:
    life = ended("kept", "done")
    assert life.happen(HandedOver("nele_lambrecht", "joris_maes"), at("2026-11-13T10:00")).refusal is None
    assert life.happen(TaskDone(WONEN, "bram_de_coster"), at("2026-11-16T10:00")).refusal is None
    assert life.open() == []
    assert code(life.happen(HandedOver("joris_maes", "nele_lambrecht"), at("2026-11-17T10:00"))) == "ended"


def test_a_button_that_cancels_everything_asks_nothing() -> None:
    life = in_opvolging()
    assert life.press("intrekken", "2026-11-12T10:00").refusal is None
    assert [task.key for task in life.open()] == ["dpo"]


def test_nothing_is_told_any_more_once_messages_stopped() -> None:
    life = in_opvolging()
    life.press("intrekken", "2026-11-12T10:00")
    assert life.case.silent
    rung = life.run_until("2027-01-31T00:00")
    assert [effect for decision in rung for effect in of(Remind, decision)] == []


@pytest.mark.parametrize("outcome", ["done", "cancelled"])
def test_who_looked_along_with_a_late_task_stops_when_it_is_settled(outcome: str) -> None:
    life = in_opvolging()
    life.happen(TaskDone(WONEN, "bram_de_coster", outcome), at("2026-11-12T10:00"))
    assert not [task for task in life.open() if task.key.startswith(f"escalate:{WONEN}")]
