"""How is a list of organisations taken over? Looked at first, with every column named; written only then."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.engine.street_file import decoded
from app.services import spreadsheets
from app.services.errors import Conflict, Invalid
from app.services.people import partner_sheet
from app.services.people.partner_csv import COLUMNS
from app.services.people.partner_sheet import Planned
from app.web import visitor
from app.web.acts import act
from app.web.partners import inputs

bp = Blueprint("partner_sheet", __name__, url_prefix="/partners/lijst")
Page = Response | str | tuple[str, int]
LARGEST = 2_000_000
LARGEST_TEXT = 500_000


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
        typed = _posted()
    except Invalid:
        return _page("", problem="unreadable"), 422
    if not typed.strip():
        return _page("", problem="empty"), 422
    columns = _columns()
    planned = partner_sheet.plan(who, typed, columns)
    if request.form.get("do") != "apply" or not planned.fresh:
        return _page(typed, planned)
    try:
        partner_sheet.take_over(who, typed, columns)
    except Conflict as problem:
        return _page(typed, planned, wrong=inputs.field_errors(problem).get("", "")), 409
    return redirect(url_for("partners.index", klaar="lijst"))


def _posted() -> str:
    """What was pasted, else the file: a list as text, or the first sheet of a workbook. Raises ``Invalid``."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return request.form.get("rows", "")[:LARGEST_TEXT]
    data = chosen.stream.read(LARGEST)
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        first = next(iter(spreadsheets.sheets(data).values()), ())
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in first)[:LARGEST_TEXT]
    return decoded(data)[:LARGEST_TEXT]


def _columns() -> tuple[str, ...] | None:
    """What somebody says each column is; ``None`` while nobody said."""
    said = request.form.getlist("column")
    return tuple(item if item in COLUMNS else "" for item in said) if said else None


def _page(typed: str, plan: Planned | None = None, *, problem: str = "", wrong: str = "") -> str:
    staffing = visitor.world().staffing
    return render_template(
        "partners/sheet.html",
        typed=typed,
        plan=plan,
        problem=problem,
        wrong=wrong,
        columns=COLUMNS,
        themes=partner_sheet.themes_of(visitor.live()),
        places=staffing.neighbourhoods,
    )
