"""Which answers of rounds does a report count? Only what the page of the round itself shows of everybody together.

A round counts once it is closed, and a question once enough people answered it: so whatever stands in a report is a sum
of numbers that were shown already, and two readings differ by whole rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.definitions.model.asking import Ask
from app.definitions.model.reports import Report
from app.engine.calendar import local
from app.engine.model.answers import Row as AnswerRow
from app.engine.model.people import Calendar
from app.engine.rounds import Reply
from app.reporting import of_rounds
from app.reporting.rows import Frame, Monthly, frame_by_month
from app.services.cases import asks, kept_answers
from app.services.definitions import catalogs
from app.services.reports.told import told
from app.storage.database import Transaction, reading
from app.storage.repositories import ask_rows, report_rows


def lines_of(
    municipality: str, calendar: Calendar, report: Report, bounds: tuple[datetime, datetime]
) -> Frame:
    """The lines of the rounds that were closed from one instant to another, with the column ``month``."""
    with reading(municipality) as tx:
        found = list(_lines(tx, calendar, report, bounds))
    return frame_by_month(found)


def _lines(
    tx: Transaction, calendar: Calendar, report: Report, bounds: tuple[datetime, datetime]
) -> Iterator[Monthly]:
    closed = ask_rows.closed(tx, report.rounds, *bounds)
    cases = {row["id"]: (row, sent) for row, sent in report_rows.of(tx, {put["case"] for put in closed})}
    for put in closed:
        row, submission = cases.get(put["case"], ({"blocked": True}, {}))
        if row["blocked"]:
            continue
        form = catalogs.form_version(tx.municipality, row["form_version"]).form
        flow = catalogs.workflow_version(tx.municipality, row["workflow_version"]).workflow
        ask = flow.asks().get(put["name"])
        if ask is not None and ask.round is not None:
            rows = _rows(tx, put, ask)
            case = replace(
                told(calendar, form, kept_answers.opened(tx, submission, form), row),
                words=of_rounds.words(rows),
            )
            yield from of_rounds.lines(report, case, f"{local(calendar, put['closed_at']).today:%Y-%m}", rows)


def _rows(tx: Transaction, put: Mapping[str, Any], ask: Ask) -> list[AnswerRow]:
    """By version of the form: a question whose options changed meanwhile stands where it stood."""
    answers = ask_rows.answers(tx, [put["id"]])
    found: list[AnswerRow] = []
    for version in dict.fromkeys(row["form_version"] for row in answers):
        form = catalogs.cached_form(tx.municipality, version)
        mine = (row for row in answers if row["form_version"] == version)
        replies = [Reply(row["group"], asks.opened(tx, tx.municipality, row)) for row in mine]
        found += of_rounds.rows_of(ask, form, replies)
    return found
