"""How does a worker hear at once that there is work?

By a hint after the commit, best effort: when Redis is away or slow nothing is lost and nobody waits for it; the sweep
finds the same rows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from redis import Redis, RedisError

from app.jobs import queues

QUIET_AFTER_FAILURE = 10.0
"""Seconds without hints after one failed: a Redis that hangs costs half a second once, not once a page."""

_log = logging.getLogger(__name__)


class Relay:
    """Hints to one Redis; an empty URL means there is none."""

    def __init__(self, redis_url: str) -> None:
        self._client: Redis | None = queues.impatient(redis_url) if redis_url else None
        self.quiet_until = 0.0

    def hint(self, municipality: str, outbox_ids: Sequence[int]) -> bool:
        """Hand ids to a worker. Never raises; False when the hint could not be given."""
        if not self._client or time.monotonic() < self.quiet_until:
            return False
        try:
            for start in range(0, len(outbox_ids), queues.LARGEST_BATCH):
                batch = list(outbox_ids[start : start + queues.LARGEST_BATCH])
                queues.enqueue(self._client, municipality, batch)
        except (RedisError, OSError) as error:
            self.quiet_until = time.monotonic() + QUIET_AFTER_FAILURE
            _log.warning("no hints for a while: %s", type(error).__name__)
            return False
        return True


_relay = Relay("")


def configure(redis_url: str) -> None:
    """Say once, at start, where Redis is; an empty URL means there is none."""
    global _relay
    _relay = Relay(redis_url)


def hint(municipality: str, outbox_ids: Sequence[int]) -> bool:
    """Hand ids to a worker. Never raises; False when the hint could not be given (the sweep will do)."""
    return not outbox_ids or _relay.hint(municipality, outbox_ids)
