"""time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from app.definitions.model.forms import Field
from app.engine.model.answers import Moment, Value
from app.engine.values.given import Finding, NotStored, Rejected
from app.engine.values.made import Codec
from app.engine.values.words import one

_LONG = 60
_TIME = re.compile(r"([0-9]{1,2})(?:\s?[.:uUhH,]\s?([0-9]{2})?)?(?::[0-9]{2})?(?:\s?(?:uur|u|h))?")
_TIME_DIGITS = re.compile(r"([0-9]{1,2})([0-9]{2})(?:\s?(?:uur|u|h))?")


def time_codec(field: Field) -> Codec:
    """A time of day in 24 hours."""
    low, high = _time_bound(field.limits.min), _time_bound(field.limits.max)

    def check(value: Value, moment: Moment) -> Finding | None:
        if not isinstance(value, time):
            return None
        if low is not None and value < low:
            return "too_early", (("min", show_time(low)),)
        if high is not None and value > high:
            return "too_late", (("max", show_time(high)),)
        return None

    return Codec(_read_time, _show_time, lambda value: (_show_time(value, ""),), _iso_time, _load_time, check)


def _read_time(raw: Sequence[str]) -> Value | None:
    text = one(raw, _LONG)
    if not text:
        return None
    found = _TIME.fullmatch(text) or _TIME_DIGITS.fullmatch(text)
    if not found:
        raise Rejected("time")
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise Rejected("time") from None


def _time_bound(text: str | None) -> time | None:
    found = _read_time((text,)) if text else None
    return found if isinstance(found, time) else None


def show_time(moment: time) -> str:
    """``14.30``."""
    return f"{moment.hour}.{moment.minute:02d}"


def _show_time(value: Value, language: str) -> str:
    return show_time(value) if isinstance(value, time) else str(value)


def _iso_time(value: Value) -> object:
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _load_time(data: object) -> Value:
    try:
        return time.fromisoformat(str(data))
    except ValueError:
        raise NotStored("a time expected") from None
