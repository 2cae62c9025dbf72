"""What does a text of the definitions say when its holes are filled in, and who hears it?

Nothing of privacy class 2 or 3 ever fills a hole: a task's label stands in lists and a message leaves the house.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.definitions.model.forms import Field
from app.definitions.model.workflows import Feedback
from app.engine.facts_of import SHOWN_CLASS, RowView, privacy_of, words
from app.engine.model.answers import Value
from app.engine.model.cases import Send
from app.engine.staff import LEADERS, onlooker
from app.engine.turn import Turn
from app.engine.values import show
from app.texts import say

_HOLE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_.]*)\}")
OUTSIDE = frozenset({"referrer", "resident", "partner", "volunteer"})
"""Recipients whose address only services know."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What stands where a word of class 2 or 3 would: ``words``, else a pointer to the case. ``lifted`` shows it after
    all, for a page that only opens to whoever may read the case."""

    words: str = ""
    lifted: bool = False


NOTHING_SHOWN = Hidden()


def fill(turn: Turn, text: str, row: RowView | None = None, hidden: Hidden = NOTHING_SHOWN) -> str:
    """``text`` with ``{case.number}``, ``{holder.name}``, ``{row.label}`` ... filled in; ``{{`` is a brace.

    ``{case.number}`` stays while no number is known.
    """

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:
            return match.group(0)[0]
        if name.startswith("row."):
            return _of_row(row, name.removeprefix("row."), hidden)
        known = _known(turn)
        return known[name] if name in known else _of_field(turn, name)

    return _HOLE.sub(one, text).strip()


def _known(turn: Turn) -> dict[str, str]:
    worker = turn.worker(turn.case.holder)
    return {
        "case.number": turn.case.number or "{case.number}",
        "case.due": _day(due_of(turn)),
        "case.state": turn.state.label if turn.case.state else "",
        "holder.name": worker.name if worker is not None else "",
        "holder.phone": (worker.phone if worker is not None else "") or turn.world.settings.get("phone", ""),
        "today": _day(turn.reading.moment.today),
    }


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def due_of(turn: Turn) -> date | None:
    """By when the case promises something: its first running limit, else its main task."""
    running = [day for _, day in running_limits(turn)]
    task = turn.task("main")
    return min(running) if running else (task.due_on if task is not None else None)


def running_limits(turn: Turn) -> Iterable[tuple[str, date]]:
    """The limits whose mark is not set, with their dates."""
    for limit in turn.workflow.limits:
        if limit.id in turn.case.limits and limit.until not in turn.case.marks:
            yield limit.id, turn.case.limits[limit.id]


def _of_row(row: RowView | None, name: str, hidden: Hidden) -> str:
    if row is None:
        return ""
    if row.class_of(name) > SHOWN_CLASS and not hidden.lifted:
        return hidden.words or say("reminders.see_case")
    return _shown(row.fields.get(name), row.values.get(name))


def _of_field(turn: Turn, name: str) -> str:
    if privacy_of(turn.form, name) > SHOWN_CLASS:
        return say("reminders.see_case")
    return _shown(turn.form.field(name), turn.case.answers.get(name))


def _shown(field: Field | None, value: Value | None) -> str:
    if value is None:
        return ""
    return show(field, value) if field is not None else words(value)


def label_class(text: str, row: RowView | None) -> int:
    """The strictest class of what a task's label names, also where it was left out."""
    named = (match.group(1) for match in _HOLE.finditer(text))
    found = [
        row.class_of(name.removeprefix("row.")) for name in named if row and name and name.startswith("row.")
    ]
    return max([SHOWN_CLASS, *found])


def send(turn: Turn, feedbacks: Iterable[Feedback]) -> None:
    """Decide the messages whose condition holds, to whom they go."""
    if turn.case.silent:
        return
    for feedback in feedbacks:
        message = turn.workflow.messages.get(feedback.message)
        if message is None or not turn.reading.holds(feedback.condition):
            continue
        to = recipient(turn, feedback.to or message.to)
        if to:
            turn.emit(Send(message.id, to, fill(turn, message.text), fill(turn, message.subject)))


def recipient(turn: Turn, to: str) -> str:
    """Who a message goes to: somebody outside by role, somebody of the house as ``account:<id>``."""
    if to in OUTSIDE:
        return to
    if to == "holder":
        return f"account:{turn.case.holder}"
    if to == "substitute" or to in LEADERS:
        people = turn.substitutes() if to == "substitute" else ()
        found = onlooker(
            to, people, turn.world, turn.now, exclude=frozenset({turn.case.holder}) | turn.not_to
        )
        return f"account:{found.account}" if found else ""
    return to
