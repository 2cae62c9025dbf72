"""Which RQ queue is there, and how is Redis reached?

One queue: a worker that listens to several at once can lose a job between taking and registering it.
"""

from __future__ import annotations

from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from app.jobs.safe_job import SafeJob

NAME: Final = "meernet"
DELIVER: Final = "app.jobs.tasks.deliver"
JOB_TIMEOUT: Final = 110
"""Seconds for one batch; every row in it has its own lease and time limit."""
LARGEST_BATCH: Final = 50
"""Ids in one job."""

_FAILED_JOB_KEPT = 60
_UNTAKEN_JOB_KEPT = 3600


def patient(url: str) -> Redis:
    """A client for the worker, which has nothing better to do than wait."""
    return Redis.from_url(url)


def impatient(url: str) -> Redis:
    """A client for whoever has a person waiting: no second try, half a second at most."""
    return Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=0.3,
        socket_timeout=0.5,
    )


def queue(connection: Redis) -> Queue:
    """Our queue on this connection."""
    return Queue(
        NAME,
        connection=connection,
        serializer=JSONSerializer,
        job_class=SafeJob,
        default_timeout=JOB_TIMEOUT,
    )


def enqueue(connection: Redis, municipality: str, outbox_ids: list[int]) -> None:
    """Put ids on the queue. Nothing of it stays behind: no result, and a failed job for a minute only."""
    queue(connection).enqueue_call(
        DELIVER,
        args=(municipality, outbox_ids),
        timeout=JOB_TIMEOUT,
        result_ttl=0,
        failure_ttl=_FAILED_JOB_KEPT,
        ttl=_UNTAKEN_JOB_KEPT,
        description=f"deliver {len(outbox_ids)}",
    )
