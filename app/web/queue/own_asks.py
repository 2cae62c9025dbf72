"""What a colleague is asked in person: in the own list, without a link."""

from __future__ import annotations

from flask import Blueprint, url_for

from app.engine.policy import Act
from app.services.cases import own_asks
from app.web import visitor
from app.web.acts import act
from app.web.public.asked import Page, answered, asking

bp = Blueprint("own_asks", __name__, url_prefix="/werk/gevraagd")
TEMPLATE = "asking/mine.html"


@bp.get("/<person_id>")
@act(Act.QUEUE_READ)
def show(person_id: str) -> Page:
    """The question, or that it was answered, or that it is over."""
    view = own_asks.show(visitor.actor(), person_id)
    return asking(view, url_for("own_asks.show", person_id=person_id), template=TEMPLATE)


@bp.post("/<person_id>")
@act(Act.QUEUE_READ)
def answer(person_id: str) -> Page:
    """Answer. What is sent twice stands once: the second time says so too."""
    who = visitor.actor()
    view, path = own_asks.show(who, person_id), url_for("own_asks.show", person_id=person_id)
    return answered(who, view, path, lambda given: own_asks.answer(who, person_id, given), template=TEMPLATE)
