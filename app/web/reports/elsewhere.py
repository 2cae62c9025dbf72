"""Figures of others: what is there, how a list is read in, how one is taken back."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may
from app.services.errors import Conflict, Invalid
from app.services.reports import elsewhere
from app.services.reports.elsewhere import Planned
from app.services.reports.figure_file import COLUMNS
from app.texts import say
from app.web import lists, visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import minted
from app.web.posting import token_of
from app.web.reports.answering import wrong_of

bp = Blueprint("elsewhere", __name__, url_prefix="/cijfers/elders")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.REPORTS_READ)
def index() -> Page:
    """Every series, and what became of older ones."""
    return _index()


@bp.post("/<series>/intrekken")
@act(Act.FIGURES_EDIT)
def withdraw(series: str) -> Page:
    """Take one back."""
    try:
        elsewhere.withdraw(visitor.actor(), series, request.form.get("why", ""))
    except (Invalid, Conflict) as problem:
        wrong = (
            say("figures.withdraw.gone") if isinstance(problem, Conflict) else say("figures.error.required")
        )
        return _index(series, wrong), status_of(problem)
    return redirect(url_for("elsewhere.index", klaar="withdrawn"))


@bp.get("/lijst")
@act(Act.FIGURES_EDIT)
def sheet() -> Page:
    """Paste or choose a list."""
    return _sheet("")


@bp.post("/lijst")
@act(Act.FIGURES_EDIT)
def sheet_post() -> Page:
    """Look at a list, and then read it in."""
    who, form = visitor.actor(), request.form
    try:
        typed = lists.posted()
    except Invalid:
        return _sheet("", wrong={"rows": say("figures.list.unreadable")}), 422
    if not typed.strip():
        return _sheet("", wrong={"rows": say("figures.list.empty")}), 422
    columns = lists.columns(COLUMNS)
    planned = elsewhere.plan(who, typed, columns)
    if form.get("do") != "apply":
        return _sheet(typed, planned)
    said = {"source": form.get("source", ""), "source_on": form.get("source_on", "")}
    try:
        elsewhere.take_over(who, typed, planned.sheet.columns, token=token_of(), **said)
    except (Invalid, Conflict) as problem:
        return _sheet(typed, planned, wrong=wrong_of(problem)), status_of(problem)
    return redirect(url_for("elsewhere.index", klaar="read"))


def _index(withdrawing: str = "", wrong: str = "") -> str:
    who = visitor.actor()
    every = elsewhere.listed(who)
    return render_template(
        "reports/elsewhere.html",
        standing=[item for item in every if not item.ended_how],
        ended=[item for item in every if item.ended_how],
        places=visitor.world().staffing.neighbourhoods,
        may_edit=may(who, Act.FIGURES_EDIT),
        withdrawing=withdrawing,
        wrong=wrong,
        done=request.args.get("klaar", ""),
    )


def _sheet(typed: str, plan: Planned | None = None, *, wrong: dict[str, str] | None = None) -> str:
    about_people = plan is not None and not plan.sheet.headings
    return render_template(
        "reports/elsewhere_sheet.html",
        typed="" if about_people else typed,
        plan=plan,
        wrong=wrong or {},
        words={column: say(f"figures.list.column.{column}") for column in COLUMNS},
        said=request.form,
        minted=minted(),
    )
