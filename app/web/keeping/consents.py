"""Which consents hold, end soon, or are over? To look through, and as a list."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from app.engine.policy import Act
from app.services.privacy import consent_register
from app.web import visitor
from app.web.acts import act

bp = Blueprint("consents", __name__, url_prefix="/akkoorden")
LONGEST = 250


@bp.get("")
@act(Act.CONSENTS_READ)
def index() -> str:
    """The register."""
    page = request.args.get("p", "")
    found = consent_register.read(
        visitor.actor(), kind=_kind(), state=_state(), page=int(page) if page.isdecimal() else 1
    )
    return render_template(
        "keeping/consents.html",
        found=found,
        kind=_kind(),
        state=_state(),
        states=consent_register.STANDINGS,
        head=consent_register.HEAD,
    )


@bp.get("/akkoorden.csv")
@act(Act.CONSENTS_READ)
def as_csv() -> Response:
    """The same as a list."""
    made = Response(
        consent_register.as_csv(visitor.actor(), kind=_kind(), state=_state()), mimetype="text/csv"
    )
    made.headers["Content-Disposition"] = "attachment; filename=akkoorden.csv"
    return made


def _kind() -> str:
    return request.args.get("akkoord", "")[:LONGEST]


def _state() -> str:
    return request.args.get("stand", "")[:20]
