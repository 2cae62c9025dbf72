"""Does somebody really want to send what may tell who somebody is, in a text that should be about nobody?"""

from __future__ import annotations

from app.engine.model.answers import Judgement
from app.engine.values.texts import RECOGNISABLE
from app.services.errors import Invalid

LOOK_AGAIN = "look_again"


def demand(judgement: Judgement, *, sure: bool) -> None:
    """Raises ``Invalid`` (``look_again``) with what was found beside its field, unless they are ``sure``. Of answers
    that cannot be sent anyway, nothing is said."""
    found = tuple(warning for warning in judgement.warnings if warning.code == RECOGNISABLE)
    if found and judgement.ok and not sure:
        raise Invalid(LOOK_AGAIN, errors=found, judgement=judgement)
