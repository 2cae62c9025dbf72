"""How does a report look that is read and signed: the register of processing, an assessment, in parts with tables?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents import compiler
from app.documents.house import House

TEMPLATE = "report"


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part with a heading of ``level`` 2 or 3: plain ``lines``, ``pairs`` of label and text, a table of ``rows``
    under ``head``, and ``questions`` that somebody must still answer, each with room to write. ``bars`` are drawn above
    the table that says the same: label, share of the longest (0 to 1), number in words."""

    title: str
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    questions: tuple[str, ...] = ()
    level: int = 2
    bars: tuple[tuple[str, float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; ``foot`` stands below every page, before the number."""

    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[ReportPart, ...]
    foot: str = ""


def report_pdf(report: Report, house: House, at: datetime) -> bytes:
    """As many pages as it takes; made ``at`` (aware)."""
    return compiler.pdf(TEMPLATE, {"title": report.title, "report": report, "house": house}, at)
