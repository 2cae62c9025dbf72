from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask

from app.services.cases import case_page
from app.services.cases.meanwhile import Changed
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import referrer_page
from app.services.tasks import queue
from app.storage import clock, task_counts
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def talk(case: str) -> dict[str, object]:
    """Answers that fit the contact report, whatever its fields: required ones from the page itself."""
    page = case_page.show(holder_of(case), case)
    form = next(action.form for action in page.actions if action.id == "bereikt")
    assert form is not None
    found: dict[str, object] = {}
    for field in form.fields():
        if field.required:
            found[field.id] = (
                field.options.ids[0] if field.options else "2026-11-10" if "date" in field.type else "x"
            )
    return found


def test_a_talk_moves_the_case_marks_it_and_tells_the_referrer() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        outcome = press(card.case, "bereikt", talk(card.case))
        settle()
        page = case_page.show(holder_of(card.case), card.case)
        status = referrer_page.look_up(MUNICIPALITY, card.number, card.status_code)
    assert outcome.state == "in_opvolging"
    assert "gesproken" in dict(page.marks)
    assert page.limits[0].met
    assert [item.state for item in page.messages] == ["verstuurd", "verstuurd"]
    assert status.status == "bezig"
    assert any("samen begonnen" in text for _, text in status.feedback)
    assert all("kat" not in text for _, text in status.feedback)


def test_the_form_behind_a_button_is_kept_with_the_case() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "bereikt", talk(card.case))
        page = case_page.show(holder_of(card.case), card.case)
    assert [item.action for item in page.submissions] == ["", "Gesproken"]


def test_a_second_press_of_the_same_page_gives_the_first_result() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        answers = talk(card.case)
        first = press(card.case, "bereikt", answers, token="one", version=1)
        page = case_page.show(holder_of(card.case), card.case)
        with pytest.raises(Conflict):
            press(card.case, "opgevolgd", token="one", version=1)
    assert first.version == page.version == 2


def test_repeating_the_very_same_request_is_told_what_it_did() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        first = press(card.case, "wenst_geen_hulp", token="two", version=1, reason="wenst_geen_hulp")
        again = press(card.case, "wenst_geen_hulp", token="two", version=1, reason="wenst_geen_hulp")
    assert again.again
    assert (again.version, again.state) == (first.version, first.state)
    assert first.ended


def test_who_comes_second_hears_what_changed() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        answers = talk(card.case)
        press(card.case, "bereikt", answers, version=1)
        with pytest.raises(Conflict) as problem:
            press(card.case, "wenst_geen_hulp", version=1, reason="wenst_geen_hulp")
    changed = problem.value.current
    assert isinstance(changed, Changed)
    assert changed.state_label == "In opvolging"
    assert any("Gesproken" in line for line in changed.lines)


def test_of_two_presses_at_the_same_moment_one_wins_and_the_other_hears(town: Flask) -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()

        def push(reason: str) -> str:
            with town.app_context():
                try:
                    return press(card.case, "wenst_geen_hulp", version=1, reason=reason).state
                except Conflict:
                    return "conflict"

        with ThreadPoolExecutor(2) as hands:
            results = sorted(hands.map(push, ("wenst_geen_hulp", "beantwoord")))
        version = case_page.show(holder_of(card.case), card.case).version
    assert results == ["afgesloten", "conflict"]
    assert version == 2


def test_closing_asks_for_a_reason_in_the_words_of_the_page() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        with pytest.raises(Invalid) as problem:
            press(card.case, "wenst_geen_hulp")
    assert problem.value.errors[0].message == "Kies een reden om af te sluiten."


def test_only_the_holder_and_who_stands_in_may_press() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        assert holder_of(card.case).name == "Joris Maes"
        with pytest.raises(Forbidden):
            press(card.case, "wenst_geen_hulp", actor=actor("an_goethals"), reason="wenst_geen_hulp")
        outcome = press(card.case, "wenst_geen_hulp", actor=actor("nele_lambrecht"), reason="wenst_geen_hulp")
    assert outcome.ended


def test_an_administrator_cannot_even_know_of_a_case() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        with pytest.raises(NotFound):
            case_page.show(actor("tom_aerts"), card.case)


def test_attempts_count_and_the_next_is_due_one_deadline_later() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(local("2026-11-13 10:00")):
        press(card.case, "niet_bereikt", _attempt(card.case))
        rows = queue.page(actor("joris_maes")).rows
        page = case_page.show(holder_of(card.case), card.case)
    assert [row.due_on for row in rows] == [date(2026, 11, 18)]
    assert len(page.attempts) == 1


def test_withdrawn_consent_blocks_the_content_for_all_but_the_dpo() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "intrekken")
        settle()
        page = case_page.show(actor("joris_maes"), card.case)
        privacy = case_page.show(actor("ilse_verbeke"), card.case)
        opened = case_page.show(actor("ilse_verbeke"), card.case, reason="op vraag van de bewoner")
    assert (page.content, page.submissions) == ("metadata", ())
    assert (privacy.content, privacy.submissions, opened.content) == ("reason", (), "full")
    assert page.ended


def test_counts_stay_exact_through_a_life() -> None:
    with clock.stopped_at(MONDAY):
        cards = [send_card() for _ in range(3)]
        press(cards[0].case, "bereikt", talk(cards[0].case))
        press(cards[1].case, "wenst_geen_hulp", reason="wenst_geen_hulp")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == []


def _attempt(case: str) -> dict[str, object]:
    page = case_page.show(holder_of(case), case)
    form = next(action.form for action in page.actions if action.id == "niet_bereikt")
    assert form is not None
    return {
        field.id: field.options.ids[0] if field.options else "x" for field in form.fields() if field.required
    }
