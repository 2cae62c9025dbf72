"""What does the municipality do with data, in a form it can show: the register, and a draft assessment per form?"""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.wrappers.response import Response as AnyResponse

from app.engine.policy import Act, may_ever
from app.services.municipality import impact, processings, register_files, register_words
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.reception.cards import pdf_answer

bp = Blueprint("register", __name__, url_prefix="/beheer/verwerkingen")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index() -> str:
    """The register."""
    who = visitor.actor()
    register = processings.register(who)
    lines = [(item, register_words.cells(register, item)) for item in register.entries]
    return render_template(
        "studio/register/index.html",
        register=register,
        lines=lines,
        fills_in=may_ever(who, Act.SETTINGS_EDIT),
    )


@bp.get("/register.xlsx")
@act(Act.DEFINITIONS_READ)
def xlsx() -> Response:
    """The register as a workbook."""
    return _file(register_files.as_xlsx(visitor.actor()), XLSX, "xlsx")


@bp.get("/register.csv")
@act(Act.DEFINITIONS_READ)
def csv() -> Response:
    """The register for any spreadsheet."""
    return _file(register_files.as_csv(visitor.actor()).encode(), "text/csv; charset=utf-8", "csv")


@bp.get("/register.pdf")
@act(Act.DEFINITIONS_READ)
def pdf() -> AnyResponse:
    """The register to print."""
    return pdf_answer(register_files.as_pdf(visitor.actor()), f"{say('register.file')}.pdf")


@bp.get("/<form_id>/dpia")
@act(Act.DEFINITIONS_READ)
def assessment(form_id: str) -> str:
    """The draft of the assessment of one form."""
    register = processings.register(visitor.actor())
    entry = register.entry(form_id)
    return render_template("studio/register/dpia.html", entry=entry, report=impact.draft(register, entry))


@bp.get("/<form_id>/dpia.pdf")
@act(Act.DEFINITIONS_READ)
def assessment_pdf(form_id: str) -> AnyResponse:
    """The same to print."""
    return pdf_answer(register_files.impact_pdf(visitor.actor(), form_id), f"dpia-{form_id}.pdf")


def _file(content: bytes, mime: str, ending: str) -> Response:
    answer = Response(content, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{say("register.file")}.{ending}"'
    return answer
