"""What does the resident take home on paper?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.intake import papers, print_papers
from app.services.intake.papers import Papers
from app.services.municipality import municipalities
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.reception.cards import pdf_answer

bp = Blueprint("papers", __name__, url_prefix="/onthaal")


@dataclass(frozen=True, slots=True)
class Paper:
    """A link to something to print; ``now`` when it must be given at once."""

    href: str
    label: str
    now: bool = False


@bp.get("/bewijs/<case_id>")
@act(Act.CASE_FIND)
def receipt(case_id: str) -> str:
    """The statutory receipt, ready to print."""
    return render_template(
        "reception/receipt_paper.html",
        paper=papers.receipt(visitor.actor(), case_id),
        municipality=municipalities.name_of(visitor.municipality_id()),
    )


@bp.get("/afspraken/<case_id>")
@act(Act.CASE_FIND)
def agreements(case_id: str) -> str:
    """What was agreed, for the resident, ready to print."""
    return render_template(
        "reception/agreements_paper.html",
        paper=papers.agreements(visitor.actor(), case_id),
        municipality=municipalities.name_of(visitor.municipality_id()),
    )


@bp.get("/bewijs/<case_id>/pdf")
@act(Act.CASE_FIND)
def receipt_pdf(case_id: str) -> Response:
    """The statutory receipt as an accessible PDF."""
    return pdf_answer(print_papers.receipt(visitor.actor(), case_id), "ontvangstbewijs.pdf")


@bp.get("/afspraken/<case_id>/pdf")
@act(Act.CASE_FIND)
def agreements_pdf(case_id: str) -> Response:
    """What was agreed as an accessible PDF, in large type."""
    return pdf_answer(print_papers.agreements(visitor.actor(), case_id), "afspraken.pdf")


def papers_of(case_id: str, found: Papers) -> list[Paper]:
    """The links of a case, first what the law asks."""
    links = [
        Paper(
            url_for("papers.receipt", case_id=case),
            say("reception.paper.receipt_of", number=number),
            now=True,
        )
        for number, case in found.receipts
    ]
    if found.agreements:
        links.append(
            Paper(url_for("papers.agreements", case_id=case_id), say("reception.paper.agreements_of"))
        )
    return links
