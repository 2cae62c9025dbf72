"""What happens every second, with or without Redis?

The sweep looks for due rows (timers, mail); once a minute the digests of the next working morning are planned.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.jobs import relay
from app.jobs.tasks import Context
from app.services import digest, sweep

PERIOD = 1.0
PLAN_PERIOD = 60.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tick:
    """The loop of one process. ``stop`` ends it after the round at hand."""

    context: Context
    hints: bool
    stop: threading.Event = field(default_factory=threading.Event)
    _planned_at: float = field(default=float("-inf"))

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
                self._plan()
                swept = sweep.sweep(relay.hint if self.hints else None)
        except Exception as error:
            _log.error("sweep failed: %s", type(error).__name__)
            return False
        return swept.more

    def _plan(self) -> None:
        if time.monotonic() - self._planned_at >= PLAN_PERIOD:
            self._planned_at = time.monotonic()
            digest.plan_all()
