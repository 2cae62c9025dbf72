"""Who is this? A search by name as heard, and the quiet question beside a form.

Everything asked is posted: no name and no number stands in an address or a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.engine import values
from app.engine.likeness import Portrait
from app.engine.names import LONGEST, Name
from app.engine.policy import Act
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.intake import drafts
from app.services.people import keying, persons, search_log
from app.services.people.persons import PersonLine
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.reception import around

bp = Blueprint("finding", __name__, url_prefix="/onthaal")
NAME, BIRTH, PLACE, NUMBER, REASON = "naam", "geboorte", "buurt", "nummer", "reden"
Page = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the search form, what is wrong with it (input -> sentence), and who was found, ``None`` before
    anything was asked."""

    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    people: list[PersonLine] | None = None


@bp.post("/ontwerp/<draft_id>/gelijkenis")
@act(Act.DRAFT_OWN)
def alike(draft_id: str) -> Page:
    """Who a draft could be about, from the few inputs that say so."""
    who = visitor.actor()
    version = catalogs.form_version(who.municipality, drafts.load(who, draft_id).form_version)
    chosen = request.form.get(around.PERSON, "")[: around.MOST[around.PERSON]]
    raw = dict(request.form.lists())
    found = around.alike(version, raw, who, chosen, sure=True)
    return render_template("reception/_alike.html", alike=found)


@bp.get("/zoeken")
@act(Act.PERSON_FIND)
def search() -> Page:
    """The empty search form."""
    return _page(Asked({}, {}))


@bp.post("/zoeken")
@act(Act.PERSON_FIND)
def found() -> Page:
    """Who could be meant, the most alike first, with why."""
    typed = {name: request.form.get(name, "").strip()[:LONGEST] for name in (NAME, BIRTH, PLACE)}
    try:
        birth = keying.birth_of(typed[BIRTH])
    except values.Rejected as problem:
        return _page(Asked(typed, {BIRTH: sentence(problem.code, dict(problem.params))})), 422
    try:
        people = persons.find(visitor.actor(), Portrait(Name(whole=typed[NAME]), birth, typed[PLACE]))
    except Invalid as problem:
        status = 429 if problem.code == "search_too_many" else 422
        return _page(Asked(typed, {NAME: sentence(problem.code, problem.params)})), status
    return _page(Asked(typed, {}, people))


@bp.post("/zoeken/rijksregister")
@act(Act.PERSON_FIND_NATIONAL)
def by_number() -> Page:
    """Who was entered with exactly this number, for who has a right of their own to ask it."""
    number, reason = request.form.get(NUMBER, "")[:40], request.form.get(REASON, "")[:300]
    try:
        people = persons.by_number(visitor.actor(), number, reason)
    except Invalid as problem:
        where = REASON if problem.code == "reason_needed" else NUMBER
        status = 429 if problem.code == "search_too_many" else 422
        return _page(Asked({REASON: reason}, {where: sentence(problem.code, problem.params)})), status
    return _page(Asked({REASON: reason}, {}, people))


@bp.get("/zoekopdrachten")
@act(Act.AUDIT_READ)
def searches() -> Page:
    """Who looked for whom, and why."""
    return render_template("reception/searches.html", searches=search_log.listed(visitor.actor()))


def _page(asked: Asked) -> str:
    return render_template(
        "reception/search.html",
        asked=asked,
        places=visitor.world().staffing.neighbourhoods,
        by_number=persons.may_find_by_number(visitor.actor()),
    )


def sentence(code: str, params: Mapping[str, str]) -> str:
    """What is wrong with what was looked for."""
    for place in (f"finding.{code}", f"errors.{code}"):
        if has(place):
            return say(place, **params)
    return say("finding.unreadable")
