"""What came in, about what, and how long did people wait?"""

from __future__ import annotations

from flask import Blueprint, render_template

from app.engine.policy import Act
from app.services import reports
from app.web.acts import act
from app.web.reports.charts import chart
from app.web.visitor import actor

bp = Blueprint("reports", __name__, url_prefix="/cijfers")


@bp.get("/")
@act(Act.REPORTS_READ)
def index() -> str:
    """The report of the last twelve months."""
    report = reports.show(actor())
    overview = report.overview
    drawn = [(table, chart(table)) for table in overview.tables]
    wait = (overview.wait.bands, chart(overview.wait.bands))
    return render_template(
        "reports/index.html", report=report, drawn=drawn, wait=overview.wait, wait_drawn=wait
    )
