"""Why is a task due then? The sum in words, for whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from app.engine import calendar, explaining
from app.engine.counting import Counted, counted
from app.engine.model.people import Calendar
from app.services.cases.load_case import Desk, due_of
from app.texts import say


def why_due(desk: Desk, task: Mapping[str, Any], language: str = "nl") -> str:
    """By when and by which deadline, and how that was counted where counting again gives the same day.

    ``task``: a row of the queue, with ``received_at`` of its case."""
    found = sum_of(desk.world.calendar, task, task["received_at"], language)
    return found or explaining.why_then(due_of(task), task["due_rule"], language)


def sum_of(cal: Calendar, task: Mapping[str, Any], received_at: datetime, language: str = "nl") -> str:
    """By when, and how that was counted; empty where counting again does not give the same day."""
    due_on = due_of(task)
    found = counted(cal, due_on, task["due_rule"], entered=task["created_at"], received=received_at)
    if found is None or due_on is None:
        return ""
    return say("why.due", language, day=f"{due_on:%d/%m/%Y}", deadline=_sum(cal, found, language))


def _sum(cal: Calendar, found: Counted, language: str) -> str:
    duration = say(_code(found), language, n=found.duration.amount)
    parts = [say("queue_list.counted", language, duration=duration, day=_day(found.begun, language))]
    if found.skipped:
        days = _and([_named(cal, day, language) for day in found.skipped], language)
        parts.append(say("queue_list.counted.skipped", language, n=len(found.skipped), days=days))
    if found.weekend:
        parts.append(say("queue_list.counted.weekend", language))
    if found.earlier:
        parts.append(say("queue_list.counted.earlier", language, day=_day(found.earlier, language)))
    return "; ".join(parts)


def _code(found: Counted) -> str:
    return f"why.duration.{found.duration.unit.replace(' ', '_')}"


def _named(cal: Calendar, day: date, language: str) -> str:
    """A day with what it is called, where it has a name."""
    name = dict(calendar.holiday_names(day.year, language if language in ("nl", "fr", "de") else "nl")).get(
        day
    )
    name = name or next((item.label for item in cal.closing_days if item.day == day), "")
    shown = _day(day, language)
    return say("queue_list.counted.named", language, day=shown, name=name) if name else shown


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM", locale=language)


def _and(items: list[str], language: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return say("queue_list.counted.and", language, first=", ".join(items[:-1]), last=items[-1])
