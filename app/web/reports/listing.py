"""Every report by the question it answers, and one reading of one of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers.response import Response as AnyResponse

from app.engine.policy import Act, may
from app.jobs import relay
from app.services.errors import Conflict, Invalid
from app.services.reports import council, elsewhere, frozen, read_report, result_files, runs
from app.services.reports.frozen import ReportResult
from app.services.reports.runs import Looked
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import minted
from app.web.posting import token_of
from app.web.reception.cards import pdf_answer
from app.web.reports.answering import said_of, wrong_of
from app.web.reports.drawing import draw

bp = Blueprint("listing", __name__, url_prefix="/rapporten")
Page = AnyResponse | str | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES, FIGURES = "neighbourhood", "figures"


@bp.get("")
@act(Act.REPORT_AUDIENCE)
def index() -> str:
    """The reports that are meant for somebody: by question, and by form."""
    every = read_report.listed(visitor.actor())
    return render_template(
        "reports/list.html",
        asked=[item for item in every if not item.page_of],
        forms=[item for item in every if item.page_of],
        may_read=may(visitor.actor(), Act.REPORTS_READ),
    )


@bp.get("/<report>")
@act(Act.REPORT_AUDIENCE)
def show(report: str) -> Page:
    """One reading."""
    return _page(report)


@bp.get("/<report>/bestand.<kind>")
@act(Act.REPORT_AUDIENCE)
def take(report: str, kind: str) -> AnyResponse:
    """The same as a file."""
    try:
        content = result_files.take(visitor.actor(), report, kind, _period(), _filters())
    except Conflict:  # it is being made: the page says how far it is
        return redirect(_address(report))
    if kind == result_files.PDF:
        return pdf_answer(content, f"{report}.pdf")
    mime, ending = (XLSX, "xlsx") if kind == result_files.XLSX else ("application/zip", "zip")
    answer = Response(content, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{report}.{ending}"'
    return answer


@bp.get("/<report>/stand")
@act(Act.REPORT_AUDIENCE)
def progress(report: str) -> AnyResponse:
    """How far a reading is, for the page that waits."""
    making = _looked(report, _period()).making
    if making is None:
        return jsonify(done=0, total=0, busy=False)
    return jsonify(done=making.done, total=making.total, busy=not making.failed)


@bp.post("/<report>/opnieuw")
@act(Act.REPORT_AUDIENCE)
def again(report: str) -> AnyResponse:
    """Ask once more for a reading that failed, or for today's count."""
    relay.hint(visitor.municipality_id(), runs.again(visitor.actor(), report, _period(), _filters()))
    return redirect(_address(report), 303)


@bp.post("/<report>/antwoord")
@act(Act.FIGURES_EDIT)
def answer(report: str) -> Page:
    """What those who govern did with a period."""
    said = said_of(request.form)
    first, period = request.form.get("first", "")[:10], request.form.get("periode", "")[:20]
    try:
        council.give(visitor.actor(), report, first, token=token_of(), **said)
    except (Invalid, Conflict) as problem:
        return _page(report, period, wrong=wrong_of(problem), said=said), status_of(problem)
    return redirect(url_for("listing.show", report=report, periode=period, klaar="answer"))


def _page(
    report: str, period: str = "", *, wrong: dict[str, str] | None = None, said: dict[str, str] | None = None
) -> str:
    who = visitor.actor()
    found = _looked(report, period or _period())
    title = next((item.title for item in read_report.listed(who) if item.id == report), report)
    around = {
        "report": report,
        "title": title,
        "offered": frozen.offered(who, report),
        "done": request.args.get("klaar", ""),
        "again": _address(report, "listing.again"),
    }
    if found.making is not None:
        where = {"here": _address(report), "stand": _address(report, "listing.progress")}
        return render_template("reports/report_busy.html", making=found.making, **where, **around)
    result = found.result
    if result is None:
        return render_template("reports/report_nothing.html", **around)
    over = not result.period.running
    return render_template(
        "reports/report.html",
        result=result,
        counted_at=found.counted_at,
        drawn={chart.table: (chart, draw(chart)) for chart in result.charts},
        beside=_beside(result),
        places=visitor.world().staffing.neighbourhoods,
        amount=result_files.amount,
        give=url_for("listing.answer", report=report),
        first=result.period.first.isoformat(),
        period_key=result.period.key,
        answers=council.of(who.municipality, report, result.period.first) if over else (),
        may_answer=over and may(who, Act.FIGURES_EDIT),
        wrong=wrong or {},
        said=said or {},
        minted=minted(),
        chosen={choice.id: choice.chosen for choice in result.choices if choice.chosen},
        **around,
    )


def _looked(report: str, period: str) -> Looked:
    """What there is of a reading; a worker hears at once of one that has to be made."""
    found = runs.look(visitor.actor(), report, period, _filters())
    if found.making is not None:
        relay.hint(visitor.municipality_id(), found.making.wake)
    return found


def _address(report: str, endpoint: str = "listing.show") -> str:
    """The same reading at another address."""
    asked: dict[str, Any] = {f"f-{name}": value for name, value in _filters().items()}
    if _period():
        asked["periode"] = _period()
    return url_for(endpoint, report=report, **asked)


def _beside(result: ReportResult) -> tuple[elsewhere.Series, ...]:
    """Figures of others beside a report that tells neighbourhoods apart, and has none of its own."""
    there = {table.id for table in result.tables}
    wanted = PLACES in there and FIGURES not in there
    return elsewhere.figures(visitor.actor().municipality) if wanted else ()


def _period() -> str:
    return request.args.get("periode", "")[:20]


def _filters() -> dict[str, str]:
    """What was chosen, by dimension: ``f-neighbourhood=oosthoek``."""
    return {
        name.removeprefix("f-"): value[:80]
        for name, value in request.args.items()
        if name.startswith("f-") and value
    }
