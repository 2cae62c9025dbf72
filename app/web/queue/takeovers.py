"""An absent colleague's work, taken over in one go and given back on return: choose, look, do it, take it back."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, Relation, may
from app.jobs import relay
from app.services.cases import hand_over, takeovers
from app.services.cases.takeover_view import Chosen
from app.services.errors import Conflict, Invalid, NotFound
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.forms.showing import minted
from app.web.posting import token_of
from app.web.queue.beside import day_of

bp = Blueprint("takeovers", __name__, url_prefix="/overnemen")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.CASE_TAKE_OVER)
def index() -> Page:
    """Whose work? And what was taken over before."""
    who = visitor.actor()
    return render_template(
        "queue/takeover_whose.html", people=takeovers.colleagues(who), running=takeovers.running(who)
    )


@bp.get("/van/<account>")
@act(Act.CASE_TAKE_OVER)
def choose(account: str) -> Page:
    """What of it, with the numbers?"""
    return _choose(account)


@bp.post("/van/<account>")
@act(Act.CASE_TAKE_OVER)
def begin(account: str) -> Page:
    """Write it down, and begin."""
    try:
        made = takeovers.begin(
            visitor.actor(),
            account,
            _chosen(),
            to=request.form.get("to", ""),
            reason=request.form.get("reason", ""),
            token=token_of(),
        )
    except Conflict as problem:
        return _choose(account, sentences(problem)), 409
    except (Invalid, NotFound) as problem:
        return _choose(account, sentences(problem)), 422
    relay.hint(visitor.municipality_id(), takeovers.carry_on(visitor.actor(), made))
    return redirect(url_for("takeovers.show", takeover=made))


@bp.get("/<takeover>")
@act(Act.CASE_TAKE_OVER)
def show(takeover: str) -> Page:
    """How far it is, what stayed and why."""
    return render_template(
        "queue/takeover.html",
        over=takeovers.standing(visitor.actor(), takeover),
        going_back=request.args.get("terug") == "1",
    )


@bp.post("/<takeover>")
@act(Act.CASE_TAKE_OVER)
def go_on(takeover: str) -> Page:
    """The next cases there, or back."""
    who, back = visitor.actor(), request.form.get("_do") == "back"
    wake = takeovers.give_back(who, takeover) if back else takeovers.carry_on(who, takeover)
    relay.hint(who.municipality, wake)
    return redirect(url_for("takeovers.show", takeover=takeover, terug=1 if back else None))


def _chosen() -> Chosen:
    before = day_of(request.values.get("before", "")) if request.values.get("which") == "before" else None
    return Chosen(before, request.values.get("point", "")[:40])


def _choose(account: str, lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    leads = may(who, Act.CASE_TAKE_OVER, Relation.OTHER)
    people = [item for item in hand_over.colleagues(who) if item.account not in (account, who.account)]
    return render_template(
        "queue/takeover_what.html",
        preview=takeovers.preview(who, account, _chosen()),
        people=people if leads else [],
        lines=lines,
        chosen=request.values,
        today=visitor.moment().today,
        token=minted(),
    )
