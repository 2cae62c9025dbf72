"""What should I do today?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.tasks import claim_task, finish_task, queue
from app.web import visitor
from app.web.acts import act

bp = Blueprint("queue", __name__)


@bp.get("/werk")
@act(Act.QUEUE_READ)
def index() -> str:
    """The queue: mine first, by due date."""
    view, scope = request.args.get("toon", "all"), request.args.get("van", "mine")
    worker = visitor.world().staffing.workers.get(request.args.get("wie", "")) if scope == "team" else None
    page = queue.page(
        visitor.actor(),
        view if view in queue.VIEWS else "all",
        scope=scope if scope in queue.SCOPES else "mine",
        person=worker.id if worker else "",
        cursor=request.args.get("vanaf", "")[:200],
    )
    return render_template(
        "queue/index.html",
        page=page,
        person=worker,
        views=queue.VIEWS,
        done=request.args.get("klaar", "")[:60],
    )


@bp.post("/taken/<task_id>/neem")
@act(Act.CASE_CLAIM)
def claim(task_id: str) -> Response:
    """Take a task of the group."""
    outcome = claim_task.claim(visitor.actor(), task_id)
    relay.hint(visitor.municipality_id(), outcome.wake)
    return redirect(url_for("cases.show", case_id=outcome.case))


@bp.post("/taken/<task_id>/klaar")
@act(Act.TASK_FINISH)
def finish(task_id: str) -> Response:
    """Tick off a sub-task, or give it up with a note."""
    given_up = request.form.get("_do") == "cancelled"
    outcome = finish_task.finish(
        visitor.actor(),
        task_id,
        outcome="cancelled" if given_up else "done",
        note=request.form.get("note", ""),
    )
    relay.hint(visitor.municipality_id(), outcome.wake)
    return redirect(url_for("cases.show", case_id=outcome.case))
