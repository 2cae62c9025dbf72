"""What stands in the mail of 8.30?"""

from __future__ import annotations


def plan(municipality: str) -> int:
    """Put the digests of the next working morning in the outbox, one a person at most; how many are new."""
    raise NotImplementedError


def plan_all() -> int:
    """``plan`` for every municipality; how many are new."""
    raise NotImplementedError
