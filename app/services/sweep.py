"""What was missed and must be done now?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Hint = Callable[[str, Sequence[int]], bool]
"""Takes a municipality and outbox ids, hands them to a worker; False when it could not."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did; ``more``: it stopped at its own bound, there is more to do at once."""

    hinted: int = 0
    done: int = 0
    more: bool = False


def sweep(hint: Hint | None, *, batch: int = 500, own_work: int = 25) -> Swept:
    """Look once over all municipalities for due rows: hint them, or do up to ``own_work`` of them here when ``hint`` is
    None, refuses, or had hinted a row before and nobody took it within 5 seconds. Any number of processes may sweep."""
    raise NotImplementedError
