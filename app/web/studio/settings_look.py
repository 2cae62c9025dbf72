"""How do the pages get the municipality's own picture and colour?"""

from __future__ import annotations

from flask import request

from app.engine import colours
from app.engine.policy import Act
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import logo, settings
from app.services.seen import mark
from app.web import visitor
from app.web.acts import act
from app.web.studio import seen
from app.web.studio.settings_steps import Page, bp, label_of, page, saved

DEFAULT = "#0b5566"
LOGO_SEEN = "seen_logo"


@bp.get("/uitzicht")
@act(Act.SETTINGS_EDIT)
def look() -> Page:
    """Logo and colour."""
    return _shown()


@bp.post("/uitzicht")
@act(Act.SETTINGS_EDIT)
def save_look() -> Page:
    """Keep them; a colour that cannot be read is refused with the nearest that can."""
    who, typed = visitor.actor(), request.form.get("accent", "").strip()
    file = request.files.get("logo")
    try:
        settings.save_accent(who, "" if typed.lower() == DEFAULT else typed, seen=seen.posted())
        if file and file.filename:
            logo.save(who, file.read(), seen=seen.posted(LOGO_SEEN))
        elif request.form.get("zonder_logo"):
            logo.remove(who, seen=seen.posted(LOGO_SEEN))
    except (Conflict, Invalid) as problem:
        return _shown(problem, typed)
    return saved("look")


def _shown(problem: ServiceError | None = None, typed: str = "") -> Page:
    found = settings.show(visitor.actor())
    errors = getattr(problem, "errors", ())
    nearest = next((dict(e.params).get("nearest", "") for e in errors), "")
    accent = typed or found.accent or DEFAULT
    ratio = colours.contrast(colours.parsed(accent) or DEFAULT, colours.WHITE)
    return page(
        "look",
        problem,
        told=found,
        accent=accent,
        nearest=nearest,
        ratio=ratio,
        shown={"accent": found.accent},
        seen_logo=mark({logo.LOGO: found.logo}),
        now=tuple((label, text or DEFAULT) for label, text in seen.now(problem, {"accent": typed}, label_of)),
    )
