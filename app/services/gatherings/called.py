"""What is a session called: in a list to choose from, in an answer, in a calendar?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from app.texts import say


def day_of(day: date, hour: time | None, language: str = "nl") -> str:
    """``vr 13/11/2026 om 10.30 uur``."""
    weekday = say(f"sessions.weekday.{day.weekday()}", language)
    text = f"{weekday} {day:%d/%m/%Y}"
    return say("sessions.at_hour", language, day=text, hour=f"{hour:%H.%M}") if hour is not None else text


def title_of(row: Mapping[str, Any], language: str = "nl") -> str:
    """``vr 13/11/2026 om 10.30 uur, Dorpshuis``."""
    day = day_of(row["on_day"], row["from_hour"], language)
    return f"{day}, {row['place']}" if row["place"] else day


def value_of(row: Mapping[str, Any]) -> str:
    """What an answer keeps: its number, and what it was called."""
    return f"{row['number']} {title_of(row)}"


def number_in(value: str) -> str:
    """The number in such an answer."""
    return value.partition(" ")[0]


def places_words(left: int | None, *, may_wait: bool, language: str = "nl") -> str:
    """How many places are left, or what happens when there are none; empty where there is no end to them."""
    if left is None:
        return ""
    if left == 0:
        return say("sessions.waits" if may_wait else "sessions.full", language)
    return say("sessions.left", language, n=left)
