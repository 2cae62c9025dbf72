from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from app.engine.model.people import ClosingDay
from app.services.cases import case_page
from app.services.staff import calendar_news, staffing
from app.services.tasks import queue
from app.storage import clock, ids, outbox, task_counts
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
TUESDAY = local("2026-11-10 09:00")
THURSDAY, FRIDAY = ClosingDay(date(2026, 11, 12), "Brug"), ClosingDay(date(2026, 11, 13), "Feest")


def close(days: Iterable[ClosingDay]) -> tuple[int, ...]:
    wake = staffing.set_closing_days(actor("karin_thijs"), days)
    settle()
    return wake


def due_days() -> list[date | None]:
    return [row.due_on for row in queue.page(actor("joris_maes")).rows]


def test_a_new_closing_day_moves_open_tasks_and_terms_later_with_a_line() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(TUESDAY):
        assert close([THURSDAY])
        page = case_page.show(holder_of(card.case), card.case)
        assert due_days() == [date(2026, 11, 16)]
    assert page.limits[0].due_on == date(2026, 11, 25)
    told = [line.text for line in page.timeline if line.code in {"moved", "limit_moved"}]
    assert any("16/11/2026" in text for text in told)
    assert any("25/11/2026" in text for text in told)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == []


def test_reminders_move_along() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(TUESDAY):
        close([THURSDAY])
        with transaction(MUNICIPALITY, readonly=True) as tx:
            keys = [key for key, _ in outbox.timers(tx, ids.from_text(card.case)) if ":main:" in key]
    assert keys
    assert all(":2026-11-16:" in key for key in keys)


def test_two_changes_in_a_row_move_each_day_once() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
    with clock.stopped_at(TUESDAY):
        staffing.set_closing_days(actor("karin_thijs"), [THURSDAY])
        staffing.set_closing_days(actor("karin_thijs"), [THURSDAY, FRIDAY])
        settle()
        assert due_days() == [date(2026, 11, 17)]


def test_a_day_taken_back_moves_nothing_earlier() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
    with clock.stopped_at(TUESDAY):
        close([THURSDAY])
        assert close([]) == ()
        assert due_days() == [date(2026, 11, 16)]


def test_many_cases_hear_of_it_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_news, "BATCH", 2)
    with clock.stopped_at(MONDAY):
        for _ in range(5):
            send_card()
    with clock.stopped_at(TUESDAY):
        assert len(close([THURSDAY])) == 3
        assert due_days() == [date(2026, 11, 16)] * 5
