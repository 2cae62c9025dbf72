"""Is there a place in a session, who moves up, and which regular stays away? Numbers and words in, no case needed.

A session has so many places. Whoever registers gets one, or waits behind those who already wait; a place that becomes
free goes to who waits longest. Somebody who often came and then missed a number of sessions in a row is told of once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.definitions.model.sessions import Regulars, Sessions
from app.definitions.model.workflows import Workflow

MOST_IN_A_SERIES = 60


class Seat(StrEnum):
    """What becomes of somebody who registers."""

    PLACED = "placed"
    WAITING = "waiting"
    REFUSED = "refused"


class Standing(StrEnum):
    """What a registration is to its session: it takes a place, waits for one, or neither."""

    PLACED = "placed"
    WAITING = "waiting"
    GONE = "gone"


class Came(StrEnum):
    """What is known of somebody at one session. ``UNKNOWN``: nobody tapped, or they had said they would not come."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How full a session is: ``places`` there are (``None``: no end to it), how many are ``taken``, how many wait."""

    places: int | None
    taken: int = 0
    waiting: int = 0

    @property
    def left(self) -> int | None:
        """How many places can still be given to somebody new; never below 0, nor past those who wait."""
        if self.places is None:
            return None
        return max(0, self.places - self.taken - self.waiting)


def seat(crowd: Crowd, *, may_wait: bool) -> Seat:
    """What becomes of who registers now."""
    if crowd.left is None or crowd.left > 0:
        return Seat.PLACED
    return Seat.WAITING if may_wait else Seat.REFUSED


def moving_up(crowd: Crowd) -> int:
    """How many of those who wait get a place now, who waits longest first."""
    if crowd.places is None:
        return crowd.waiting
    return min(crowd.waiting, max(0, crowd.places - crowd.taken))


def is_open(rules: Sessions, state: str, until: date, today: date) -> bool:
    """Whether somebody can register for a session in ``state``: until the end of the day ``until``."""
    return state in rules.opens.states and today <= until


def standing(rules: Sessions, registration: Workflow, state: str, came: str) -> Standing:
    """What a registration in ``state`` is to its session; who was tapped keeps the place."""
    waits = _targets(registration, rules.full.press) if rules.full is not None else frozenset()
    if state in waits:
        return Standing.WAITING
    if registration.states[state].end and not came:
        return Standing.GONE
    return Standing.PLACED


def _targets(registration: Workflow, press: str) -> frozenset[str]:
    found = (
        action.to
        for name in registration.states
        for action in registration.actions_of(name).values()
        if action.id == press
    )
    return frozenset(target for target in found if target)


def came_now(rules: Sessions, registration: Workflow, before: str, press: tuple[str, str]) -> str:
    """Whether somebody is known to have come, after ``press``: the button and the state it led to. A button that leads
    back to where can be tapped again takes the tap back."""
    taps, (action, state) = rules.attendance, press
    if taps is None:
        return ""
    if action == taps.present:
        return Came.PRESENT
    if action == taps.absent:
        return Came.ABSENT
    again = {taps.present, taps.absent} <= set(registration.actions_of(state))
    return "" if again else before


def stayed_away(rule: Regulars, history: Sequence[Came]) -> int | None:
    """How often a regular came in the sessions before the last ``rule.missed``, which were all missed, when that is
    often enough; ``None`` for who is no regular or missed fewer, or more: one who stays away is told of once.

    ``history`` is from old to new; sessions of which nothing is known do not count.
    """
    known = [came for came in history if came is not Came.UNKNOWN]
    missed, before = known[-rule.missed :], known[: -rule.missed]
    if len(missed) < rule.missed or Came.PRESENT in missed or not before or before[-1] is Came.ABSENT:
        return None
    times = before[-rule.of :].count(Came.PRESENT)
    return times if times >= rule.came else None


class Every(StrEnum):
    """How often a series comes."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


def series(first: date, last: date, every: Every, places: Sequence[str]) -> list[tuple[date, str]]:
    """The days of a series up to and with ``last``, and the place of each, in turn. Every month: on the same weekday of
    the same week of the month (the second Friday); a month without one is passed over."""
    days: list[date] = []
    step, day = 0, first
    while day <= last and len(days) < MOST_IN_A_SERIES:
        if every is not Every.MONTH or (day.weekday(), _week_of(day)) == (first.weekday(), _week_of(first)):
            days.append(day)
        step += 1
        day = first + timedelta(weeks=step * (2 if every is Every.FORTNIGHT else 1))
    return [(day, places[number % len(places)] if places else "") for number, day in enumerate(days)]


def _week_of(day: date) -> int:
    return (day.day - 1) // 7


def tally(values: Iterable[Iterable[str]]) -> dict[str, int]:
    """How often each option was chosen, over the answers of many."""
    found: dict[str, int] = {}
    for chosen in values:
        for option in chosen:
            found[option] = found.get(option, 0) + 1
    return found
