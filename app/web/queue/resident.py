"""What does staff give the resident of a case, and tell them by telephone?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.follow_up import beside_resident
from app.services.people import resident_codes
from app.web import visitor
from app.web.acts import act

bp = Blueprint("resident", __name__, url_prefix="/dossiers")
Page = Response | str


@bp.get("/<case_id>/bewoner")
@act(Act.CASE_READ)
def show(case_id: str) -> Page:
    """Call scripts, letters, and the resident's own page to hand over."""
    found = beside_resident.of_case(visitor.actor(), case_id)
    return render_template("queue/resident.html", beside=found, renewed="nieuw" in request.args)


@bp.post("/<case_id>/bewoner/code")
@act(Act.CASE_NOTE)
def renew(case_id: str) -> Page:
    """Another code: the old one opens nothing any more."""
    resident_codes.renew(visitor.actor(), case_id)
    return redirect(url_for("resident.show", case_id=case_id, nieuw="1"))
