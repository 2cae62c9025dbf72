"""Who is asked what when a case enters a state, until when, and what happens when they answer or the case goes on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from types import MappingProxyType

from app.definitions.model.asking import TASK, Ask, AskTo
from app.definitions.model.workflows import State
from app.engine import calendar
from app.engine.deadlines import due
from app.engine.facts_of import RowView
from app.engine.model.answers import PersonRef, Row, Value
from app.engine.model.asking import Answered, Asked, AskOthers, StopAsking, TakeAnswer
from app.engine.model.cases import CloseTasks, OpenTask, Why
from app.engine.staff import holder_of
from app.engine.tasks import open_task, started
from app.engine.turn import Refused, Turn

KEY = "ask"
"""How the keys of the tasks begin that are a question to a colleague."""


def ask_others(turn: Turn) -> None:
    """Put the questions of the state that the case has entered."""
    for ask in turn.state.asks:
        rows = turn.reading.rows(ask.each) if ask.each else (None,)
        wanted = [row for row in rows if turn.reading.holds(ask.condition, row.values if row else None)]
        if not ask.each and not wanted:
            continue
        _put(turn, ask, wanted if ask.kind is not AskTo.INVITED else [])


def _put(turn: Turn, ask: Ask, rows: list[RowView | None]) -> None:
    due_on = due(turn.calendar, ask.deadline, started(turn))
    who = tuple(_asked(turn, ask, place, row) for place, row in enumerate(rows))
    closes_at = calendar.overdue_at(turn.calendar, due_on) if due_on is not None else None
    turn.emit(AskOthers(ask.id, due_on, closes_at, tuple(_reminders(turn, ask, due_on)), who))
    for one in who:
        if one.task:
            _give(turn, ask, one, due_on)


def _reminders(turn: Turn, ask: Ask, due_on: date | None) -> Iterator[datetime]:
    for reminder in ask.remind if due_on is not None else ():
        day = calendar.reminder_day(turn.calendar, due_on or date.min, reminder.before)
        at = calendar.reminder_at(turn.calendar, day)
        if at > turn.now:
            yield at


def _asked(turn: Turn, ask: Ask, place: int, row: RowView | None) -> Asked:
    if ask.kind is AskTo.POINT:
        point = turn.points.get(ask.to)
        name = point.label if point is not None else ask.to
        account = _holder(turn, ask.to)
        if ask.by == TASK:
            return Asked(place, name, account=account or turn.case.holder, task=f"{KEY}:{ask.id}:{place}")
        worker = turn.worker(account)
        return Asked(place, name, email=worker.email if worker is not None else "", account=account)
    values: Row = row.values if row is not None else turn.case.answers
    return _reached(place, values.get(ask.to.removeprefix("row.")), row)


def _reached(place: int, value: Value | None, row: RowView | None) -> Asked:
    """By the mail address or the partner that was filled in; a row without either still has a name."""
    if isinstance(value, PersonRef):
        return Asked(place, value.name or value.id, partner=value.id)
    if isinstance(value, str) and value:
        return Asked(place, _name(row) or value, email=value)
    return Asked(place, _name(row))


def _name(row: RowView | None) -> str:
    """The first text of a row: what it is called."""
    texts = (value for value in row.values.values() if isinstance(value, str)) if row is not None else ()
    return next(iter(texts), "")


def _holder(turn: Turn, point: str) -> str:
    found = turn.points.get(point)
    if found is None:
        return ""
    held = holder_of(
        found, turn.case.neighbourhood, turn.world, turn.now, points=turn.points, not_to=turn.not_to
    )
    return held.account if held else ""


def _give(turn: Turn, ask: Ask, one: Asked, due_on: date | None) -> None:
    open_task(
        turn,
        OpenTask(
            key=one.task,
            kind="sub",
            label=ask.label,
            assignee=one.account,
            due_on=due_on,
            why=Why(contact_point=ask.to, neighbourhood=turn.case.neighbourhood, code="asked"),
            due_rule=ask.deadline.source,
            contact_point=ask.to,
        ),
    )


def stop_asking(turn: Turn, left: State) -> None:
    """The case leaves a state: what was asked there is withdrawn."""
    if not left.asks:
        return
    turn.emit(StopAsking(tuple(ask.id for ask in left.asks)))
    prefixes = tuple(f"{KEY}:{ask.id}:" for ask in left.asks)
    late = tuple(f"escalate:{prefix}" for prefix in prefixes)
    open_ = tuple(item.key for item in turn.case.tasks if item.open and item.key.startswith(prefixes + late))
    if open_:
        turn.emit(CloseTasks(open_, "cancelled"))


def answered(turn: Turn, event: Answered) -> None:
    """Lay an answer beside the case; what was a task is done. ``decide`` looks at the automatic exits after it."""
    ask = next((item for item in turn.state.asks if item.id == event.ask), None)
    if ask is None:
        raise Refused("not_asked")
    turn.emit(TakeAnswer(event.ask, event.row, MappingProxyType(dict(event.answers))))
    key = f"{KEY}:{ask.id}:{event.row}"
    if turn.task(key) is not None:
        turn.emit(CloseTasks((key,), "done"))
    turn.note("ask_answered", ask=ask.label, name=event.name or turn.name(event.by))
