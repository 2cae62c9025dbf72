"""Which attempts of campaigns does a report count, and how far did people come? From the numbers that outlive the
lists, with nobody in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.definitions.model.reports import STAGES, Report
from app.engine.calendar import local
from app.engine.campaigns import STAGE_MARK
from app.engine.model.people import Calendar
from app.reporting import of_campaigns
from app.reporting.rows import Frame, Monthly, frame_by_month
from app.services.definitions.catalogs import LiveCatalog
from app.storage.database import reading
from app.storage.repositories import campaign_rows


def lines_of(
    catalog: LiveCatalog, calendar: Calendar, report: Report, bounds: tuple[datetime, datetime]
) -> Frame:
    """The lines of the weeks that begin from one instant to another, with the column ``month``: that of the Monday."""
    first, end = (local(calendar, at).today for at in bounds)
    with reading(catalog.municipality) as tx:
        runs = {row["id"]: row["ref"] for row in campaign_rows.listed(tx)}
        counts = list(_furthest(campaign_rows.counts(tx)))
    found: list[Monthly] = []
    for row in counts:
        campaign = catalog.catalog.campaigns.get(runs[row["campaign"]])
        if campaign is not None and campaign.id in report.campaigns and first <= row["week"] < end:
            sheet = catalog.catalog.forms.get(campaign.sheet)
            found += of_campaigns.lines(report, calendar, campaign, sheet, row)
    return frame_by_month(found)


def _furthest(counts: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The numbers with each person at the furthest stage they came to alone; what is no stage stays as it is."""
    stages: dict[tuple[object, ...], dict[str, int]] = {}
    for row in counts:
        if not row["outcome"].startswith(STAGE_MARK):
            yield row
            continue
        key = (row["campaign"], row["week"], row["neighbourhood"])
        stages.setdefault(key, {})[row["outcome"].removeprefix(STAGE_MARK)] = row["n"]
    for (campaign, week, neighbourhood), found in stages.items():
        for stage, further in zip(STAGES, (*STAGES[1:], ""), strict=True):
            n = found.get(stage, 0) - found.get(further, 0)
            told = {"campaign": campaign, "week": week, "neighbourhood": neighbourhood, "n": max(0, n)}
            yield {**told, "outcome": f"{STAGE_MARK}{stage}"}
