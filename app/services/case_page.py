"""What may this person see of this case, and do with it?"""

from __future__ import annotations

from app.engine.policy import Actor
from app.services.case_view import CasePage


def show(actor: Actor, case_id: str, *, reason: str = "", language: str = "nl") -> CasePage:
    """The page of one case. Reading class 2-3 content writes a line in the read log.

    ``reason``: why somebody without a relation to the case (team lead, coordinator) opens its content. Raises NotFound
    for a case that is not there or may not be known, Forbidden when it may be known but not opened.
    """
    raise NotImplementedError
