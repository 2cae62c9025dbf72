"""How is the street register brought in, looked through and mended?"""

from __future__ import annotations

from flask import Response, request

from app.engine.policy import Act
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import streets
from app.services.municipality.streets import StreetReport
from app.services.staff import staffing
from app.web import visitor
from app.web.acts import act
from app.web.studio import seen
from app.web.studio.settings_steps import Page, bp, page, posted, saved


@bp.get("/straten", endpoint="streets")
@act(Act.SETTINGS_EDIT)
def register() -> Page:
    """The register, or the streets with some letters in their name."""
    return _shown()


@bp.post("/straten/bestand")
@act(Act.SETTINGS_EDIT)
def import_streets() -> Page:
    """Take a file, or say of each row what is wrong with it."""
    file = request.files.get("bestand")
    content = file.read() if file and file.filename else b""
    although = bool(request.form.get("toch"))
    try:
        report = streets.import_file(visitor.actor(), content, although=although, seen=seen.posted())
    except Conflict as problem:
        return _shown(problem)
    if report.taken and not report.faults:
        return saved("streets")
    answer = _shown(report=report)
    return answer if report.taken else (str(answer), 422)


@bp.post("/straten")
@act(Act.SETTINGS_EDIT)
def add_street() -> Page:
    """One stretch more."""
    row = posted(*streets.HEADER)
    try:
        streets.add(visitor.actor(), row)
    except Invalid as problem:
        return _shown(problem, row=row)
    return saved("streets")


@bp.post("/straten/<line>/weg")
@act(Act.SETTINGS_EDIT)
def drop_street(line: str) -> Page:
    """One stretch less."""
    streets.remove(visitor.actor(), line)
    return saved("streets")


@bp.get("/straten.csv")
@act(Act.SETTINGS_EDIT)
def export_streets() -> Response:
    """The register as a file that can come back."""
    answer = Response(streets.export(visitor.actor()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="straten.csv"'
    return answer


def _shown(
    problem: ServiceError | None = None,
    *,
    report: StreetReport | None = None,
    row: dict[str, str] | None = None,
) -> Page:
    who, search = visitor.actor(), request.args.get("zoek", "")[:80]
    labels = staffing.world(who.municipality).staffing.neighbourhoods
    found = streets.show(who, search)
    return page(
        "streets", problem, register=found, labels=labels, search=search, report=report, row=row or {}
    )
