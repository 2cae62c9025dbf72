"""What came in, about what, and how long did people wait?"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers.response import Response as AnyResponse

from app.engine.policy import Act, may
from app.services import seen
from app.services.errors import Conflict, Invalid
from app.services.reports import closing, council, figures, report_files
from app.services.sheets import figures as sheet_figures
from app.texts import say
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import minted
from app.web.posting import token_of
from app.web.reception.cards import pdf_answer
from app.web.reports.answering import said_of, wrong_of
from app.web.reports.charts import chart
from app.web.visitor import actor, world

bp = Blueprint("reports", __name__, url_prefix="/cijfers")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/")
@act(Act.REPORTS_READ)
def index() -> str:
    """The report of a closed period, or up to today."""
    return _page()


@bp.post("/antwoord")
@act(Act.FIGURES_EDIT)
def answer() -> AnyResponse | tuple[str, int]:
    """What those who govern did with a released period."""
    said = said_of(request.form)
    first = request.form.get("first", "")[:10]
    try:
        council.give(actor(), figures.CASES, first, token=token_of(), **said)
    except (Invalid, Conflict) as problem:
        return _page(first, wrong=wrong_of(problem), said=said), status_of(problem)
    return redirect(url_for("reports.index", periode=first, klaar="answer"))


@bp.post("/indeling")
@act(Act.FIGURES_SHARE)
def unit() -> AnyResponse:
    """How long the periods are from now on."""
    closing.choose(actor(), request.form.get("unit", ""), seen=request.form.get("seen"))
    return redirect(url_for("reports.index", klaar="unit"))


def _page(asked: str = "", *, wrong: dict[str, str] | None = None, said: dict[str, str] | None = None) -> str:
    who = actor()
    report = figures.show(who, asked or _asked())
    overview = report.overview
    now = closing.unit_of(world())
    around = {
        "report": report,
        "done": request.args.get("klaar", ""),
        "may_share": may(who, Act.FIGURES_SHARE),
        "unit": now,
        "units": closing.UNITS,
        "seen": seen.mark({closing.SETTING: now}),
    }
    if overview is None:
        return render_template("reports/nothing.html", **around)
    released = report.asked not in (figures.NOW, figures.YEAR)
    drawn = [(table, chart(table)) for table in overview.tables]
    wait = (overview.wait.bands, chart(overview.wait.bands))
    return render_template(
        "reports/index.html",
        drawn=drawn,
        wait=overview.wait,
        wait_drawn=wait,
        sheets=sheet_figures.titles(actor()),
        live=report.asked == figures.NOW,
        give=url_for("reports.answer"),
        answers=council.of(who.municipality, figures.CASES, report.first) if released else (),
        first=report.asked,
        may_answer=released and may(who, Act.FIGURES_EDIT),
        wrong=wrong or {},
        said=said or {},
        minted=minted(),
        **around,
    )


@bp.get("/cijfers.csv")
@act(Act.REPORTS_READ)
def csv() -> Response:
    """The same for any spreadsheet."""
    return _file(report_files.as_csv(actor(), _asked()).encode(), "text/csv; charset=utf-8", "csv")


@bp.get("/cijfers.xlsx")
@act(Act.REPORTS_READ)
def xlsx() -> Response:
    """The same as a workbook."""
    return _file(report_files.as_xlsx(actor(), _asked()), XLSX, "xlsx")


@bp.get("/cijfers.pdf")
@act(Act.REPORTS_READ)
def pdf() -> AnyResponse:
    """The same to print."""
    return pdf_answer(report_files.as_pdf(actor(), _asked()), f"{say('reports.file')}.pdf")


def _asked() -> str:
    return request.args.get("periode", "")[:10]


@bp.get("/bladen/<form_id>")
@act(Act.REPORTS_READ)
def sheets(form_id: str) -> str:
    """What sheets that belong to nobody say together, once enough of them came in."""
    return render_template("reports/sheets.html", report=sheet_figures.show(actor(), form_id))


def _file(content: bytes, mime: str, ending: str) -> Response:
    answer = Response(content, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{say("reports.file")}.{ending}"'
    return answer
