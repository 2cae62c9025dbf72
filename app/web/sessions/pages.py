"""Which sessions are there, and who is at this one?"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act
from app.jobs import relay
from app.services.cases.act_on_case import ActOnCase
from app.services.errors import Conflict, Invalid
from app.services.gatherings import calendar, choosing, roster, session_page, tapping
from app.services.gatherings.session_page import SessionPage
from app.services.intake import prefill
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import TOKEN, error_sentences, minted

bp = Blueprint("sessions", __name__, url_prefix="/sessies")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.SESSIONS_READ)
def index() -> str:
    """The sessions of a month, everywhere or in one place."""
    month = calendar.show(
        visitor.actor(), _month(request.args.get("maand", "")), request.args.get("plaats", "")[:200]
    )
    return render_template("sessions/calendar.html", month=month)


@bp.get("/rooster")
@act(Act.SESSIONS_HELP)
def helping() -> str:
    """When do I help, and with whom?"""
    return render_template("sessions/roster.html", turns=roster.mine(visitor.actor()))


@bp.get("/<session_id>")
@act(Act.SESSIONS_READ)
def show(session_id: str) -> Page:
    """One session: who comes, tapped when they are there."""
    return _page(session_page.show(visitor.actor(), session_id), said=request.args.get("klaar", "")[:20])


@bp.post("/<session_id>/tik")
@act(Act.CASE_ACT)
def tap(session_id: str) -> Page:
    """One tap: there, not there, paid, asked something. Back to the same line."""
    who = visitor.actor()
    case, version = request.form.get("case", "")[:40], request.form.get("_version", "")
    press = ActOnCase(
        actor=who,
        case=case,
        action=request.form.get("action", "")[:40],
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        token=request.form.get(TOKEN, "")[:64],
    )
    try:
        outcome = tapping.tap(who, session_id, press)
    except Conflict:  # somebody tapped too: the list shows what it is now
        return redirect(url_for("sessions.show", session_id=session_id, klaar="anders", _anchor=f"r-{case}"))
    except Invalid as problem:
        words = [error.message for error in problem.errors if error.message]
        return _page(session_page.show(who, session_id), wrong=words or [say("sessions.tap.wrong")]), 422
    relay.hint(who.municipality, outcome.wake)
    if outcome.open_form:
        draft = prefill.begin(who, visitor.live().form(outcome.open_form), parent=case)
        return redirect(url_for("reception.fill", draft_id=draft.id))
    return redirect(url_for("sessions.show", session_id=session_id, _anchor=f"r-{case}"))


@bp.post("/<session_id>/nieuw")
@act(Act.FORM_FILL_RECEPTION)
def walk_in(session_id: str) -> Page:
    """Somebody comes in who did not register."""
    who = visitor.actor()
    page = session_page.show(who, session_id)
    typed = {name: request.form.get(name, "")[:200] for name in page.ask}
    try:
        receipt = tapping.walk_in(who, session_id, typed, request.form.get(TOKEN, "")[:64])
    except Invalid as problem:
        return _page(page, errors=problem.errors, typed=typed), status_of(problem)
    relay.hint(who.municipality, receipt.wake)
    return redirect(
        url_for("sessions.show", session_id=session_id, klaar="nieuw", _anchor=f"r-{receipt.case}")
    )


@bp.post("/<session_id>/inschrijven")
@act(Act.FORM_FILL_RECEPTION)
def register(session_id: str) -> Response:
    """Somebody rings: their registration, with this session chosen already."""
    draft = choosing.begin(visitor.actor(), session_id)
    return redirect(url_for("reception.fill", draft_id=draft))


def _page(
    page: SessionPage,
    *,
    said: str = "",
    wrong: list[str] | None = None,
    errors: tuple[FieldError, ...] = (),
    typed: dict[str, str] | None = None,
) -> str:
    form = visitor.live().form(page.form).form
    asked = [field for name in page.ask if (field := form.field(name)) is not None]
    return render_template(
        "sessions/session.html",
        page=page,
        said=say(f"sessions.said.{said}") if said in ("nieuw", "anders") else "",
        wrong=wrong or [],
        asked=asked,
        errors=error_sentences(errors, address=form.address_form),
        typed=typed or {},
        minted=minted,
    )


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
