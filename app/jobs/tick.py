"""What happens every second, with or without Redis?

The sweep looks for due rows (timers, mail); once a minute the digests of the next working morning are planned, every
half minute the process says that it lives, and every few hours what nobody needs any more is removed. What may take
minutes (the store that reports read, made anew) is done beside it: mail that is due does not wait for it.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.jobs import relay
from app.jobs.tasks import Context
from app.services import housekeeping
from app.services.follow_up import digest, sweep
from app.services.privacy import proposals
from app.services.reports import nightly, refresh
from app.services.safekeeping import changing_keys, histories, watch

PERIOD = 1.0
PLAN_PERIOD = 60.0
KEY_PERIOD = 600.0
REPORT_PERIOD = 300.0
BEAT_PERIOD = 30.0
CLEAN_PERIOD = 6 * 3600.0

Work = Callable[[], object]
_log = logging.getLogger(__name__)


def here(work: Work) -> None:
    """Do it now: for a process that has nothing else to do."""
    work()


@dataclass(slots=True)
class Tick:
    """The loop of one process. ``stop`` ends it after the round at hand; ``beside`` begins what may take minutes and
    does not wait for it, nor begin it again while it is busy."""

    context: Context
    hints: bool
    beside: Callable[[Work], None] = here
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=lambda: f"worker-{socket.gethostname()}"[:80])
    _next: dict[str, float] = field(default_factory=dict)

    def run(self, before: Callable[[], None]) -> None:
        """Go round until ``stop``; ``before`` is called at the start of each round."""
        while not self.stop.is_set():
            started = time.monotonic()
            before()
            busy = self.once()
            spent = time.monotonic() - started
            self.stop.wait(0.0 if busy else max(0.05, PERIOD - spent))

    def once(self) -> bool:
        """One round; whether there is likely more to do at once. A database that is away is met again next second."""
        try:
            with self.context():
                self._now_and_then()
                swept = sweep.sweep(relay.hint if self.hints else None)
        except Exception as error:
            _log.error("sweep failed: %s", type(error).__name__)
            return False
        return swept.more

    def _now_and_then(self) -> None:
        chores: dict[str, tuple[float, Callable[[], object]]] = {
            "plan": (PLAN_PERIOD, digest.plan_all),
            "anchor": (PLAN_PERIOD, histories.plan_all),
            "safe": (CLEAN_PERIOD, watch.warn),
            "keys": (KEY_PERIOD, changing_keys.go_on_all),
            "reports": (REPORT_PERIOD, lambda: self.beside(refresh.refresh_all)),
            "figures": (PLAN_PERIOD, nightly.plan_all),
            "readings": (PLAN_PERIOD, nightly.plan_readings_all),
            "terms": (PLAN_PERIOD, proposals.plan_all),
            "beat": (BEAT_PERIOD, lambda: housekeeping.beat(self.name)),
            "clean": (CLEAN_PERIOD, housekeeping.daily),
        }
        for chore, (period, do) in chores.items():
            if time.monotonic() >= self._next.get(chore, float("-inf")):
                self._next[chore] = time.monotonic() + period
                try:
                    do()
                except Exception as error:  # mail that is due does not wait for a report, a key or a copy
                    _log.error("chore %s failed: %s", chore, type(error).__name__)
