"""Where does one contact of a campaign stand, and when may somebody try again?

Pure: a contact's history and the campaign in, its standing out. Nobody keeps a state that could differ from the
history; what is kept beside it is only to find contacts by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.definitions.model.campaigns import Campaign, Then
from app.definitions.model.workflows import Duration
from app.engine import calendar
from app.engine.durations import WORKING
from app.engine.model.people import Calendar

LETTER = "letter"
"""Counted beside the outcomes of attempts: a letter was sent."""
STAGE_MARK = "stage."
"""Counted too, before a stage that somebody came to for the first time; no option is called so."""
EVENING = time(17, 0)
NOON = time(12, 0)


class Part(StrEnum):
    """A part of the day: before noon, the afternoon, from 17.00."""

    MORNING = "am"
    AFTERNOON = "pm"
    EVENING = "evening"


class Standing(StrEnum):
    """Where a contact stands."""

    WAITING = "waiting"  # to be tried, from a day on
    RECURRING = "recurring"  # reached, and to be contacted again
    LETTER = "letter"  # not reached: a letter is to be sent
    VISIT = "visit"  # not reached: somebody goes by
    REACHED = "reached"
    ENDED = "ended"  # nothing more: wrong number, moved, a letter was sent
    REFUSED = "refused"
    DECEASED = "deceased"


OPEN = frozenset({Standing.WAITING, Standing.RECURRING, Standing.VISIT})
"""Somebody may still try: these stand in a batch."""
SILENT = frozenset({Standing.REFUSED, Standing.DECEASED})
"""Nobody contacts them any more, in no way."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: local day and part of it, and how it went (an option of the campaign's outcome).

    ``on`` and ``part`` are the other moment they asked for; ``every`` the option of ``recurring.every`` they chose and
    ``weeks`` the number that goes with it; ``same``: by the same person. ``letter``: not an attempt, a letter was sent.
    """

    day: date
    part: Part
    outcome: str = ""
    on: date | None = None
    at: Part | None = None
    every: str = ""
    weeks: int = 0
    same: bool = False
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """What comes. ``day``: not before it; ``part``: only then, ``other``: not in that part. ``number`` counts the
    attempts since the last talk, this one included. ``same``: by whom they spoke before."""

    standing: Standing
    day: date | None = None
    part: Part | None = None
    other: Part | None = None
    number: int = 1
    same: bool = False

    def may(self, day: date, part: Part) -> bool:
        """Whether somebody may be tried at that moment."""
        if self.standing not in OPEN or (self.day is not None and day < self.day):
            return False
        if self.day == day and self.part is not None:
            return part is self.part
        return part is not self.other


def part_of(cal: Calendar, now: datetime) -> Part:
    """The part of the local day."""
    here = now.astimezone(cal.zone).time()
    return Part.MORNING if here < NOON else Part.AFTERNOON if here < EVENING else Part.EVENING


def next_of(campaign: Campaign, history: Sequence[Attempt], cal: Calendar, *, stopped: str = "") -> Next:
    """Where somebody stands after ``history``, oldest first. ``stopped``: ``refused`` or ``deceased`` elsewhere."""
    tried = [item for item in history if not item.letter]
    for silent, outcomes in _silencing(campaign):
        if stopped == silent.value or any(item.outcome in outcomes for item in tried):
            return Next(silent)
    if not tried:
        return Next(Standing.WAITING, day=_after_letter(campaign, history, cal))
    last = tried[-1]
    talks = [item for item in tried if item.outcome in campaign.talk]
    if talks:
        return _after_talk(campaign, talks[-1], tried[_place(tried, talks[-1]) + 1 :], cal, history)
    return _unreached(campaign, tried, last, cal, history)


def _silencing(campaign: Campaign) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    outs = campaign.opt_outs
    return ((Standing.DECEASED, outs.deceased), (Standing.REFUSED, outs.refused))


def _place(tried: list[Attempt], item: Attempt) -> int:
    return max(place for place, other in enumerate(tried) if other is item)


def _after_letter(campaign: Campaign, history: Sequence[Attempt], cal: Calendar) -> date | None:
    """The first day after the letter that announces it; far away while that was not sent."""
    letter = campaign.letter(before=True)
    if letter is None:
        return None
    sent = [item.day for item in history if item.letter]
    if not sent:
        return date.max
    return _term(cal, sent[0], letter.wait) if letter.wait is not None else sent[0]


def _unreached(
    campaign: Campaign, tried: list[Attempt], last: Attempt, cal: Calendar, history: Sequence[Attempt]
) -> Next:
    rules = campaign.attempts
    misses = sum(1 for item in tried if item.outcome in rules.retry)
    later = rules.later is not None and last.outcome == rules.later.outcome
    asked = sum(1 for item in tried if rules.later is not None and item.outcome == rules.later.outcome)
    if not later and last.outcome not in rules.retry:
        return Next(Standing.ENDED)
    if misses > rules.at_most:
        return Next(Standing.ENDED)  # nobody there when somebody went by
    if misses == rules.at_most or asked > rules.at_most:
        return _exhausted(campaign, last, history)
    if later:
        return Next(Standing.WAITING, last.on or _pause(campaign, last, cal), last.at, number=len(tried) + 1)
    other = last.part if rules.other_part_of_day else None
    return Next(Standing.WAITING, _pause(campaign, last, cal), other=other, number=len(tried) + 1)


def _exhausted(campaign: Campaign, last: Attempt, history: Sequence[Attempt]) -> Next:
    """The last attempt reached nobody: a letter, a visit, or nothing."""
    then = campaign.attempts.then
    if then is Then.LETTER:
        sent = bool(history) and history[-1].letter and history[-1] is not last
        return Next(Standing.ENDED if sent else Standing.LETTER)
    return Next(Standing.VISIT if then is Then.VISIT else Standing.ENDED)


def _after_talk(
    campaign: Campaign, talk: Attempt, since: list[Attempt], cal: Calendar, history: Sequence[Attempt]
) -> Next:
    """They were reached. With a wish for more it goes on, until they refuse often enough or nobody answers."""
    rules = campaign.recurring
    period = rules.periods.get(talk.every) if rules is not None else None
    if rules is None or period is None:
        return Next(Standing.REACHED)
    refused = [item for item in since if item.outcome in rules.refusals]
    if len(refused) >= rules.stop_after:
        return Next(Standing.REACHED)
    started = refused[-1] if refused else talk
    missed = since[_place(since, refused[-1]) + 1 :] if refused else since
    if any(item.outcome not in campaign.attempts.retry for item in missed):
        return Next(Standing.ENDED)
    if len(missed) > campaign.attempts.at_most:
        return Next(Standing.ENDED)
    if len(missed) == campaign.attempts.at_most:
        return _exhausted(campaign, missed[-1], history)
    if missed:
        other = missed[-1].part if campaign.attempts.other_part_of_day else None
        day = _pause(campaign, missed[-1], cal)
        return Next(Standing.RECURRING, day, other=other, number=len(missed) + 1, same=talk.same)
    day = _again_on(started, talk, period, cal, once=talk.every in rules.once)
    return Next(Standing.RECURRING, calendar.on_or_after(cal, day), same=talk.same)


def _again_on(started: Attempt, talk: Attempt, period: Duration, cal: Calendar, *, once: bool) -> date:
    if started is not talk and started.on is not None:
        return started.on
    if once and talk.weeks:
        return started.day + timedelta(weeks=talk.weeks)
    return calendar.term_after(cal, started.day, period)


def _pause(campaign: Campaign, last: Attempt, cal: Calendar) -> date:
    """The first day of a new attempt; always a working day, never the same day."""
    wait = campaign.attempts.not_before
    if wait is None:
        return calendar.move(cal, last.day, 1)
    return max(_term(cal, last.day, wait), last.day + timedelta(days=1))


def _term(cal: Calendar, day: date, wait: Duration) -> date:
    """``wait`` after ``day``: working days count from the day itself."""
    if wait.unit in WORKING:
        return calendar.move(cal, day, max(wait.amount, 1))
    return calendar.on_or_after(cal, calendar.term_after(cal, day, wait))
