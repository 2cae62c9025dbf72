"""What does a worker run?

Thin functions that take ids. They run only inside the context that the process was given at its start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from app.services.follow_up import deliver_outbox

Context = Callable[[], AbstractContextManager[object]]
"""Opens what services need around one piece of work (the application's context)."""

_context: Context = nullcontext


def configure(context: Context) -> None:
    """Say once, at the start of a process, what surrounds each piece of work."""
    global _context
    _context = context


def deliver(municipality: str, outbox_ids: Sequence[int]) -> int:
    """Do these outbox rows if they are due and free; how many were done."""
    with _context():
        return deliver_outbox.deliver(municipality, outbox_ids)
