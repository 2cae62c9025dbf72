"""Who is told of events: made next."""

from __future__ import annotations

from flask import Blueprint

from app.engine.policy import Act
from app.web.acts import act

bp = Blueprint("webhooks", __name__, url_prefix="/beheer/meldingen")


@bp.get("")
@act(Act.OUTSIDE_EDIT)
def index() -> str:
    """To come."""
    return ""
