"""A consent ends, by being taken back or by itself, or holds anew: what follows for its case?

What ends by itself does so once, at the end of its last day: a timer of the case hangs on that day and looks again at
everything that holds until then. Somebody is asked in time to ask again, once for all that ends together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.definitions.model.consents import Withdrawn
from app.engine import calendar, consents
from app.engine.consents import EXPIRED, WITHDRAWN, Standing
from app.engine.deadlines import due, last_day_for
from app.engine.facts_of import SHOWN_CLASS
from app.engine.messages import fill
from app.engine.model.agreeing import Agree
from app.engine.model.cases import (
    CancelTimers,
    CloseTasks,
    OpenTask,
    Remind,
    SetTimer,
)
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.engine.tasks import onlookers_of, open_task, started, withdrawn_of
from app.engine.turn import Refused, Turn
from app.texts import say

TIMER, ASK = "consent", "consent_remind"
TASK = "withdrawn"
NOTE = "note"
LABEL = "{consent.label}"
READ_WITHIN = 3
"""Working days for somebody to see that a consent ended where the workflow names no task of its own."""


def in_force(turn: Turn) -> tuple[Standing, ...]:
    """Every consent of the case that was ever given."""
    return consents.of_case(turn.form, turn.case, turn.now, turn.calendar)


def _ending(turn: Turn) -> Iterator[tuple[Standing, date]]:
    for item in in_force(turn):
        if item.consent.given and item.until is not None:
            yield item, item.until


def set_timers(turn: Turn, *, again: bool = True) -> None:
    """Wake the case when its consents end, and before that. ``again``: what was set before no longer counts."""
    if again:
        turn.emit(CancelTimers(TIMER))
    asks: dict[str, SetTimer] = {}
    for item, until in _ending(turn):
        end = f"{TIMER}:{until.isoformat()}"
        asks[end] = SetTimer(TIMER, end, calendar.end_of(turn.calendar, until))
        for day in _asked_on(turn, item, until):
            at = calendar.reminder_at(turn.calendar, day)
            if at > turn.now:
                key = f"{ASK}:{until.isoformat()}:{day.isoformat()}"
                asks[key] = SetTimer(ASK, key, at)
    turn.emit(*asks.values())


def _asked_on(turn: Turn, item: Standing, until: date) -> list[date]:
    if consents.carried(turn.form, turn.workflow):
        return []
    rungs = item.field.holds.remind if item.field.holds else ()
    return [calendar.reminder_day(turn.calendar, until, rung.before) for rung in rungs]


# By itself -------------------------------------------------------------------------------------------------


def rang(turn: Turn, key: str) -> None:
    """The last day of some consents is over: they count as not given. What was renewed meanwhile goes on."""
    day = _day(key.partition(":")[2])
    over = [item for item, until in _ending(turn) if day is not None and until <= day]
    for item in over:
        _end(turn, item, EXPIRED)
        turn.note("consent_expired", consent=consents.called(item.field))
    _close_asking(turn)


def ask_again(turn: Turn, key: str) -> None:
    """Some consents end soon: one task for the responsible person to ask again, or one line more in the digest."""
    until, _, day = key.partition(":")[2].partition(":")
    ending = [
        item
        for item, last in _ending(turn)
        if last.isoformat() == until and _day(day) in _asked_on(turn, item, last)
    ]
    if not ending:
        return
    task = f"{TIMER}:{until}"
    if any(item.key == task for item in turn.case.tasks):
        if turn.task(task) is not None:
            turn.emit(Remind(turn.case.holder, task, "before"))
        return
    last = date.fromisoformat(until)
    label = say(
        "consents.task.ask_again", consents=", ".join(_shown(item) for item in ending), day=_told(last)
    )
    _open_note(turn, task, label, last_day_for(turn.calendar, last, turn.now))


# Taken back and given anew ---------------------------------------------------------------------------------


def withdrawn(turn: Turn, event: ConsentWithdrawn) -> None:
    """Take one consent back. Refused where it does not stand."""
    item = _named(turn, event.consent)
    if not item.consent.given:
        raise Refused("no_consent")
    _end(turn, item, WITHDRAWN, event.how)
    if event.by:  # what people do on their own page is told there, in their words
        turn.note(
            "consent_withdrawn", consent=consents.called(item.field), name=turn.name(event.by), how=event.how
        )
    _close_asking(turn)


def renewed(turn: Turn, event: ConsentRenewed) -> None:
    """Let consents hold anew. Refused for one that does not end by itself, and for a day that has passed."""
    today = turn.reading.moment.today
    if event.until is not None and event.until < today:
        raise Refused("consent_past")
    for name in event.consents:
        item = _named(turn, name)
        if item.field.holds is None:
            raise Refused("no_consent_term")
        until = event.until or calendar.term_after(turn.calendar, today, item.field.holds.duration)
        turn.emit(
            Agree(name, replace(item.consent, given=True, on=today, until=until, how=event.how, ended=""))
        )
        who = turn.name(event.by) if event.by else ""
        code = "consent_renewed" if event.by else "consent_given_again"
        turn.note(code, consent=consents.called(item.field), until=_told(until), name=who, how=event.how)
    _close_asking(turn)
    set_timers(turn)


def _named(turn: Turn, name: str) -> Standing:
    if turn.state.end:
        raise Refused("ended")
    found = next((item for item in in_force(turn) if item.name == name), None)
    if found is None:
        raise Refused("no_consent")
    return found


# What follows ----------------------------------------------------------------------------------------------


def _end(turn: Turn, item: Standing, why: str, how: str = "") -> None:
    """It counts as not given from now on, and what the state asks then is to be done."""
    today = turn.reading.moment.today
    turn.emit(Agree(item.name, replace(item.consent, given=False, on=today, how=how, ended=why)))
    asked = [
        (number, rule)
        for number, rule in enumerate(turn.state.withdrawn)
        if consents.column(item.name) in rule.of
    ]
    for number, rule in asked:
        _open(turn, item, number, rule)
    if why == EXPIRED and not asked and not consents.carried(turn.form, turn.workflow):
        label = say("consents.task.expired", consent=_shown(item), number=turn.case.number)
        key = f"{TIMER}_over:{item.name}:{turn.case.version}"
        _open_note(turn, key, label, calendar.add_working_days(turn.calendar, turn.now, READ_WITHIN))


def asked_of(turn: Turn, name: str) -> bool:
    """Whether the state the case is in asks something of its own once that consent ends."""
    return any(consents.column(name) in rule.of for rule in turn.state.withdrawn)


def label_of(turn: Turn, key: str) -> str:
    """What the task is called that was opened because a consent ended, by its key."""
    rest = key.partition(":")[2]
    rule, name = withdrawn_of(turn, rest), rest.rpartition(":")[0].rpartition(":")[2]
    item = next((item for item in in_force(turn) if item.name == name), None)
    return key if rule is None or item is None else _called(turn, item, rule)


def _called(turn: Turn, item: Standing, rule: Withdrawn) -> str:
    label = _shown(item).replace("{", "{{").replace("}", "}}")
    return fill(turn, rule.task.replace(LABEL, label))


def _open(turn: Turn, item: Standing, number: int, rule: Withdrawn) -> None:
    open_task(
        turn,
        OpenTask(
            key=f"{TASK}:{turn.case.state}:{number}:{item.name}:{turn.case.version}",
            kind="sub",
            label=_called(turn, item, rule),
            assignee=turn.case.holder,
            due_on=due(turn.calendar, rule.deadline, started(turn)),
            why=turn.reason_why(),
            due_rule=rule.deadline.source,
            contact_point=turn.case.contact_point,
        ),
    )


def _open_note(turn: Turn, key: str, label: str, due_on: date) -> None:
    point = turn.case.contact_point
    turn.emit(OpenTask(key, NOTE, label, turn.case.holder, due_on, turn.reason_why(), contact_point=point))


def _close_asking(turn: Turn) -> None:
    """Nobody asks again about a day on which nothing ends any more."""
    days = {f"{TIMER}:{until.isoformat()}" for _, until in _ending(turn)}
    prefix = f"{TIMER}:"
    gone = [
        item.key
        for item in turn.case.tasks
        if item.open and item.key.startswith(prefix) and item.key not in days
    ]
    for key in gone:
        turn.emit(CloseTasks((key, *onlookers_of(turn.case, key)), "done"))


def _shown(item: Standing) -> str:
    """What it is called in a list; of class 2 or 3 it is not named there."""
    return consents.called(item.field) if item.field.privacy <= SHOWN_CLASS else say("consents.one", "nl")


def _told(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
