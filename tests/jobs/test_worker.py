from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from flask import Flask
from redis import Redis
from rq.serializers import JSONSerializer

from app.jobs import queues, relay, tasks
from app.jobs.safe_job import SafeJob
from app.jobs.tick import Tick
from app.jobs.worker import RowWorker
from app.services import health
from app.services.cases import case_page
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of, local, send_card

MONDAY = local("2026-11-09 09:40")


@pytest.fixture(autouse=True)
def _here(town: Flask) -> Iterator[None]:
    tasks.configure(town.app_context)
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


def test_a_round_outlives_what_goes_wrong_in_it(town: Flask) -> None:
    def broken() -> object:
        raise RuntimeError

    assert not Tick(broken, hints=False).once()  # type: ignore[arg-type]
