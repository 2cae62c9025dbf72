"""What is a worker process?

Two processes: this one sweeps every second and watches over a child that runs RQ. The child is replaced when it dies
or when one piece of work takes too long. Without Redis there is no child and the sweep does all the work. What may take
minutes is done in a third, which ends with it and gives its memory back.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from types import FrameType

from redis import RedisError
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from app.jobs import queues, relay, tasks
from app.jobs.safe_job import SafeJob
from app.jobs.tasks import Context
from app.jobs.tick import Tick, Work

HARD_LIMIT = queues.JOB_TIMEOUT + 20.0
"""Seconds after which a child that still works on one job is killed; the rows it held come back with their lease."""
STOPS_WITHIN = 25.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """What a worker process needs. ``context`` surrounds each piece of work; ``forked`` is called first in a child, to
    let go of connections that belong to the parent."""

    redis_url: str
    context: Context
    forked: Callable[[], None] = lambda: None


class RowWorker(SimpleWorker):
    """An RQ worker that tells its parent since when it is busy and comes back quickly when Redis returns."""

    max_connection_wait_time = 2.0
    busy_since: Synchronized[float] | None = None

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run one job in this process."""
        if self.busy_since is None:
            super().execute_job(job, queue)
            return
        self.busy_since.value = time.monotonic()
        try:
            super().execute_job(job, queue)
        finally:
            self.busy_since.value = 0.0


def main(run: Run) -> int:
    """Work until SIGTERM or SIGINT; 0 after a clean stop."""
    relay.configure(run.redis_url)
    tasks.configure(run.context)
    tick = Tick(run.context, hints=bool(run.redis_url), beside=Beside(run).begin)
    _stop_on_signals(tick.stop)
    child = Child(run) if run.redis_url else None
    tick.run(child.keep_alive if child else lambda: None)
    if child:
        child.stop()
    return 0


class Child:
    """The process that runs RQ, and its replacement when it ends."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._fork = multiprocessing.get_context("fork")
        self._busy_since: Synchronized[float] = self._fork.Value("d", 0.0)
        self._process: BaseProcess | None = None

    def keep_alive(self) -> None:
        """Start it when there is none; kill it when it hangs."""
        if self._process and self._process.is_alive() and self._hangs():
            _log.error("worker killed: one job took over %d s", HARD_LIMIT)
            self._process.kill()
            self._process.join()
        if not self._process or not self._process.is_alive():
            self._busy_since.value = 0.0
            self._process = self._fork.Process(
                target=_work, args=(self._run, self._busy_since, os.getpid()), name="meernet-rq", daemon=True
            )
            self._process.start()

    def stop(self) -> None:
        """Let it finish its job, or kill it when that takes too long."""
        if not self._process:
            return
        self._process.terminate()
        self._process.join(STOPS_WITHIN)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _hangs(self) -> bool:
        since = self._busy_since.value
        return since > 0 and time.monotonic() - since > HARD_LIMIT


class Beside:
    """One piece of work at a time in a process of its own, while this one goes on. Killed halfway it is begun anew at
    the next occasion: for work that keeps its own place."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._fork = multiprocessing.get_context("fork")
        self._process: BaseProcess | None = None

    def begin(self, work: Work) -> None:
        """Begin ``work`` unless the last one is still busy."""
        if self._process and self._process.is_alive():
            return
        self._process = self._fork.Process(
            target=_beside, args=(self._run, work, os.getpid()), name="meernet-beside", daemon=True
        )
        self._process.start()

    def join(self, seconds: float) -> bool:
        """Wait for what was begun; whether it ended."""
        if self._process:
            self._process.join(seconds)
        return not (self._process and self._process.is_alive())


def _beside(run: Run, work: Work, parent: int) -> None:
    """The third process: one piece of work."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    run.forked()
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    try:
        with run.context():
            work()
    except Exception as error:
        _log.error("work beside failed: %s", type(error).__name__)


def _work(run: Run, busy_since: Synchronized[float], parent: int) -> None:
    """The child: listen to the queue for ever, also while Redis comes and goes."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent tells us
    run.forked()
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    while True:
        with contextlib.suppress(RedisError, OSError):
            connection = queues.patient(run.redis_url)
            worker = RowWorker(
                [queues.queue(connection)],
                connection=connection,
                job_class=SafeJob,
                serializer=JSONSerializer,
                log_job_description=False,
            )
            worker.busy_since = busy_since
            worker.work(logging_level="WARNING")
            return  # a warm stop was asked for
        time.sleep(1.0)


def _follow(parent: int) -> None:
    """End with the parent, also when that was killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _stop_on_signals(stop: threading.Event) -> None:
    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
