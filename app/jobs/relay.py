"""How does a worker hear at once that there is work?

By a hint after the commit, best effort: when Redis is away or slow nothing is lost and nobody waits for it; the sweep
finds the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence


def configure(redis_url: str) -> None:
    """Say once, at start, where Redis is; an empty URL means there is none."""
    raise NotImplementedError


def hint(municipality: str, outbox_ids: Sequence[int]) -> bool:
    """Hand ids to a worker. Never raises; False when the hint could not be given (the sweep will do)."""
    raise NotImplementedError
