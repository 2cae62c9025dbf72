"""May this person do this at all? Asked first in every service; what depends on a case stands in ``cases/relation``."""

from __future__ import annotations

from app.engine.policy import Act, Actor, Relation, may
from app.services.errors import Forbidden


def demand(actor: Actor, act: Act, relation: Relation = Relation.NONE) -> None:
    """Raise ``Forbidden`` unless ``actor`` may do ``act`` with something that is ``relation`` to them."""
    if not may(actor, act, relation):
        raise Forbidden(str(act))
