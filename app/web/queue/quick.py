"""What can be done with a task without opening its case?"""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from app.engine.policy import Act
from app.services.cases import case_page
from app.services.cases.readable import FULL
from app.services.errors import NotFound
from app.web import returning, visitor
from app.web.acts import act
from app.web.forms.showing import minted

bp = Blueprint("quick", __name__, url_prefix="/dossiers")
PART = "deel"


@bp.get("/<case_id>/snel")
@act(Act.CASE_ACT)
def show(case_id: str) -> str:
    """The buttons of a case with how to reach the resident; ``deel``: without the page around it."""
    case = case_page.show(visitor.actor(), case_id)
    if case.content != FULL:
        raise NotFound
    part = request.args.get(PART) == "1"
    return render_template(
        "queue/quick_part.html" if part else "queue/quick.html",
        case=case,
        back=returning.path() or url_for("queue.index", van="mine"),
        token=minted(),
    )
