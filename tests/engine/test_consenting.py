"""A consent ends by itself or is taken back: from then on it counts as not given, and somebody does what follows."""

from __future__ import annotations

from datetime import date

from app.engine import consents
from app.engine.model.cases import (
    CloseTasks,
    OpenTask,
    Remind,
    TimerFired,
)
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.engine.values import from_json, to_json
from tests.engine.deciding import Life, of
from tests.engine.shipped_lives import started
from tests.support.zandlede import at

STORY = {
    "verhaal": "Elke donderdag brengt mijn buurvrouw soep.",
    "herkenbaar": "nee",
    "naam_erbij": "anoniem",
    "persoon.voornaam": "Rik",
    "contact.email": "rik@zandlede.example",
    "kanaal_website": True,
    "kanaal_affiche": True,
    "tot_wanneer": "2026-12-31",
    "bewerken": "nee",
}
SENT, LAST_DAY = "2026-11-13T14:00", date(2026, 12, 31)


def published(**more: object) -> Life:
    life = started("verhaal", "verhaal", {**STORY, **more}, SENT)
    life.press("bedankt", "2026-11-16T10:00")
    life.press("ongewijzigd", "2026-11-17T10:00")
    life.press("publiceer", "2026-11-18T10:00")
    return life


def is_given(life: Life, name: str) -> bool:
    found = consents.at(life.case.answers, name)
    return found is not None and found.given


def labels(life: Life, when: str) -> list[str]:
    return [effect.label for now, effect in life.told if isinstance(effect, OpenTask) and now >= at(when)]


def test_one_that_is_taken_back_is_over_and_opens_its_own_task() -> None:
    life = published()
    told = life.happen(ConsentWithdrawn("kanaal_affiche"), at("2026-11-20T10:00"))
    assert not is_given(life, "kanaal_affiche")
    assert is_given(life, "kanaal_website")
    (task,) = of(OpenTask, told)
    assert (task.label, task.due_on, task.kind) == ("Haal weg: Affiche", date(2026, 11, 25), "sub")
    assert life.case.state == "gepubliceerd"
    assert life.happen(ConsentWithdrawn("kanaal_affiche"), at("2026-11-20T10:05")).refusal is not None


def test_it_holds_through_its_last_day_and_not_a_minute_longer() -> None:
    life = published()
    life.run_until("2026-12-31T23:59")
    assert is_given(life, "kanaal_website")
    life.run_until("2027-01-01T00:00")
    assert not is_given(life, "kanaal_website")
    assert not is_given(life, "kanaal_affiche")
    assert life.case.state == "te_stoppen"
    assert {"Haal weg: Website", "Haal weg: Affiche"} <= set(labels(life, "2027-01-01T00:00"))


def test_an_end_that_rings_twice_is_one_end() -> None:
    life = published()
    life.run_until("2027-01-01T00:00")
    again = life.happen(TimerFired("consent", "consent:2026-12-31"), at("2027-01-01T00:01"))
    assert again.effects == ()


def test_without_a_day_it_holds_as_long_as_the_form_says() -> None:
    life = published(tot_wanneer=None)
    life.run_until("2028-11-13T23:59")
    assert is_given(life, "kanaal_website")
    life.run_until("2028-11-14T00:00")
    assert not is_given(life, "kanaal_website")


def test_somebody_asks_again_in_time_once_for_all_that_end_together() -> None:
    life = published()
    life.run_until("2026-12-17T08:00")
    asked = [task for task in life.case.tasks if task.key.startswith("consent:")]
    assert [(task.open, task.due_on) for task in asked] == [(True, LAST_DAY)]
    assert labels(life, "2026-12-01T00:00") == ["Vraag opnieuw: Website, Affiche (loopt af na 31/12/2026)"]
    told = life.happen(
        TimerFired("consent_remind", "consent_remind:2026-12-31:2026-12-17"), at("2026-12-17T09:00")
    )
    assert not of(OpenTask, told)
    assert {item.code for item in of(Remind, told)} <= {"before"}


def test_what_was_renewed_goes_on_and_nobody_is_asked_any_more() -> None:
    life = published(kanaal_affiche=None)
    life.run_until("2026-12-18T08:00")
    renewed = ConsentRenewed(("kanaal_website",), "spoken", date(2027, 6, 30), by=life.case.holder)
    told = life.happen(renewed, at("2026-12-18T10:00"))
    assert [keys for effect in of(CloseTasks, told) for keys in effect.keys] == ["consent:2026-12-31"]
    life.run_until("2027-06-30T23:00")
    assert is_given(life, "kanaal_website")
    life.run_until("2027-07-01T00:00")
    assert not is_given(life, "kanaal_website")


def test_one_that_is_over_can_be_given_anew_but_not_for_a_day_that_passed() -> None:
    life = published()
    life.happen(ConsentWithdrawn("kanaal_affiche"), at("2026-11-20T10:00"))
    past = ConsentRenewed(("kanaal_affiche",), "own_page", date(2026, 11, 1))
    assert life.happen(past, at("2026-11-23T10:00")).refusal is not None
    assert (
        life.happen(ConsentRenewed(("kanaal_affiche",), "own_page"), at("2026-11-23T10:00")).refusal is None
    )
    found = consents.at(life.case.answers, "kanaal_affiche")
    assert found is not None
    assert (found.given, found.until, found.ended) == (True, date(2028, 11, 23), "")


def test_one_that_does_not_end_by_itself_is_not_renewed() -> None:
    life = published(herkenbaar="ja", andere_mensen=[{"naam": "Paul", "akkoord": True}])
    renewed = ConsentRenewed(("andere_mensen.0.akkoord",), "spoken", by=life.case.holder)
    assert life.happen(renewed, at("2026-11-20T10:00")).refusal is not None
    told = life.happen(ConsentWithdrawn("andere_mensen.0.akkoord"), at("2026-11-20T10:00"))
    assert [task.label[:15] for task in of(OpenTask, told)] == ["Iemand die herk"]


def test_a_story_that_is_gone_asks_nothing_any_more() -> None:
    life = published()
    life.press("intrekken", "2026-11-20T10:00")
    life.press("weggehaald", "2026-11-23T10:00")
    assert not [key for key in life.timers if key.startswith("consent")]


def test_what_became_of_it_is_kept_with_the_answer() -> None:
    life = published()
    life.happen(ConsentWithdrawn("kanaal_affiche", "paper", by=life.case.holder), at("2026-11-20T10:00"))
    own = {name: life.case.answers[name] for name in ("kanaal_affiche", "kanaal_website")}
    assert from_json(life.form, to_json(life.form, own)) == own
