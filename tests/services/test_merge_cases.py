from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask

from app.services.cases import case_page
from app.services.cases.case_view import CasePage
from app.services.cases.unmerge_case import unmerge
from app.services.errors import Forbidden, Invalid
from app.services.intake.submit_form import Receipt
from app.services.tasks import queue
from app.storage import clock, history, ids, outbox, task_counts
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, asked, holder_of, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
MERGE = "zelfde_persoon"


def two() -> tuple[Receipt, Receipt]:
    """An older case and a newer one about the same resident."""
    return send_card(), send_card()


def shown(case: str) -> CasePage:
    return case_page.show(holder_of(case), case)


def loosen(case: str, who: str = "joris_maes") -> None:
    token = secrets.token_hex(16)
    unmerge(actor(who), case, version=shown(case).version, token=token)


def lines(case: str) -> list[str]:
    return [line.text for line in shown(case).timeline]


def test_a_merged_case_ends_and_both_say_where_it_goes_on() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        button = next(action for action in shown(newer.case).actions if action.id == MERGE)
        outcome = press(newer.case, MERGE, into=f" {older.number.lower()} ")
        merged, goes_on = shown(newer.case), shown(older.case)
    assert button.merges
    assert outcome.ended
    assert merged.state == "samengevoegd"
    assert not any(task.open for task in merged.tasks)
    assert [(item.number, item.relation) for item in merged.linked] == [(older.number, "merged")]
    assert [(item.number, item.relation) for item in goes_on.linked] == [(newer.number, "merged")]
    assert f"Samengevoegd met {older.number}, dat verder loopt." in lines(newer.case)
    assert f"Hierin samengevoegd: {newer.number}." in lines(older.case)
    assert goes_on.asks
    assert goes_on.version == 1


def test_counts_and_both_chains_stay_whole() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        press(newer.case, MERGE, into=older.number)
        loosen(newer.case)
        press(newer.case, MERGE, into=older.number)
        rows = queue.page(actor("joris_maes")).rows
    assert [row.number for row in rows] == [older.number]
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == []
        for card in (older, newer):
            assert history.verify(tx, ids.from_text(card.case)) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "merge_missing"),
        ("DVK-2026-09999", "merge_unknown"),
        ("self", "merge_self"),
        ("ended", "merge_ended"),
    ],
)
def test_a_case_that_cannot_be_merged_into_is_refused_in_words(number: str, code: str) -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        press(older.case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        given = {"self": newer.number, "ended": older.number}.get(number, number)
        with pytest.raises(Invalid) as problem:
            press(newer.case, MERGE, into=given)
        page = shown(newer.case)
    assert problem.value.code == code
    assert problem.value.errors[0].message
    assert not page.ended
    assert page.version == 1


def test_a_merge_is_undone_into_the_state_it_came_from_with_a_fresh_task() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        press(newer.case, "bereikt", asked(newer.case, "bereikt"))
        press(newer.case, MERGE, into=older.number)
    with clock.stopped_at(local("2026-11-16 10:00")):
        loosen(newer.case)
        page = shown(newer.case)
    assert page.state == "in_opvolging"
    assert [task.kind for task in page.tasks if task.open] == ["main"]
    assert page.linked == ()
    assert f"Niet meer samengevoegd met {older.number}." in lines(newer.case)
    assert f"Niet meer samengevoegd met {newer.number}." in lines(older.case)


def test_terms_run_on_after_a_merge_was_undone() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        before = _limit_timers(newer.case)
        press(newer.case, MERGE, into=older.number)
        assert _limit_timers(newer.case) == []
        loosen(newer.case)
        assert _limit_timers(newer.case) == before != []
        page = shown(newer.case)
    assert page.limits[0].due_on == date(2026, 11, 24)


def test_a_term_that_passed_while_merged_is_told_at_once() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        press(newer.case, MERGE, into=older.number)
    with clock.stopped_at(local("2026-11-30 10:00")):
        settle()
        loosen(newer.case)
        settle()
        codes = [line.code for line in shown(newer.case).timeline]
    assert "limit_over" in codes


def test_a_merge_is_not_undone_by_others_nor_after_sixty_days() -> None:
    with clock.stopped_at(MONDAY):
        older, newer = two()
        press(newer.case, MERGE, into=older.number)
        with pytest.raises(Forbidden):
            loosen(newer.case, "an_goethals")
        with pytest.raises(Invalid) as unmerged:
            loosen(older.case)
    with clock.stopped_at(local("2027-02-01 10:00")), pytest.raises(Invalid) as late:
        loosen(newer.case)
    assert unmerged.value.code == "unknown_action"
    assert late.value.code == "reopen_too_late"


def test_two_that_are_merged_into_each_other_at_once_leave_one_open(town: Flask) -> None:
    with clock.stopped_at(MONDAY):
        cards = two()

        def push(place: int) -> str:
            with town.app_context():
                try:
                    return press(cards[place].case, MERGE, into=cards[1 - place].number, version=1).state
                except Invalid as problem:
                    return problem.code

        with ThreadPoolExecutor(2) as hands:
            results = sorted(hands.map(push, (0, 1)))
        ended = sorted(shown(card.case).ended for card in cards)
    assert results == ["merge_ended", "samengevoegd"]
    assert ended == [False, True]


def _limit_timers(case: str) -> list[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [key for key, _ in outbox.timers(tx, ids.from_text(case)) if "limit:" in key]
