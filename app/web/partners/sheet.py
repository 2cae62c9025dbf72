"""How is a list of organisations taken over? Looked at first, with every column named; written only then."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.errors import Conflict, Invalid
from app.services.people import partner_sheet
from app.services.people.partner_csv import COLUMNS
from app.services.people.partner_sheet import Planned
from app.texts import say
from app.web import lists, visitor
from app.web.acts import act
from app.web.partners import inputs

bp = Blueprint("partner_sheet", __name__, url_prefix="/partners/lijst")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.STAFFING_EDIT)
def show() -> Page:
    """Paste or choose a list."""
    return _page("")


@bp.post("")
@act(Act.STAFFING_EDIT)
def post() -> Page:
    """Look at a list, and then take it over."""
    who = visitor.actor()
    try:
        typed = lists.posted()
    except Invalid:
        return _page("", problem="unreadable"), 422
    if not typed.strip():
        return _page("", problem="empty"), 422
    columns = lists.columns(COLUMNS)
    planned = partner_sheet.plan(who, typed, columns)
    if request.form.get("do") != "apply" or not planned.fresh:
        return _page(typed, planned)
    try:
        partner_sheet.take_over(who, typed, columns)
    except Conflict as problem:
        return _page(typed, planned, wrong=inputs.field_errors(problem).get("", "")), 409
    return redirect(url_for("partners.index", klaar="lijst"))


def _page(typed: str, plan: Planned | None = None, *, problem: str = "", wrong: str = "") -> str:
    staffing = visitor.world().staffing
    return render_template(
        "partners/sheet.html",
        typed=typed,
        plan=plan,
        problem=problem,
        wrong=wrong,
        columns=COLUMNS,
        words={column: say(f"partners.column.{column}") for column in COLUMNS},
        themes=partner_sheet.themes_of(visitor.live()),
        places=staffing.neighbourhoods,
    )
