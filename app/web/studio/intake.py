"""How is one form closed for a while, given a short address, and shown on the municipality's own site?"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act
from app.engine.values.dates import read_day
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import openings
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.forms.showing import error_sentences
from app.web.shell import day_short
from app.web.studio import seen

bp = Blueprint("intake", __name__, url_prefix="/beheer/openstellen")
Page = Response | str | tuple[str, int]
HEIGHT = 1400
"""Pixels of the frame that is offered: a whole card on a wide page."""


@bp.get("/<form_id>")
@act(Act.SETTINGS_EDIT)
def show(form_id: str) -> Page:
    """How the form is reached now."""
    return _page(form_id)


@bp.post("/<form_id>/sluiten")
@act(Act.SETTINGS_EDIT)
def close(form_id: str) -> Page:
    """Close it, now or from a day on."""
    told = {name: request.form.get(name, "").strip() for name in ("start", "last", "sentence")}
    try:
        start, last = _day("start", told["start"]), _day("last", told["last"])
        openings.close(visitor.actor(), form_id, start, last, told["sentence"], seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _page(form_id, problem, told)
    return _saved(form_id)


@bp.post("/<form_id>/openen")
@act(Act.SETTINGS_EDIT)
def reopen(form_id: str) -> Page:
    """Open it now."""
    try:
        openings.reopen(visitor.actor(), form_id, seen=seen.posted())
    except Conflict as problem:
        return _page(form_id, problem)
    return _saved(form_id)


@bp.post("/<form_id>/kort")
@act(Act.SETTINGS_EDIT)
def set_word(form_id: str) -> Page:
    """Its short address."""
    word = request.form.get("word", "")
    try:
        openings.set_word(visitor.actor(), form_id, word, seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _page(form_id, problem, {"word": word})
    return _saved(form_id)


@bp.post("/<form_id>/kader")
@act(Act.SETTINGS_EDIT)
def set_origins(form_id: str) -> Page:
    """Whose pages may show it."""
    typed = request.form.get("origins", "")
    try:
        openings.set_origins(visitor.actor(), form_id, typed.splitlines(), seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _page(form_id, problem, {"origins": typed})
    return _saved(form_id)


def _page(form_id: str, problem: ServiceError | None = None, told: dict[str, str] | None = None) -> Page:
    line = openings.show(visitor.actor(), form_id)
    found: tuple[FieldError, ...] = getattr(problem, "errors", ())
    shown = _told(line)
    html = render_template(
        "studio/intake.html",
        line=line,
        standing=line.standing,
        told=shown | (told or {}),
        now=_now(line, told or {}) if seen.is_stale(problem) else (),
        errors=error_sentences(found),
        lines=() if found or problem is None else sentences(problem),
        saved=request.args.get("bewaard", ""),
        short=url_for("public.short", word=line.standing.opening.word or "x", _external=True),
        snippet=_snippet(line),
    )
    return (html, 409 if seen.is_stale(problem) else 422) if problem is not None else html


def _now(line: openings.FormLine, typed: dict[str, str]) -> seen.Now:
    """What somebody else saved; of a closing also whether it is closed, since when one does not type that."""
    shown, standing = _told(line), line.standing
    names = {
        "sentence": "intake.sentence",
        "last": "intake.until",
        "word": "intake.word",
        "origins": "intake.origins",
    }
    told = [(say(code), shown[name], typed.get(name, shown[name])) for name, code in names.items()]
    state = "closed" if standing.closed else "planned" if standing.planned else "open"
    stands = say(f"intake.{state}", day=day_short(standing.starts) if standing.starts else "")
    closing = ((say("seen.closing"), stands),) if not typed or "sentence" in typed else ()
    return closing + seen.differing(told)


def _told(line: openings.FormLine) -> dict[str, str]:
    opening, until = line.standing.opening, line.standing.until
    return {
        "start": "",
        "last": f"{until:%d/%m/%Y}" if until else "",
        "sentence": opening.sentence,
        "word": opening.word,
        "origins": "\n".join(opening.origins),
    }


def _snippet(line: openings.FormLine) -> str:
    """What a site pastes in; every part is ours or checked."""
    address = url_for("framed.form", form_id=line.form.id, _external=True)
    title = line.form.title.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy" '
        'style="border:0"></iframe>'
    )


def _day(name: str, typed: str) -> date | None:
    """A day as people write it. Raises ``Invalid`` beside the field."""
    found = read_day(typed) if typed else None
    if typed and found is None:
        raise Invalid(errors=(FieldError(name, "date"),))
    return found


def _saved(form_id: str) -> Response:
    return redirect(url_for("intake.show", form_id=form_id, bewaard=1))
