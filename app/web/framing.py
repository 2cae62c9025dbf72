"""Who may show this page in a frame? Nobody, but for a form that its municipality opened to certain sites."""

from __future__ import annotations

from flask import request

from app.services.errors import ServiceError, Unavailable
from app.web import visitor


def ancestors() -> tuple[str, ...]:
    """The origins that may frame this answer; only ever for a form that needs no account."""
    if not visitor.is_framed():
        return ()
    try:
        return origins((request.view_args or {}).get("form_id", ""))
    except (ServiceError, Unavailable):
        return ()


def origins(form_id: str) -> tuple[str, ...]:
    """The sites that may frame a form."""
    opening = visitor.world().openings.get(form_id)
    return opening.origins if opening else ()
