"""What is late, and who has too much on their plate? Metadata only."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, Relation, may
from app.jobs import relay
from app.services.cases import hand_over
from app.services.cases.hand_over import Stays
from app.services.errors import Invalid
from app.services.tasks import overview as overview_service
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
    if done.stays:
        return _page(stays=done.stays, given=(done.moved, to))
    return redirect(url_for("overview.index", verdeeld=done.moved, aan=to))


def _page(
    missing: tuple[str, ...] = (),
    *,
    lines: tuple[str, ...] = (),
    stays: tuple[Stays, ...] = (),
    given: tuple[int, str] = (0, ""),
) -> str:
    who = visitor.actor()
    overview = overview_service.show(who)
    return render_template(
        "queue/overview.html",
        overview=overview,
        people=hand_over.colleagues(who),
        bars=_bars([(load.account, load.overdue, load.open) for load in overview.loads]),
        point_bars=_bars([(item.point, item.overdue, item.open) for item in overview.points]),
        missing=missing,
        lines=lines,
        stays=[(item, say(f"refusals.{item.code}", **dict(item.params))) for item in stays],
        chosen=request.form,
        said=_given(*given) if stays else _said(),
        may_take_over=may(who, Act.CASE_TAKE_OVER, Relation.OTHER),
    )


def _bars(numbers: list[tuple[str, int, int]]) -> dict[str, tuple[int, int]]:
    """Account or contact point -> width of what is late and of the rest."""
    most = max((n for _, _, n in numbers), default=0) or 1
    found: dict[str, tuple[int, int]] = {}
    for name, late, n in numbers:
        wide = round(BAR * min(late, n) / most)
        found[name] = (wide, round(BAR * n / most) - wide)
    return found


def _said() -> str:
    """What was done just now, in words."""
    count = request.args.get("verdeeld", "")
    return _given(int(count) if count.isdecimal() and len(count) < 5 else 0, request.args.get("aan", ""))


def _given(count: int, to: str) -> str:
    worker = visitor.world().staffing.workers.get(to)
    return say("queue.overview.given", n=count, name=worker.name) if worker is not None and count else ""
