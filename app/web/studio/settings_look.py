"""How do the pages get the municipality's own picture and colour?"""

from __future__ import annotations

from flask import request

from app.engine import colours
from app.engine.policy import Act
from app.services.errors import Invalid
from app.services.municipality import logo, settings
from app.web import visitor
from app.web.acts import act
from app.web.studio.settings_steps import Page, bp, page, saved

DEFAULT = "#0b5566"


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
        if file and file.filename:
            logo.save(who, file.read())
        elif request.form.get("zonder_logo"):
            logo.remove(who)
        settings.save_accent(who, "" if typed.lower() == DEFAULT else typed)
    except Invalid as problem:
        return _shown(problem, typed)
    return saved("look")


def _shown(problem: Invalid | None = None, typed: str = "") -> Page:
    found = settings.show(visitor.actor())
    nearest = next((dict(e.params).get("nearest", "") for e in problem.errors), "") if problem else ""
    accent = typed or found.accent or DEFAULT
    ratio = colours.contrast(colours.parsed(accent) or DEFAULT, colours.WHITE)
    return page("look", problem, told=found, accent=accent, nearest=nearest, ratio=ratio)
