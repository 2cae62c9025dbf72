"""How does somebody take a task out of a group queue?"""

from __future__ import annotations

from app.engine.policy import Actor
from app.services.act_on_case import ActOutcome


def claim(actor: Actor, task_id: str) -> ActOutcome:
    """Make a task of a group queue mine. Raises AlreadyDone when a colleague was first, Forbidden outside the group."""
    raise NotImplementedError
