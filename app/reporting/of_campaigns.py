"""What does a report count of the numbers of a campaign? Each as often as it says, in the week it was of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Form
from app.definitions.model.reports import OUTCOME, RECEIVED, STAGE, STAGES, Report
from app.engine.campaigns import LETTER, STAGE_MARK
from app.engine.model.people import Calendar
from app.engine.reported import Told, lines_of_rows
from app.reporting.rows import Monthly


def lines(
    report: Report, calendar: Calendar, campaign: Campaign, sheet: Form | None, row: Mapping[str, Any]
) -> Iterator[Monthly]:
    """The lines of one number: ``week``, ``neighbourhood``, ``outcome`` and ``n``; as many as it counts."""
    outcome = str(row["outcome"])
    if outcome == LETTER:
        return
    stage = outcome.removeprefix(STAGE_MARK) if outcome.startswith(STAGE_MARK) else ""
    told = Told(
        campaign.contacts.form,
        {},
        {RECEIVED: row["week"]},
        {"neighbourhood": str(row["neighbourhood"])},
        calendar,
        words=frozenset({*STAGES, *outcomes(campaign, sheet)}),
    )
    said = {STAGE: stage} if stage else {OUTCOME: outcome}
    for line in lines_of_rows(report, told, [said] * int(row["n"])):
        yield month_of(row["week"]), line


def month_of(week: date) -> str:
    """``2026-11``."""
    return f"{week:%Y-%m}"


def outcomes(campaign: Campaign, sheet: Form | None) -> dict[str, str]:
    """How an attempt may go, with its words, in order."""
    field = sheet.field(campaign.outcome) if sheet is not None else None
    options = field.options.options if field is not None and field.options is not None else ()
    return {option.id: option.label for option in options}
