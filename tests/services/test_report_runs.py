"""Is a reading that takes long made once, by a worker, however it goes?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.engine.policy import Actor
from app.services.errors import Conflict, Forbidden
from app.services.follow_up import deliver_outbox
from app.services.reports import frozen, read_report, refresh, result_files, runs
from app.services.reports.runs import Looked
from app.storage import clock, outbox
from app.storage.database import transaction
from app.storage.models import Outbox
from tests.support.bound import MUNICIPALITY, bound
from tests.support.databases import Templates
from tests.support.town import local, peopled, send_card, settle

REPORT, CLOSED, RUNNING = "eerste_contact", "2026-Q3", "2026-Q4"
HEAD = Actor("probe", MUNICIPALITY, roles=frozenset({"policy", "coordinator"}))
NOW = local("2026-11-10 10:00")


def cards(url: str) -> None:
    """Seven cards in each of two quarters."""
    peopled(url)
    with bound(url):
        for day in ("2026-07-08", "2026-10-14"):
            with clock.stopped_at(local(f"{day} 09:00")):
                for _ in range(7):
                    send_card()
        with clock.stopped_at(NOW):
            settle()


@pytest.fixture(autouse=True)
def _long(database_templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Seven cases are many here, and it is a day in November."""
    refresh.configure(tmp_path)
    monkeypatch.setattr(runs, "LONG", 7)
    url = database_templates.copy("long_reports", cards)
    with bound(url), clock.stopped_at(NOW):
        refresh.refresh(MUNICIPALITY)
        yield
    database_templates.server.drop_database(url)


def look(period: str) -> Looked:
    return runs.look(HEAD, REPORT, period)


def cases(found: Looked) -> object:
    assert found.result is not None
    (row,) = found.result.totals.rows
    return row.cells[0].value


def waiting() -> list[int]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return list(
            tx.execute(
                sa.select(Outbox.id).where(Outbox.kind == runs.RUN, Outbox.state == "pending")
            ).scalars()
        )


@pytest.mark.parametrize("period", [CLOSED, RUNNING])
def test_it_is_asked_for_once_however_many_ask_and_then_it_is_there(period: str) -> None:
    first, second = look(period), look(period)
    assert first.making is not None
    assert second.making is not None
    assert (len(first.making.wake), second.making.wake) == (1, ())
    with pytest.raises(Conflict, match="report_busy"):
        result_files.take(HEAD, REPORT, "xlsx", period, {})
    settle()
    made = look(period)
    assert cases(made) == 7
    assert (made.counted_at is None) == (period == CLOSED)
    assert result_files.take(HEAD, REPORT, "xlsx", period, {})
    assert not waiting()


def test_few_lines_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "LONG", 100)
    assert cases(look(CLOSED)) == 7
    assert not waiting()


def test_it_says_how_far_it_is_and_who_dies_halfway_gives_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = look(RUNNING).making.wake  # type: ignore[union-attr]
    told: list[tuple[int, int]] = []

    def dies(*_args: object, **_more: object) -> None:
        making = look(RUNNING).making
        assert making is not None
        told.append((making.done, making.total))
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(read_report, "compute", dies)
        with pytest.raises(SystemExit):
            deliver_outbox.deliver(MUNICIPALITY, [row])
    ((done, total),) = told
    assert 0 < done < total
    assert deliver_outbox.deliver(MUNICIPALITY, [row]) == 0  # leased still
    with clock.stopped_at(NOW), transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Outbox).where(Outbox.id == row).values(lease_until=tx.instant - timedelta(1)))
    assert deliver_outbox.deliver(MUNICIPALITY, [row]) == 1
    assert cases(look(RUNNING)) == 7


def test_what_keeps_failing_says_so_and_can_be_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise OSError

    look(CLOSED)
    with monkeypatch.context() as broken:
        broken.setattr(read_report, "compute", fails)
        for minutes in range(0, 40, 10):
            with clock.stopped_at(NOW + timedelta(minutes=minutes)):
                settle()
    failed = look(CLOSED).making
    assert failed is not None
    assert failed.failed
    assert len(runs.again(HEAD, REPORT, CLOSED)) == 1
    assert runs.again(HEAD, REPORT, CLOSED) == ()
    settle()
    assert cases(look(CLOSED)) == 7


def test_a_count_of_today_is_asked_for_anew_tomorrow_or_by_a_press() -> None:
    look(RUNNING)
    settle()
    send_card()
    assert cases(look(RUNNING)) == 7
    assert len(runs.again(HEAD, REPORT, RUNNING)) == 1
    settle()
    assert cases(look(RUNNING)) == 8
    with clock.stopped_at(NOW + timedelta(days=1)):
        assert look(RUNNING).making is not None


def test_a_filter_that_nobody_offers_makes_no_other_reading() -> None:
    look(CLOSED)
    assert runs.look(HEAD, REPORT, CLOSED, {"alles": "x" * 80}).making is not None
    assert len(waiting()) == 1


def test_who_may_not_read_it_asks_for_nothing() -> None:
    with pytest.raises(Forbidden):
        runs.look(Actor("probe", MUNICIPALITY, roles=frozenset({"volunteer"})), REPORT, CLOSED)
    assert not waiting()


def test_what_nobody_waits_for_is_forgotten_and_what_was_kept_stays() -> None:
    look(CLOSED)
    look(RUNNING)
    settle()
    with clock.stopped_at(NOW + timedelta(days=3)):
        assert runs.forget_older(MUNICIPALITY) == 2
        assert cases(look(CLOSED)) == 7
    assert frozen.offered(HEAD, REPORT)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert outbox.count_dead(tx) == 0
