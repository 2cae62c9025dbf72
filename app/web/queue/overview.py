"""What is late, and who has too much on their plate? Metadata only."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import hand_over
from app.services.errors import Invalid
from app.services.tasks import overview as overview_service
from app.services.tasks.overview import Overview
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences

bp = Blueprint("overview", __name__)
ASKED = ("task", "to", "reason")
MOST_TASKS = 200
BAR = 240
"""Width of the longest bar."""
Page = Response | str | tuple[str, int]


@bp.get("/overzicht")
@act(Act.OVERVIEW_READ)
def index() -> Page:
    """The coordinator's page."""
    return _page()


@bp.post("/overzicht/verdeel")
@act(Act.CASE_HAND_OVER)
def reassign() -> Page:
    """Give the cases of the ticked tasks to one colleague."""
    missing = tuple(name for name in ASKED if not request.form.get(name, "").strip())
    if missing:
        return _page(missing), 422
    to = request.form.get("to", "")
    tasks = tuple(request.form.getlist("task")[:MOST_TASKS])
    try:
        done = hand_over.reassign(visitor.actor(), tasks, to=to, reason=request.form.get("reason", ""))
    except Invalid as problem:
        return _page(lines=sentences(problem)), 422
    relay.hint(visitor.municipality_id(), done.wake)
    return redirect(url_for("overview.index", verdeeld=done.moved, aan=to))


def _page(missing: tuple[str, ...] = (), *, lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    overview = overview_service.show(who)
    return render_template(
        "queue/overview.html",
        overview=overview,
        people=hand_over.colleagues(who),
        bars=_bars(overview),
        missing=missing,
        lines=lines,
        chosen=request.form,
        said=_said(),
    )


def _bars(overview: Overview) -> dict[str, tuple[int, int]]:
    """Account -> width of what is late and of the rest."""
    most = max((load.open for load in overview.loads), default=0) or 1
    return {
        load.account: (
            round(BAR * load.overdue / most),
            round(BAR * load.open / most) - round(BAR * load.overdue / most),
        )
        for load in overview.loads
    }


def _said() -> str:
    """What was done just now, in words."""
    count, to = request.args.get("verdeeld", ""), request.args.get("aan", "")
    worker = visitor.world().staffing.workers.get(to)
    if worker is None or not (count.isdecimal() and len(count) < 5):
        return ""
    return say("queue.overview.given", n=int(count), name=worker.name)
