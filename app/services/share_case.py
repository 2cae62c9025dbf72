"""How does a colleague get to see a case that is not theirs?"""

from __future__ import annotations

from app.engine.policy import Actor


def share(actor: Actor, case_id: str, *, with_account: str, reason: str) -> None:
    """Let one colleague read one case, with a reason, logged. The holder or a substitute decides (Forbidden)."""
    raise NotImplementedError


def unshare(actor: Actor, case_id: str, *, with_account: str) -> None:
    """End it."""
    raise NotImplementedError
