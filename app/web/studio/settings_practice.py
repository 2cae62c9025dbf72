"""How is an exercise made, filled again, and used to try what is not published yet?"""

from __future__ import annotations

from flask import request

from app.engine.policy import Act
from app.services.errors import Conflict
from app.services.municipality import exercise, settings
from app.services.municipality.municipalities import EXERCISE
from app.web import visitor
from app.web.acts import act
from app.web.studio.settings_steps import Page, address_of, bp, page

WORK = "ontwerp"


@bp.get("/oefenen", endpoint="exercise")
@act(Act.SETTINGS_EDIT)
def practice() -> Page:
    """The exercise there is, or what it would be."""
    return _shown()


@bp.post("/oefenen")
@act(Act.SETTINGS_EDIT)
def fill_exercise() -> Page:
    """Make it or fill it again; the password of everybody in it is shown this once."""
    try:
        made = exercise.fill(visitor.actor(), work=request.form.get("met") == WORK)
    except Conflict as problem:
        return _shown(problem)
    return _shown(made=made)


def _shown(problem: Conflict | None = None, made: exercise.Exercise | None = None) -> Page:
    who = visitor.actor()
    found = exercise.of(who.municipality)
    addresses = tuple(map(address_of, found.hosts)) if found else ()
    inside = settings.show(who).kind == EXERCISE
    return page("exercise", problem, found=found, addresses=addresses, made=made, inside=inside)
