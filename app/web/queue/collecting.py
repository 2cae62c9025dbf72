"""What is collected for a case: how far it is, and what came out of it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.cases import collecting, round_files
from app.services.cases.round_results import RoundView
from app.services.errors import Conflict, NotFound
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.queue.spreads import drawn

bp = Blueprint("collecting", __name__)
Page = Response | str


@bp.get("/verzamelen")
@act(Act.QUEUE_READ)
def mine() -> str:
    """Everything that one may collect for: how many there are, how many are still to be found."""
    return render_template("collecting/mine.html", found=collecting.mine(visitor.actor()))


@bp.get("/dossiers/<case_id>/verzameld")
@act(Act.CASE_READ)
def show(case_id: str) -> str:
    """How far one case is."""
    found = collecting.of_case(visitor.actor(), case_id)
    if found is None:
        raise NotFound
    return render_template("collecting/case.html", one=found)


@bp.get("/dossiers/<case_id>/verzameld/resultaten")
@act(Act.CASE_READ)
def results(case_id: str) -> Page:
    """What everybody said together."""
    try:
        view = collecting.results(visitor.actor(), case_id)
    except Conflict:
        return redirect(url_for("collecting.show", case_id=case_id))
    back = url_for("collecting.show", case_id=case_id)
    files = {kind: url_for("collecting.file", case_id=case_id, kind=kind) for kind in round_files.KINDS}
    return render_template("asking/results.html", view=view, sections=drawn(view), back=back, files=files)


@bp.get("/dossiers/<case_id>/verzameld/resultaten.<kind>")
@act(Act.CASE_READ)
def file(case_id: str, kind: str) -> Response:
    """The same to take along."""
    return taken(collecting.results(visitor.actor(), case_id), kind)


def taken(view: RoundView, kind: str) -> Response:
    """Results as a file; the browser keeps no copy."""
    if kind not in round_files.KINDS:
        raise NotFound
    answer = Response(round_files.take(visitor.actor(), view, kind), content_type=round_files.KINDS[kind])
    name = f"{say('collecting.file.name')}-{view.number}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
