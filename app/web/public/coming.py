"""What is coming, for everybody: the sessions for which anybody can register."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.engine.policy import Act
from app.services.gatherings import choosing
from app.web import visitor
from app.web.acts import act

bp = Blueprint("coming", __name__)


@bp.get("/kalender")
@act(Act.PAGE_PUBLIC)
def index() -> str:
    """When, where, what, and how many places are left."""
    return render_template("public/coming.html", series=choosing.for_everybody(visitor.municipality_id()))
