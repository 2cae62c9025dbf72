"""Who read about a person, and the lists to take along: for the data protection officer."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from app.engine.policy import Act
from app.services.cases import case_page, read_log
from app.services.cases.read_log import Reading
from app.services.errors import NotFound
from app.web import visitor
from app.web.acts import act

bp = Blueprint("readers", __name__, url_prefix="/dossiers/<case_id>")


@bp.get("/lezers.csv")
@act(Act.AUDIT_READ)
def export(case_id: str) -> Response:
    """Who opened the case, as a list."""
    return _csv(read_log.of_case(visitor.actor(), case_id), "lezers")


@bp.get("/lezers/persoon")
@act(Act.AUDIT_READ)
def person(case_id: str) -> str:
    """Who opened anything about whom the case is about."""
    who = visitor.actor()
    readings = read_log.of_person(who, _whose(case_id))
    return render_template(
        "queue/readers.html",
        case=case_page.show(who, case_id),
        readings=readings,
        person=True,
        has_person=True,
    )


@bp.get("/lezers/persoon.csv")
@act(Act.AUDIT_READ)
def person_export(case_id: str) -> Response:
    """The same as a list."""
    return _csv(read_log.of_person(visitor.actor(), _whose(case_id)), "lezers-persoon")


def _whose(case_id: str) -> str:
    found = read_log.person_of(visitor.actor(), case_id)
    if not found:
        raise NotFound
    return found


def _csv(readings: list[Reading], name: str) -> Response:
    answer = Response(read_log.as_csv(readings).encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
