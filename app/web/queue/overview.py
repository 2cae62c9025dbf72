"""What is late, and who has too much on their plate? Metadata only."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services import hand_over
from app.services import overview as overview_service
from app.web import visitor
from app.web.acts import act

bp = Blueprint("overview", __name__)


@bp.get("/overzicht")
@act(Act.OVERVIEW_READ)
def index() -> str:
    """The coordinator's page."""
    return render_template("queue/overview.html", overview=overview_service.show(visitor.actor()))


@bp.post("/overzicht/verdeel")
@act(Act.CASE_HAND_OVER)
def reassign() -> Response:
    """Give the cases of the ticked tasks to one colleague."""
    tasks = tuple(request.form.getlist("task")[:200])
    done = hand_over.reassign(
        visitor.actor(), tasks, to=request.form.get("to", ""), reason=request.form.get("reason", "")
    )
    relay.hint(visitor.municipality_id(), done.wake)
    return redirect(url_for("overview.index"))
