"""How does somebody ask to read a case in an emergency, and who answers?"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, Relation, may
from app.jobs import relay
from app.services.cases import emergencies, emergency_read
from app.services.cases.share_case import BASES
from app.services.errors import Conflict, Invalid, NotFound
from app.texts import has, say
from app.web import emergency_bar, visitor
from app.web.acts import act
from app.web.errors import sentences

bp = Blueprint("emergency", __name__, url_prefix="/noodinzage")
Page = Response | str | tuple[str, int]
MOST_NUMBER, MOST_TEXT = 60, 500


@bp.get("")
@act(Act.EMERGENCY_SEE)
def index() -> Page:
    """What was asked, and the form to ask. ``nummer`` fills the number in."""
    return _index({"number": request.args.get("nummer", "")[:MOST_NUMBER]})


@bp.post("")
@act(Act.EMERGENCY_ASK)
def ask() -> Page:
    """Ask to read one case."""
    typed = {
        "number": request.form.get("number", "")[:MOST_NUMBER],
        "ground": request.form.get("ground", "")[:40],
        "reason": request.form.get("reason", "")[:MOST_TEXT],
    }
    who = visitor.actor()
    try:
        key, wake = emergencies.ask(who, typed["number"], ground=typed["ground"], reason=typed["reason"])
    except NotFound:
        return _index(typed, (say("errors.emergency_number"),)), 422
    except Invalid as problem:
        return _index(typed, sentences(problem)), 422
    relay.hint(who.municipality, wake)
    return redirect(url_for("emergency.show", request_id=key, klaar="gevraagd"))


@bp.get("/<request_id>")
@act(Act.EMERGENCY_SEE)
def show(request_id: str) -> Page:
    """One request, with what who looks can do about it."""
    return _one(request_id)


@bp.post("/<request_id>/antwoord")
@act(Act.EMERGENCY_APPROVE)
def answer(request_id: str) -> Page:
    """Agree or refuse."""
    agreed = request.form.get("_do") == "agree"
    who = visitor.actor()
    try:
        wake = emergencies.answer(who, request_id, agreed=agreed)
    except Conflict as problem:
        return _one(request_id, sentences(problem)), 409
    relay.hint(who.municipality, wake)
    return _back(request_id, "akkoord" if agreed else "geweigerd")


@bp.post("/<request_id>/stop")
@act(Act.EMERGENCY_SEE)
def end(request_id: str) -> Page:
    """End it before the hour is over."""
    try:
        emergencies.end(visitor.actor(), request_id)
    except Conflict as problem:
        return _one(request_id, sentences(problem)), 409
    return emergency_bar.forget(make_response(_back(request_id, "gestopt")))


@bp.post("/<request_id>/nagekeken")
@act(Act.AUDIT_READ)
def review(request_id: str) -> Page:
    """Say what was found of it afterwards."""
    note = request.form.get("note", "")[:MOST_TEXT]
    try:
        emergencies.review(visitor.actor(), request_id, note)
    except Conflict as problem:
        return _one(request_id, sentences(problem)), 409
    except Invalid as problem:
        return _one(request_id, sentences(problem)), 422
    return _back(request_id, "nagekeken")


@bp.get("/<request_id>/dossier")
@act(Act.EMERGENCY_READ)
def read(request_id: str) -> Page:
    """The case, to read. Every opening is written down."""
    running, case = emergency_read.read(visitor.actor(), request_id)
    page = render_template("emergency/read.html", case=case, running=running, emergency_now=[running])
    return emergency_bar.keep(make_response(page))


def _index(typed: dict[str, str], lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    requests = emergency_read.listed(who)
    return render_template(
        "emergency/index.html",
        mine=[item for item in requests if item.mine],
        others=[item for item in requests if not item.mine],
        may_ask=may(who, Act.EMERGENCY_ASK),
        answers=may(who, Act.EMERGENCY_APPROVE, Relation.OTHER),
        bases=BASES,
        typed=typed,
        lines=lines,
    )


def _one(request_id: str, lines: tuple[str, ...] = ()) -> str:
    who, done = visitor.actor(), request.args.get("klaar", "")
    code = f"emergency.said.{done}"
    return render_template(
        "emergency/one.html",
        request=emergency_read.show(who, request_id),
        said=say(code) if done and has(code) else "",
        lines=lines,
        reads=may(who, Act.EMERGENCY_READ, Relation.OWN),
    )


def _back(request_id: str, done: str) -> Response:
    return redirect(url_for("emergency.show", request_id=request_id, klaar=done))
