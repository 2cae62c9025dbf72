from __future__ import annotations

import json
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from app.jobs import queues, tasks
from app.jobs.safe_job import ALLOWED, ForeignJob, SafeJob
from app.services.follow_up import deliver_outbox


@pytest.fixture
def redis(valkey_server_url: str) -> Redis:
    return Redis.from_url(valkey_server_url)


def work(connection: Redis) -> None:
    SimpleWorker(
        [queues.queue(connection)], connection=connection, job_class=SafeJob, serializer=JSONSerializer
    ).work(burst=True, logging_level="CRITICAL")


def test_the_allowed_names_exist() -> None:
    assert {f"{tasks.__name__}.{tasks.deliver.__name__}"} == set(ALLOWED)
    assert queues.DELIVER in ALLOWED


@pytest.mark.parametrize(
    "name", ["os.system", "builtins.eval", "app.jobs.tasks.configure", "subprocess.call"]
)
def test_a_job_of_somebody_else_does_not_run(redis: Redis, tmp_path: Path, name: str) -> None:
    trace = tmp_path / "ran"
    Queue(queues.NAME, connection=redis, serializer=JSONSerializer).enqueue_call(
        name, args=(f"touch {trace}",), result_ttl=0, failure_ttl=60
    )
    work(redis)
    assert not trace.exists()


def test_an_injected_callback_does_not_run(
    redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(deliver_outbox, "deliver", lambda place, _: done.append(place))
    trace = tmp_path / "ran"
    job = Job.create(queues.DELIVER, args=("zandlede", []), connection=redis, serializer=JSONSerializer)
    for callback in ("_success_callback_name", "_failure_callback_name", "_stopped_callback_name"):
        setattr(job, callback, "os.system")
    job.save()
    redis.hset(job.key, "webhooks", json.dumps([{"url": f"file://{trace}", "job_status": "finished"}]))
    queues.queue(redis).enqueue_job(job)
    work(redis)
    assert not trace.exists()
    assert done == ["zandlede"]


def test_a_method_of_an_instance_does_not_run(redis: Redis) -> None:
    job = SafeJob.create(queues.DELIVER, args=("zandlede", []), connection=redis, serializer=JSONSerializer)
    job._instance = object()
    with pytest.raises(ForeignJob):
        _ = job.func


def test_a_job_carries_ids_and_leaves_nothing_behind(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(deliver_outbox, "deliver", lambda place, ids: done.append((place, ids)))
    queues.enqueue(redis, "zandlede", [1, 2, 3])
    (stored,) = [value for key in redis.keys("rq:job:*") for value in [redis.hgetall(key)]]
    assert stored[b"description"] == b"deliver 3"
    work(redis)
    assert done == [("zandlede", [1, 2, 3])]
    assert redis.keys("rq:job:*") == []
    assert redis.keys("rq:results:*") == []
