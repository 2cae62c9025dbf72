"""A list for the kitchen or for who drives: on the screen, and on paper."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.gatherings import lists
from app.web import visitor
from app.web.acts import act
from app.web.reception.cards import pdf_answer

bp = Blueprint("session_lists", __name__, url_prefix="/sessies/<session_id>/lijsten")


@bp.get("/<name>")
@act(Act.SESSIONS_HELP)
def show(session_id: str, name: str) -> str:
    """To read, and to print from the browser."""
    who = visitor.actor()
    found = lists.show(who, session_id, name)
    there = url_for("sessions.show", session_id=session_id)
    back = there if may_ever(who, Act.SESSIONS_READ) else url_for("sessions.helping")
    return render_template("sessions/list.html", found=found, back=back)


@bp.get("/<name>.pdf")
@act(Act.SESSIONS_HELP)
def pdf(session_id: str, name: str) -> Response:
    """The same as PDF."""
    return pdf_answer(lists.as_pdf(visitor.actor(), session_id, name), f"{name}.pdf")
