"""Was everything copied, and does something wait since a copy was put back? For who keeps the installation."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.errors import Conflict
from app.services.safekeeping import holding, watch
from app.services.safekeeping.holding import Held
from app.web import visitor
from app.web.acts import act

bp = Blueprint("safe", __name__, url_prefix="/beheer/reservekopie")


@bp.get("")
@act(Act.SYSTEM_HEALTH)
def index() -> str:
    """The last copy, the last drill, and what is held."""
    who = visitor.actor()
    return render_template(
        "studio/safe.html",
        kept=watch.shown(who),
        held=holding.standing(who),
        wrong="",
        typed="",
        done=_done(),
    )


@bp.post("/loslaten")
@act(Act.ACCOUNTS_EDIT)
def release() -> Response | tuple[str, int]:
    """Let it go, all of it or without the mail that was due before a moment."""
    who, typed = visitor.actor(), request.form.get("before", "").strip()
    try:
        before = _instant(typed)
    except ValueError:
        page = {
            "kept": watch.look(),
            "held": holding.standing(who),
            "wrong": "before",
            "typed": typed,
            "done": "",
        }
        return render_template("studio/safe.html", **page), 422
    try:
        holding.release(who, no_mail_before=before)
    except Conflict:
        return redirect(url_for("safe.index"))
    return redirect(url_for("safe.index", losgelaten=1))


def held() -> Held | None:
    """What is held, for the bar above every page of who may let it go; asked once a request."""
    if "held" not in g:
        mine = visitor.is_signed_in() and may_ever(visitor.actor(), Act.ACCOUNTS_EDIT)
        g.held = holding.standing(visitor.actor()) if mine else None
    found: Held | None = g.held
    return found


def _done() -> str:
    return "released" if request.args.get("losgelaten") == "1" else ""


def _instant(typed: str) -> datetime | None:
    """A local time as the browser gives it. Raises ``ValueError``."""
    zone: ZoneInfo = visitor.world().calendar.zone
    return datetime.fromisoformat(typed).replace(tzinfo=zone) if typed else None
