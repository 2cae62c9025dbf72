"""Who is away, what it means before it is saved, and who is back?"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.people import Absence
from app.engine.policy import Act, may
from app.jobs import relay
from app.services.errors import Conflict, Forbidden, Invalid, NotFound, ServiceError
from app.services.staff import staff_absences
from app.services.staff.staff_absences import Preview
from app.web import visitor
from app.web.acts import act
from app.web.studio import staff_forms, staff_words

bp = Blueprint("absences", __name__, url_prefix="/beheer/afwezig")
Page = Response | str | tuple[str, int]
ENDS_SOON = "vandaag"


@bp.get("")
@act(Act.ABSENCE_OWN)
def index() -> Page:
    """Who is or will be away; without more rights one's own."""
    who = visitor.actor()
    everybody = may(who, Act.STAFFING_READ)
    today, rows = staff_absences.upcoming(who, own=not everybody)
    return render_template(
        "studio/staff/absences.html",
        rows=rows,
        today=today,
        mine=who.account,
        may_edit=may(who, Act.STAFFING_EDIT),
        known=staff_words.words(),
        words=staff_words,
        done=request.args.get("klaar", ""),
        name=staff_words.words().names.get(request.args.get("wie", ""), ""),
        lines=(),
    )


@bp.get("/nieuw")
@act(Act.ABSENCE_OWN)
def add() -> Page:
    """From when to when? Beginning today, for who falls ill."""
    today, _ = staff_absences.upcoming(visitor.actor(), own=True)
    wanted = request.args.get("wie", "")
    first = today.isoformat() if request.args.get("van") == ENDS_SOON else ""
    return _form({"account": wanted or visitor.actor().account, "start": first, "end": first})


@bp.post("/nieuw")
@act(Act.ABSENCE_OWN)
def add_post() -> Page:
    """Show what it means; save it when that was seen."""
    who, typed = visitor.actor(), _typed()
    start, end = staff_forms.day("start"), staff_forms.day("end")
    if start is None or end is None:
        return _form(typed, lines=staff_words.said(Invalid("absence_days"))), 422
    absence = Absence(typed["account"], start, end, typed["replacement"])
    try:
        seen = staff_absences.preview(who, absence)
        if request.form.get("do") != "save" or request.form.get("shown") != _key(absence) or seen.faults:
            status = 409 if seen.faults or seen.problems else 200
            return _form(typed, seen), status
        done = staff_absences.save(who, absence)
    except (Invalid, NotFound, Forbidden) as problem:
        return _form(typed, lines=staff_words.said(problem)), _status(problem)
    except Conflict:
        return _form(typed, staff_absences.preview(who, absence)), 409
    relay.hint(visitor.municipality_id(), done.wake)
    return redirect(url_for("absences.index", klaar="afwezig", wie=absence.account))


@bp.post("/<key>/terug")
@act(Act.ABSENCE_OWN)
def back(key: str) -> Page:
    """Somebody is back, or does not go."""
    if not key.isdecimal() or len(key) > 19:
        raise NotFound
    try:
        staff_absences.end(visitor.actor(), int(key))
    except Conflict as problem:
        return _form(_typed(), lines=staff_words.said(problem)), 409
    return redirect(url_for("absences.index", klaar="terug_gemeld"))


def _typed() -> dict[str, str]:
    found = {name: staff_forms.text(name) for name in ("account", "start", "end", "replacement")}
    return {**found, "account": found["account"] or visitor.actor().account}


def _key(absence: Absence) -> str:
    """What was shown, so that nothing else is saved."""
    return f"{absence.account}.{absence.start}.{absence.end}.{absence.replacement}"


def _form(typed: dict[str, str], seen: Preview | None = None, *, lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    edits = may(who, Act.STAFFING_EDIT)
    known = staff_words.words()
    staffing = visitor.world().staffing
    people = sorted((item for item in staffing.workers.values() if item.active), key=lambda item: item.name)
    return render_template(
        "studio/staff/absence.html",
        typed=typed,
        seen=seen,
        shown=_key(seen.absence) if seen else "",
        own=typed["account"] == who.account,
        people=people,
        may_edit=edits,
        known=known,
        words=staff_words,
        period=lambda first, last: staff_words.period(_iso(first), _iso(last)),
        lines=lines,
    )


def _iso(day: date) -> str:
    return day.isoformat()


def _status(problem: ServiceError) -> int:
    if isinstance(problem, Forbidden):
        return 403
    return 404 if isinstance(problem, NotFound) else 422
