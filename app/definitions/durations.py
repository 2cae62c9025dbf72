"""How does ``5 working days`` become a duration, and what was meant by what does not?"""

from __future__ import annotations

import re

from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem
from app.definitions.model.workflows import Duration, Unit
from app.definitions.problems import guess, problem

DURATION = re.compile(r"(\d{1,4}) +(working hours?|working days?|calendar days?|weeks?|months?)")
DUTCH_UNITS = {
    "werkuur": Unit.WORKING_HOURS, "werkuren": Unit.WORKING_HOURS, "werkdag": Unit.WORKING_DAYS,
    "werkdagen": Unit.WORKING_DAYS, "kalenderdag": Unit.CALENDAR_DAYS, "kalenderdagen": Unit.CALENDAR_DAYS,
    "weken": Unit.WEEKS, "maand": Unit.MONTHS, "maanden": Unit.MONTHS,
}  # fmt: skip
UNITS = {unit.value.removesuffix("s"): unit for unit in Unit}


def as_duration(node: ScalarNode, problems: list[Problem]) -> Duration | None:
    """The node as ``N unit``, or ``None`` with ``Y050``."""
    match = DURATION.fullmatch(node.text.strip())
    if match is None:
        problems.append(problem("Y050", node.span, text=node.text, guess=proposed_duration(node.text)))
        return None
    return Duration(int(match[1]), UNITS[match[2].removesuffix("s")])


def proposed_duration(text: str) -> str:
    """The duration that was probably meant (``3 werkdagen`` -> ``3 working days``), or ``""``. Of plain days and hours
    nobody can tell."""
    match = re.fullmatch(r"([0-9]{1,4}) *([A-Za-z][A-Za-z ]*)", text.strip())
    if match is None or match[2].lower() in (
        "dag",
        "dagen",
        "day",
        "days",
        "uur",
        "uren",
        "hour",
        "hours",
        "d",
        "h",
    ):
        return ""
    known = {**{name: unit for unit in Unit for name in (unit.value, unit.value[:-1])}, **DUTCH_UNITS}
    unit = known.get(guess(match[2], known))
    if unit is None:
        return ""
    return f"{match[1]} {unit.value.removesuffix('s') if int(match[1]) == 1 else unit.value}"
