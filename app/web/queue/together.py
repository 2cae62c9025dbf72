"""How is the same done with many tasks of the list?"""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import hand_over
from app.services.errors import Invalid
from app.services.tasks import together
from app.web import returning, visitor
from app.web.acts import act

bp = Blueprint("together", __name__, url_prefix="/werk/samen")
Page = Response | str | tuple[str, int]
PRINT = "print"


@bp.post("")
@act(Act.QUEUE_READ)
def prepare() -> Page:
    """What will happen, and what cannot; or the chosen tasks on paper."""
    what, tasks = request.form.get("wat", ""), request.form.getlist("taak")
    if not tasks:
        return _page(what if what in together.WHATS else "", ())
    if what == PRINT:
        lines = together.lines(visitor.actor(), "", tasks)
        return render_template("queue/together_print.html", lines=lines, back=_back())
    return _page(what, together.lines(visitor.actor(), what, tasks))


@bp.post("/doe")
@act(Act.QUEUE_READ)
def do() -> Page:
    """Do it; what was interrupted or is left goes on from the page that says so."""
    who, what = visitor.actor(), request.form.get("wat", "")
    tasks, before = request.form.getlist("taak"), request.form.get("gedaan", "0")
    try:
        done = together.do(
            who, what, tasks, to=request.form.get("to", ""), reason=request.form.get("reason", "")[:500]
        )
    except Invalid as problem:
        return _page(what, together.lines(who, what, tasks), wrong=problem.code), 422
    relay.hint(who.municipality, done.wake)
    total = done.done + (int(before) if before.isdecimal() and len(before) < 5 else 0)
    return render_template(
        "queue/together_done.html", what=what, done=done, total=total, form=request.form, back=_back()
    )


def _page(what: str, lines: tuple[together.Line, ...], *, wrong: str = "") -> str:
    who = visitor.actor()
    able = [line for line in lines if not line.refusal]
    return render_template(
        "queue/together.html",
        what=what,
        able=able,
        unable=[line for line in lines if line.refusal],
        people=hand_over.colleagues(who) if what == "hand_over" and able else (),
        chosen=request.form,
        wrong=wrong,
        back=_back(),
    )


def _back() -> str:
    return returning.path() or url_for("queue.index", van="mine")
