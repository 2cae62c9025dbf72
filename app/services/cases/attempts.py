"""What comes after one more try to reach somebody? Told before it is pressed, and after."""

from __future__ import annotations

from datetime import datetime

from app.definitions.model.workflows import Action
from app.engine import calendar
from app.services.cases.load_case import Loaded
from app.texts import say


def before(loaded: Loaded, action: Action, now: datetime, language: str = "nl") -> tuple[str, ...]:
    """The rule of a button that may be pressed ``again``, in sentences; none for another button."""
    again = action.again
    if again is None:
        return ()
    case = loaded.case
    mine = [item for item in case.attempts if item.action == action.id and item.state == case.state]
    parts = {item.part for item in mine}
    here = calendar.half_day(loaded.pin.world.calendar, now)
    if here in parts:
        return (say("working.again_same", language),)
    number = len(parts) + 1
    lines = [say("working.again_number", language, number=number, at_most=again.at_most)]
    if number >= again.at_most:
        target = loaded.pin.workflow.states.get(again.then)
        lines.append(say("working.again_last", language, state=target.label if target else again.then))
    elif again.other_part_of_day:
        part = "am" if here.endswith(":pm") else "pm"
        lines.append(say(f"working.again_other_{part}", language))
    return tuple(lines)
