"""What should I do today?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.jobs import relay
from app.services.cases import own_asks
from app.services.tasks import choice as choices
from app.services.tasks import claim_task, finish_task, queue, saved_views, together
from app.web import returning, visitor
from app.web.acts import act
from app.web.queue import address

bp = Blueprint("queue", __name__)
Page = Response | str


@bp.get("/werk")
@act(Act.QUEUE_READ)
def index() -> Page:
    """The queue: mine first, by due date; for whoever chose so, the view they begin with."""
    who = visitor.actor()
    views = saved_views.of(who)
    first = next((view for view in views if view.first and view.mine), None)
    if not request.args and first:
        return redirect(address.of(first.choice))
    chosen = address.choice_of(request.args)
    if "" in request.args.values():
        return redirect(address.of(chosen))  # an empty field of the filter says nothing
    worker = visitor.world().staffing.workers.get(chosen.person)
    page = queue.show(
        who,
        chosen,
        cursor=request.args.get(address.CURSOR, "")[:200],
        learnt=visitor.learnt(),
    )
    return render_template(
        "queue/index.html",
        page=page,
        person=worker,
        views=queue.VIEWS,
        saved=views,
        current=next((view for view in views if view.choice == chosen), None),
        may_share=may_ever(who, Act.OVERVIEW_READ),
        may_find=may_ever(who, Act.CASE_FIND),
        here=_here(),
        together=(*together.offered(who, chosen.scope), "print"),
        address=address,
        sorts=[sort for sort in choices.SORTS if sort != "name" or chosen.scope in choices.NAMED],
        done=request.args.get("klaar", "")[:60],
        asked=own_asks.waiting(who, visitor.learnt()) if chosen.scope == "mine" else (),
    )


@bp.post("/taken/<task_id>/neem")
@act(Act.CASE_CLAIM)
def claim(task_id: str) -> Response:
    """Take a task of the group."""
    outcome = claim_task.claim(visitor.actor(), task_id)
    relay.hint(visitor.municipality_id(), outcome.wake)
    return redirect(returning.path() or url_for("cases.show", case_id=outcome.case))


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
    return redirect(returning.path() or url_for("cases.show", case_id=outcome.case))


def _here() -> str:
    """Where to come back to: this page of this view."""
    return request.full_path.removesuffix("?")
