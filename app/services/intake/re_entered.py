"""What is different about a card on paper that reception enters later?

It has a number already, printed on card and strip, and it came in on an earlier day: terms count from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.definitions.model.forms import Form
from app.engine import calendar, card_numbers
from app.engine.model.answers import Answers, FieldError
from app.engine.policy import Actor
from app.services.cases.load_case import Pinned
from app.services.cases.open_case import number_of, series_of
from app.services.errors import Invalid
from app.services.intake import paper_cards
from app.storage import counters
from app.storage.database import Transaction
from app.storage.repositories import case_rows

CARD_NUMBER = "case.card_number"
RECEIVED = "_received"
"""The name of the input that asks on which day a card came in; no field of a form."""
MOST_DAYS = 60


def takes_cards(form: Form) -> bool:
    """Whether a form exists on paper too: it asks for the number of the card."""
    return form.meaning(CARD_NUMBER) is not None


@dataclass(frozen=True, slots=True)
class CameIn:
    """How a card comes in: ``by`` whom, at what instant, and the number it has if they hold it (``card``)."""

    by: Actor
    at: datetime
    card: str = ""


def number(tx: Transaction, pinned: Pinned, came: CameIn, answers: Answers) -> str:
    """The number on the card when somebody holds it or somebody of the house entered one, else the next of the series.

    Raises Invalid (``card_series``, ``card_used`` and what ``paper_cards.take`` raises, beside the field). Numbers
    drawn later come after the card's.
    """
    field = pinned.form.meaning(CARD_NUMBER)
    typed = answers.get(field.id) if field is not None and came.by.account else None
    if came.card and field is not None:
        paper_cards.take(tx, pinned, came.card, "")
        return came.card
    if field is None or not isinstance(typed, str):
        return number_of(tx, pinned, came.at)
    pattern = series_of(pinned)
    if card_numbers.is_printed(pattern, typed):
        paper_cards.take(tx, pinned, typed, field.id)
        return typed
    place = counters.matched(pattern, typed)
    if place is None:
        raise _refused(field.id, "card_series", example=pattern.format(year=came.at.year, seq="00417"))
    counters.jump(tx, pattern, *place)  # first: who enters the same card at this moment waits here
    used = case_rows.by_number(tx, typed)
    if used is not None:
        day = used["received_at"].astimezone(pinned.world.calendar.zone).date()
        raise _refused(field.id, "card_used", date=f"{day.day}/{day.month}/{day.year}")
    return typed


def received_at(pinned: Pinned, day: date | None, now: datetime) -> datetime:
    """The instant from which terms count for a card that came in on ``day``: now when that is today, else when the
    counter opened. Raises Invalid for a day to come and for one more than 60 days ago."""
    today = now.astimezone(pinned.world.calendar.zone).date()
    if day is None or day == today:
        return now
    if day > today:
        raise _refused(RECEIVED, "received_future")
    if today - day > timedelta(days=MOST_DAYS):
        raise _refused(RECEIVED, "received_too_old", n=str(MOST_DAYS))
    return calendar.instant(pinned.world.calendar, day, pinned.world.calendar.opens)


def _refused(field: str, code: str, **params: str) -> Invalid:
    return Invalid(code, errors=(FieldError(field, code, tuple(params.items())),))
