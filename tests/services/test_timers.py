from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.services.cases import case_page, hand_over
from app.services.follow_up import deliver_outbox, sweep
from app.services.follow_up.fire_timer import LeaseLost, fire
from app.services.tasks import queue
from app.storage import clock, ids, outbox
from app.storage.database import transaction
from app.storage.repositories import outbox_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def timers(case: str) -> list[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [key for key, _ in outbox.timers(tx, ids.from_text(case))]


def test_a_reminder_stands_in_the_queue_the_working_day_before() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        settle()
        assert queue.page(actor("joris_maes")).rows[0].reminder == ""
    with clock.stopped_at(local("2026-11-12 08:30")):
        settle()
        assert "binnenkort" in queue.page(actor("joris_maes")).rows[0].reminder


def test_a_late_task_gets_an_onlooker_and_stays_with_its_holder() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with clock.stopped_at(local("2026-11-18 12:00")):
        settle()
        mine, theirs = queue.page(actor("joris_maes")).rows, queue.page(actor("nele_lambrecht")).rows
        assert case_page.holder(MUNICIPALITY, card.case) == actor("joris_maes").account
        tasks = case_page.show(actor("joris_maes"), card.case).tasks
    assert (mine[0].watched_by, mine[0].escalation) == (("Nele Lambrecht",), False)
    assert [(row.onlooker, row.escalation, row.watched_by) for row in theirs] == [(True, True, ())]
    assert [task.watched_by for task in tasks if task.key == "main"] == [("Nele Lambrecht",)]


def test_a_timer_fires_once_however_often_it_is_delivered() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    key = ids.from_text(card.case)
    with clock.stopped_at(local("2026-11-18 12:00")):
        with transaction(MUNICIPALITY) as tx:
            due = [row["id"] for row in outbox_rows.of_case(tx, key, "timer") if row["due_at"] <= tx.now]
        assert due
        done = deliver_outbox.deliver(MUNICIPALITY, due)
        assert done == len(due)
        assert deliver_outbox.deliver(MUNICIPALITY, due) == 0
        assert len(queue.page(actor("nele_lambrecht")).rows) == 1


def test_who_lost_the_lease_changes_nothing() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    key = ids.from_text(card.case)
    with clock.stopped_at(local("2026-11-12 08:30")):
        with transaction(MUNICIPALITY) as tx:
            first = next(
                row["id"] for row in outbox_rows.of_case(tx, key, "timer") if row["due_at"] <= tx.now
            )
            (leased,) = outbox.claim(tx, [first])
        fire(MUNICIPALITY, leased)
        version = case_page.show(actor("joris_maes"), card.case).version
        with pytest.raises(LeaseLost):
            fire(MUNICIPALITY, leased)
        assert case_page.show(actor("joris_maes"), card.case).version == version


def test_an_answered_task_is_reminded_of_no_more() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        before = timers(card.case)
        press(card.case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        assert timers(card.case) == []
    assert any("remind" in key for key in before)


def test_the_limit_of_ten_working_days_reaches_the_head_of_service() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
    with clock.stopped_at(local("2026-11-25 09:00")):
        settle()
        assert any(row.onlooker for row in queue.page(actor("karin_thijs")).rows)


def test_without_redis_one_sweep_after_another_does_everything() -> None:
    with clock.stopped_at(MONDAY):
        for _ in range(3):
            send_card()
        assert sweep.sweep(None, own_work=2).done == 2
        settle()
        assert sweep.sweep(None).done == 0


def test_with_redis_rows_are_hinted_first_and_done_here_when_nobody_took_them() -> None:
    told: list[int] = []

    def hint(_municipality: str, outbox_ids: Sequence[int]) -> bool:
        told.extend(outbox_ids)
        return True

    with clock.stopped_at(MONDAY):
        send_card()
        assert sweep.sweep(hint) == sweep.Swept(hinted=1, done=0)
        assert sweep.sweep(hint) == sweep.Swept()
        with transaction(MUNICIPALITY) as tx:
            outbox.mark_hinted(tx, told)
        _age_hints()
        assert sweep.sweep(hint).done == 1
    assert len(told) == 1


def test_a_case_handed_over_is_reminded_at_its_new_holder() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = case_page.show(actor("joris_maes"), card.case)
        bram = actor("bram_de_coster")
        hand_over.hand_over(
            actor("joris_maes"), card.case, to=bram.account, reason="Kent de buurt", version=page.version
        )
    with clock.stopped_at(local("2026-11-12 08:30") + timedelta(minutes=1)):
        settle()
        assert queue.page(actor("joris_maes")).rows == ()
        assert queue.page(bram).rows[0].reminder


def _age_hints() -> None:
    """As if six seconds went by since the hint: what it waits for is the real clock, not the shown one."""
    with transaction(MUNICIPALITY) as tx:
        outbox_rows.age_hints(tx, timedelta(seconds=6))
