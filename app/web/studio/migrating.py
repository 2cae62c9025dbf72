"""Move running cases to the versions of now: choose, see what it does, do it, take it back.

Who may publish need not know what is in a case: these pages show numbers, states, dates and labels, and link to none.
"""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.moving import migrate_cases
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of

bp = Blueprint("migrating", __name__, url_prefix="/beheer/overzetten")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.DEFINITIONS_PUBLISH)
def index() -> Page:
    """Processes with cases on earlier versions, and what was moved before."""
    who = visitor.actor()
    return render_template(
        "studio/migrating/index.html", flows=migrate_cases.flows(who), batches=migrate_cases.latest(who)
    )


@bp.get("/proces/<workflow>")
@act(Act.DEFINITIONS_PUBLISH)
def choose(workflow: str) -> Page:
    """Which cases, and where those go on whose state is gone."""
    return _choose(workflow)


@bp.post("/proces/<workflow>")
@act(Act.DEFINITIONS_PUBLISH)
def prepare(workflow: str) -> Page:
    """Have them looked at."""
    who = visitor.actor()
    states = {
        name.removeprefix("stap:"): target[:40]
        for name, target in request.form.items()
        if name.startswith("stap:")
    }
    try:
        move, wake = migrate_cases.prepare(who, workflow, frozenset(request.form.getlist("groep")), states)
    except Invalid as refused:
        return _choose(workflow, refused), 422
    relay.hint(who.municipality, wake)
    return redirect(url_for("migrating.show", move=move), 303)


@bp.get("/<move>")
@act(Act.DEFINITIONS_PUBLISH)
def show(move: str) -> Page:
    """What it would do, how far it is, or what it did."""
    return _show(move)


@bp.get("/<move>/stand")
@act(Act.DEFINITIONS_PUBLISH)
def progress(move: str) -> Response:
    """How far it is, for the page that waits."""
    found = migrate_cases.show(visitor.actor(), move).progress
    return jsonify(done=found.done, total=found.total, busy=found.busy)


@bp.post("/<move>/zet_over")
@act(Act.DEFINITIONS_PUBLISH)
def apply(move: str) -> Page:
    """Do it."""
    try:
        wake = migrate_cases.apply(visitor.actor(), move, request.form.get("nota", ""))
    except (Conflict, Invalid) as refused:
        return _show(move, refused), status_of(refused)
    return _hinted(move, wake)


@bp.post("/<move>/terug")
@act(Act.DEFINITIONS_PUBLISH)
def undo(move: str) -> Page:
    """Take it back."""
    try:
        wake = migrate_cases.undo(visitor.actor(), move)
    except Conflict as refused:
        return _show(move, refused), 409
    return _hinted(move, wake)


def _hinted(move: str, wake: tuple[int, ...]) -> Page:
    relay.hint(visitor.municipality_id(), wake)
    return redirect(url_for("migrating.show", move=move), 303)


def _choose(workflow: str, refused: ServiceError | None = None) -> str:
    flow = migrate_cases.flow(visitor.actor(), workflow)
    return render_template(
        "studio/migrating/choose.html",
        flow=flow,
        chosen=request.form.getlist("groep") if refused else [group.key for group in flow.groups],
        states=request.form,
        sentences=sentences(refused) if refused else (),
    )


def _show(move: str, refused: ServiceError | None = None) -> str:
    page = request.args.get("blad", "1")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    return render_template(
        "studio/migrating/batch.html",
        batch=migrate_cases.show(visitor.actor(), move, number),
        note=request.form.get("nota", ""),
        longest=migrate_cases.LONGEST_NOTE,
        sentences=sentences(refused) if refused else (),
    )
