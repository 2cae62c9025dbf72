"""How is a sub-task ticked off?"""

from __future__ import annotations

from app.engine.policy import Actor
from app.services.act_on_case import ActOutcome


def finish(actor: Actor, task_id: str, *, outcome: str = "done", note: str = "") -> ActOutcome:
    """Tick off a sub-task (``done``) or give it up (``cancelled``, a note is needed then).

    The main task is finished by a button of the case, not here (Invalid). A task that is closed: AlreadyDone.
    """
    raise NotImplementedError
