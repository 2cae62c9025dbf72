from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis
from rq.serializers import JSONSerializer

from app.jobs import queues, relay, tasks
from app.jobs.safe_job import SafeJob
from app.jobs.tick import Tick
from app.jobs.worker import Beside, RowWorker, Run
from app.services import health
from app.services.cases import case_page
from app.services.reports import refresh
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of, local, send_card

MONDAY = local("2026-11-09 09:40")


@pytest.fixture(autouse=True)
def _here(town: Flask, tmp_path: Path) -> Iterator[None]:
    tasks.configure(town.app_context)
    refresh.configure(tmp_path)
    yield
    tasks.configure(nullcontext)
    relay.configure("")


def mail_states(case: str) -> list[str]:
    return [item.state for item in case_page.show(holder_of(case), case).messages]


def test_a_hint_after_the_commit_is_all_a_worker_needs(valkey_server_url: str) -> None:
    relay.configure(valkey_server_url)
    with clock.stopped_at(MONDAY):
        receipt = send_card()
        assert relay.hint(MUNICIPALITY, receipt.wake)
        with Redis.from_url(valkey_server_url) as connection:
            worker = RowWorker(
                [queues.queue(connection)],
                connection=connection,
                job_class=SafeJob,
                serializer=JSONSerializer,
            )
            worker.work(burst=True, logging_level="CRITICAL")
        assert mail_states(receipt.case) == ["verstuurd"]


def test_one_round_without_redis_does_what_is_due_plans_the_morning_and_shows_life(town: Flask) -> None:
    tick = Tick(town.app_context, hints=False, name="worker-here")
    with clock.stopped_at(MONDAY):
        receipt = send_card()
        assert tick.once()
        assert not tick.once()
        assert mail_states(receipt.case) == ["verstuurd"]
    assert "worker-here" in health.beats()


def test_a_chore_that_fails_keeps_no_mail_waiting(town: Flask, caplog: pytest.LogCaptureFixture) -> None:
    refresh.configure(None)  # type: ignore[arg-type]  # as when nobody said where the stores are
    with clock.stopped_at(MONDAY):
        receipt = send_card()
        Tick(town.app_context, hints=False).once()
        assert mail_states(receipt.case) == ["verstuurd"]
    assert "chore reports failed: LookupError" in caplog.text


def test_what_takes_long_is_done_beside_the_round_and_not_twice_at_a_time(tmp_path: Path) -> None:
    made, gate = tmp_path / "made", tmp_path / "gate"
    os.mkfifo(gate)

    def slow() -> None:
        gate.read_text()  # until somebody writes
        with made.open("a") as file:
            file.write("x")

    beside = Beside(Run("", nullcontext))
    beside.begin(slow)
    beside.begin(slow)
    assert not made.exists()
    gate.write_text("go")
    assert beside.join(30)
    assert made.read_text() == "x"


def test_what_fails_beside_is_begun_again_at_the_next_occasion(tmp_path: Path) -> None:
    def fails() -> None:
        raise OSError

    beside, made = Beside(Run("", nullcontext)), tmp_path / "made"
    beside.begin(fails)
    assert beside.join(30)
    beside.begin(made.touch)
    assert beside.join(30)
    assert made.exists()


def test_a_round_outlives_what_goes_wrong_in_it(town: Flask) -> None:
    def broken() -> object:
        raise RuntimeError

    assert not Tick(broken, hints=False).once()  # type: ignore[arg-type]
