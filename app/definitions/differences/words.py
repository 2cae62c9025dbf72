"""How is a value of a definition said in a few words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Option
from app.definitions.model.workflows import Deadline, DeadlineKind, Duration, Escalation, Reminder, Target
from app.texts import has, say

_LONGEST = 300


def words(value: object) -> str:
    """A value in words, cut where it is very long."""
    text = " ".join(_words(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def attribute(subject: str) -> str:
    """What ``Class.attribute`` is called."""
    code = f"differences.attr.{subject}"
    return say(code if has(code) else f"differences.attr.{subject.partition('.')[2]}")


def both(old: object, new: object) -> tuple[str, str]:
    """Two values in words; of two durations in one unit the unit is said once."""
    lengths = _length(old), _length(new)
    if lengths[0] and lengths[1] and lengths[0].unit is lengths[1].unit and _alike(old, new):
        return str(lengths[0].amount), words(new)
    return words(old), words(new)


def _length(value: object) -> Duration | None:
    if isinstance(value, Deadline):
        return value.duration if value.kind is DeadlineKind.AFTER else None
    return value if isinstance(value, Duration) else None


def _alike(old: object, new: object) -> bool:
    """Whether two deadlines count from the same moment."""
    return not isinstance(old, Deadline) or not isinstance(new, Deadline) or old.since == new.since


def _words(value: object) -> str:
    special = _SPECIAL.get(type(value))
    if special is not None:
        return str(special(value))
    if isinstance(value, bool):
        return say("differences.yes" if value else "differences.no")
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_words(item)}" for key, item in value.items()) or _nothing()
    if isinstance(value, tuple | list):
        return ", ".join(_words(item) for item in value) or _nothing()
    if is_dataclass(value) and not isinstance(value, type):
        return _parts(value)
    return str(value) if value not in (None, "") else _nothing()


def _parts(value: Any) -> str:
    """Attribute by attribute, those that say something."""
    name = type(value).__name__
    told = [
        f"{attribute(f'{name}.{part.name}')}: {_words(getattr(value, part.name))}"
        for part in fields(value)
        if part.name not in ("span", "number") and getattr(value, part.name) != _default(part)
    ]
    return ", ".join(told) or _nothing()


def _default(part: Field[Any]) -> object:
    if part.default_factory is not MISSING:
        return part.default_factory()
    return None if part.default is MISSING else part.default


def _nothing() -> str:
    return say("differences.nothing")


def _duration(value: Duration) -> str:
    return say(f"why.duration.{value.unit.value.replace(' ', '_')}", n=value.amount)


def _deadline(value: Deadline) -> str:
    if value.kind is DeadlineKind.NONE:
        return say("differences.deadline.none", because=value.because)
    if value.kind is DeadlineKind.SAME_DAY:
        return say("why.deadline.same_day")
    length = _duration(value.duration) if value.duration else ""
    if value.kind is DeadlineKind.DATE:
        return say("differences.deadline.date", source=value.source, otherwise=length)
    since = {"entered": "", "received": say("why.since.received")}.get(value.since)
    return length + (say("why.since.mark", mark=value.since) if since is None else since)


def _reminder(value: Reminder) -> str:
    if value.before is None:
        return say("differences.on_the_day")
    return say("differences.before", duration=_duration(value.before))


def _escalation(value: Escalation) -> str:
    return say("differences.escalation", after=_duration(value.after), to=value.to)


_SPECIAL: Mapping[type, Any] = {
    Condition: lambda value: value.source,
    Duration: _duration,
    Deadline: _deadline,
    Reminder: _reminder,
    Escalation: _escalation,
    Target: lambda value: value.name,
    Option: lambda value: value.label,
}
