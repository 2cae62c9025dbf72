"""How does an administrator set a municipality up: who it is, its villages, and what is still missing?"""

from __future__ import annotations

from flask import render_template, request

from app.engine.policy import Act
from app.services.errors import Conflict, Invalid
from app.services.municipality import neighbourhoods, openings, settings, starting
from app.web import visitor
from app.web.acts import act
from app.web.studio import (
    seen,
    settings_look,
    settings_mail,
    settings_people,
    settings_practice,
    settings_protection,
    settings_statements,
    settings_streets,
)
from app.web.studio.settings_steps import Page, bp, label_of, page, posted, saved, steps

__all__ = [
    "bp",
    "settings_look",
    "settings_mail",
    "settings_people",
    "settings_practice",
    "settings_protection",
    "settings_statements",
    "settings_streets",
]


@bp.get("")
@act(Act.SETTINGS_EDIT)
def index() -> Page:
    """Everything there is to set, and the list of what is still missing."""
    who = visitor.actor()
    return render_template(
        "studio/settings/index.html",
        steps=steps(),
        told=settings.show(who),
        counted=starting.counted(who),
        gaps=starting.missing(who),
    )


@bp.get("/gegevens")
@act(Act.SETTINGS_EDIT)
def identity() -> Page:
    """Name, and who answers for the data."""
    found = settings.show(visitor.actor())
    shown = settings.identity(found)
    return page("identity", told=shown, slug=found.municipality, shown=shown)


@bp.post("/gegevens")
@act(Act.SETTINGS_EDIT)
def save_identity() -> Page:
    """Keep them."""
    who, told = visitor.actor(), posted("name", *settings.NAMES)
    try:
        settings.save_identity(who, told["name"], told, seen=seen.posted())
    except (Conflict, Invalid) as problem:
        shown = settings.identity(settings.show(who))
        now = seen.now(problem, told, label_of)
        return page("identity", problem, told=told, slug=who.municipality, shown=shown, now=now)
    return saved("identity")


@bp.get("/dorpen")
@act(Act.SETTINGS_EDIT)
def places() -> Page:
    """Villages and quarters."""
    known = neighbourhoods.show(visitor.actor())
    return page("places", places=known, fresh="", labels={}, shown=neighbourhoods.shown(known))


@bp.post("/dorpen")
@act(Act.SETTINGS_EDIT)
def save_places() -> Page:
    """Keep the labels, add new ones, take out what nothing depends on."""
    who = visitor.actor()
    known = neighbourhoods.show(who)
    fresh = request.form.get("fresh", "")
    labels = {place.id: request.form.get(f"label:{place.id}", place.label) for place in known}
    labels |= {place.id: "" for place in known if request.form.get(f"gone:{place.id}")}
    try:
        neighbourhoods.save(who, labels, fresh.splitlines(), seen=seen.posted())
    except (Conflict, Invalid) as problem:
        shown = neighbourhoods.shown(known)
        now = seen.now(problem, labels, lambda name: shown.get(name, name))
        return page("places", problem, places=known, fresh=fresh, labels=labels, shown=shown, now=now)
    return saved("places")


@bp.get("/formulieren")
@act(Act.SETTINGS_EDIT)
def forms() -> Page:
    """All forms, with how each is reached."""
    return page("forms", forms=openings.listed(visitor.actor()))
