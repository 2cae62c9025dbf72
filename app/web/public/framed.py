"""How is a form filled in on the municipality's own site, in a frame?

Without a cookie and for nobody in particular: who is signed in elsewhere on this host is a stranger here. The receipt
is the answer to the POST itself, as no cookie can carry it to a page of its own.
"""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from app.engine.policy import Act, by_link
from app.services.errors import NotFound
from app.services.intake.submit_form import Receipt
from app.web import framing, receipts, visitor
from app.web.acts import act
from app.web.public import filling
from app.web.public.filling import Desk, Page

bp = Blueprint(visitor.FRAMED, __name__, url_prefix="/insluiten")


@bp.get("/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def form(form_id: str) -> Page:
    """A blank form, for who may frame it."""
    return filling.blank(_desk(form_id))


@bp.post("/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def send(form_id: str) -> Page:
    """Hand it in."""
    return filling.handle(_desk(form_id))


def _desk(form_id: str) -> Desk:
    if not framing.origins(form_id):
        raise NotFound
    version, audience = filling.open_form(form_id)
    who = by_link(visitor.municipality_id(), audience)
    return Desk(version, audience, who, url_for("framed.send", form_id=form_id), _received)


def _received(receipt: Receipt) -> str:
    return render_template("public/framed_receipt.html", receipt=receipts.shown(receipt))
