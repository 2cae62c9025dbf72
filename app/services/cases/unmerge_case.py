"""How is a merge undone?"""

from __future__ import annotations

from app.engine.acting import REOPEN
from app.engine.policy import Actor
from app.services.cases.act_on_case import ActOnCase, ActOutcome, act


def unmerge(actor: Actor, case_id: str, *, version: int, token: str) -> ActOutcome:
    """Open a case again that was merged into another: into the state it came from, with a fresh main task.

    The same press as the button to reopen on its page, by the same people (``Act.CASE_ACT``) and within the same
    60 days; raises what ``act`` raises. Invalid (``unknown_action``) for a case that is not merged.
    """
    return act(ActOnCase(actor=actor, case=case_id, action=REOPEN, version=version, token=token))
