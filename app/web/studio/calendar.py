"""When is the municipality closed, and what moves because of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.people import ClosingDay
from app.engine.policy import Act
from app.jobs import relay
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import closing_days_text
from app.services.municipality.closing_days_text import LineProblem
from app.services.staff import staff_calendar
from app.services.staff.staff_calendar import Preview, YearPage
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.studio import staff_forms, staff_words

bp = Blueprint("calendar", __name__, url_prefix="/beheer/kalender")
Page = Response | str | tuple[str, int]
EMPTY_ROWS = 3
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A closing day as it stands in the inputs."""

    day: str = ""
    label: str = ""
    since: str = ""


@bp.get("")
@act(Act.STAFFING_EDIT)
def index() -> Page:
    """A year: the holidays, the municipality's own days, and the hours of a working day."""
    page = staff_calendar.show(visitor.actor(), _year(request.args.get("jaar", "")))
    return _form(page, [_row(item) for item in page.days], _hours_of(page))


@bp.post("")
@act(Act.STAFFING_EDIT)
def save() -> Page:
    """Read a pasted list, show what moves, or save it."""
    who = visitor.actor()
    page = staff_calendar.show(who, _year(staff_forms.text("year")))
    rows, hours = _posted_rows(), (staff_forms.text("opens"), staff_forms.text("closes"))
    do = request.form.get("do", "look")
    if do == "paste":
        found = closing_days_text.read_days(request.form.get("pasted", "")[:40_000], page.year)
        return _form(page, _merged(rows, found.days), hours, unread=found.problems)
    if do == "more":
        return _form(page, rows, hours)
    try:
        opens, closes = (_time(item) for item in hours)
        days = staff_calendar.of_year(page.calendar, page.year, [_day(row) for row in rows])
        if do != "save" or request.form.get("shown") != _key(rows, hours):
            return _form(page, rows, hours, preview=staff_calendar.preview(who, days))
        done = staff_calendar.save(who, days, opens, closes, seen=staff_words.seen())
    except (Invalid, Conflict) as problem:
        return _form(page, rows, hours, problem=problem), status_of(problem)
    relay.hint(visitor.municipality_id(), done.wake)
    return redirect(url_for("calendar.index", jaar=page.year, klaar="kalender"))


def _year(text: str) -> int:
    """0 is this one."""
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in YEARS else 0


def _row(item: ClosingDay) -> DayRow:
    return DayRow(item.day.isoformat(), item.label, f"{item.from_time:%H:%M}" if item.from_time else "")


def _posted_rows() -> list[DayRow]:
    columns = [request.form.getlist(name) for name in ("day", "label", "since")]
    gone = set(request.form.getlist("gone"))
    rows = [DayRow(*(cell.strip() for cell in cells)) for cells in zip(*columns, strict=False)]
    return [row for at, row in enumerate(rows[:400]) if str(at) not in gone and (row.day or row.label)]


def _merged(rows: list[DayRow], days: tuple[ClosingDay, ...]) -> list[DayRow]:
    """A pasted day takes the place of what stood on that day."""
    fresh = {item.day.isoformat(): _row(item) for item in days}
    return sorted([*(row for row in rows if row.day not in fresh), *fresh.values()], key=lambda row: row.day)


def _day(row: DayRow) -> ClosingDay:
    """Raises ``Invalid`` for a row without a day, or with an hour that is none."""
    try:
        since = time.fromisoformat(row.since) if row.since else None
        return ClosingDay(date.fromisoformat(row.day), row.label[: closing_days_text.LONGEST_LABEL], since)
    except ValueError as error:
        raise Invalid("day_half", label=row.label) from error


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Invalid("hours_half") from error


def _hours_of(page: YearPage) -> tuple[str, str]:
    return f"{page.calendar.opens:%H:%M}", f"{page.calendar.closes:%H:%M}"


def _key(rows: list[DayRow], hours: tuple[str, str]) -> str:
    """What the preview was of, so that nothing else is saved."""
    return "|".join([*hours, *(f"{row.day} {row.since} {row.label}" for row in rows)])


def _form(
    page: YearPage,
    rows: list[DayRow],
    hours: tuple[str, str],
    *,
    preview: Preview | None = None,
    problem: ServiceError | None = None,
    unread: tuple[LineProblem, ...] = (),
) -> str:
    return render_template(
        "studio/staff/calendar.html",
        page=page,
        rows=[*rows, *(DayRow() for _ in range(EMPTY_ROWS))],
        hours=hours,
        preview=preview,
        shown=_key(rows, hours) if preview else "",
        unread=unread,
        pasted=request.form.get("pasted", "") if unread else "",
        lines=staff_words.said(problem) if problem else (),
        stale=problem is not None and problem.code == "staff_changed",
        done=request.args.get("klaar", ""),
    )
