"""How are several processes kept alive that can be killed and replaced in a moment? Forked from one that is ready."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from types import FrameType

_LOOKS_EVERY = 0.05


def keep(count: int, work: Callable[[], int]) -> int:
    """Keep ``count`` processes that do ``work``, each the leader of its own group, until SIGTERM; then they get it too.

    1 when one of them ended badly at that. Called in a process without threads.
    """
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop)
    running: set[int] = set()
    while not asked:
        while len(running) < count:
            running.add(_forked(work))
        ended, _ = os.waitpid(-1, os.WNOHANG)
        running.discard(ended)
        time.sleep(_LOOKS_EVERY)
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in running]
    return int(any(codes))


def _forked(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        code = work()
    finally:
        os._exit(code)
