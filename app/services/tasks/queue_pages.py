"""Which tasks stand on this page, in this order, and where does the next one begin?

By due date a page is found by the index, however long the list is. Any other order means reading the whole list, so it
is offered for lists of which the counters say that they are short.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.engine.policy import Actor
from app.services.cases.load_case import Desk
from app.services.errors import Invalid
from app.services.tasks.queue_names import names
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import queue_rows
from app.storage.repositories.queue_rows import Filters, Place, Scope, Window

MOST_ORDERED = 5000
MOST_NAMED = 500
"""Names are sealed: to put them in order every one of them is opened."""
_NAMED_IN = "mine"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted; ``whole`` is how many tasks the scope has."""

    scope: Scope
    window: Window
    filters: Filters
    sort: str
    whole: int


@dataclass(frozen=True, slots=True)
class PageFound:
    """The tasks of a page. ``known``: names by case, where they had to be opened anyway."""

    rows: list[dict[str, Any]]
    next: str = ""
    stopped: bool = False
    too_many: bool = False
    known: Mapping[int, str] | None = None


def find(  # noqa: PLR0917 - one question, all of it
    tx: Transaction, desk: Desk, actor: Actor, asked: Asked, place: Place | None, size: int
) -> PageFound:
    """One page; ``place`` as ``read_cursor`` gave it."""
    if asked.sort == "due":
        return _by_due(tx, asked, place, size)
    if asked.whole > (MOST_NAMED if asked.sort == "name" else MOST_ORDERED):
        found = _by_due(tx, asked, place if place and place[0] != _NO_DAY else None, size)
        return PageFound(found.rows, found.next, found.stopped, too_many=True)
    after = place[1] if place else None
    if asked.sort == "name":
        return _by_name(tx, desk, actor, asked, after, size)
    ordered = queue_rows.by_receipt if asked.sort == "received" else queue_rows.by_place
    rows = ordered(tx, asked.scope, asked.window, asked.filters, after=after, size=size + 1)
    return PageFound(rows[:size], _behind(rows, size))


def _by_due(tx: Transaction, asked: Asked, place: Place | None, size: int) -> PageFound:
    found = queue_rows.walk(tx, asked.scope, asked.window, asked.filters, after=place, size=size + 1)
    rows = found.rows[:size]
    if len(found.rows) > size:
        return PageFound(rows, _cursor(rows[-1]["due_on"], rows[-1]["id"]))
    if found.stopped:
        return PageFound(rows, _cursor(*found.stopped), stopped=True)
    return PageFound(rows)


def _by_name(  # noqa: PLR0917 - one question, all of it
    tx: Transaction, desk: Desk, actor: Actor, asked: Asked, after: int | None, size: int
) -> PageFound:
    rows = queue_rows.whole(tx, asked.scope, asked.window, asked.filters, most=MOST_NAMED)
    known = names(tx, desk, actor, rows, _NAMED_IN)
    rows.sort(
        key=lambda task: (not known.get(task["case"]), known.get(task["case"], "").casefold(), task["id"])
    )
    begin = next((place + 1 for place, task in enumerate(rows) if task["id"] == after), 0)
    rows = rows[begin:]
    return PageFound(rows[:size], _behind(rows, size), known=known)


_NO_DAY = date.min


def _behind(rows: list[dict[str, Any]], size: int) -> str:
    return ids.to_text(rows[size - 1]["id"]) if len(rows) > size else ""


def _cursor(day: date, key: int) -> str:
    return f"{day.isoformat()}.{ids.to_text(key)}"


def read_cursor(text: str, sort: str) -> Place | None:
    """Where an earlier page ended. Raises Invalid for what none gave."""
    if not text:
        return None
    day, _, key = text.rpartition(".")
    try:
        return (date.fromisoformat(day) if day or sort == "due" else _NO_DAY), ids.from_text(key)
    except ValueError as error:
        raise Invalid("unknown_view") from error


__all__ = ["Asked", "PageFound", "find", "read_cursor"]
