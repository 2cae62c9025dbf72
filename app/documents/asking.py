"""How is a question of a form asked on paper: on a line, with boxes to tick, with room to write?

Made from the checked form, so that paper and screen ask the same. What only the desk fills in, what is worked out and
what cannot be written down (a file, a person to choose) stays off it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import holes
from app.engine.values.choices import ELSEWHERE
from app.texts import say

INSIDE = frozenset(
    {"reception", "contact", "neighbourhood_lead", "coordinator", "team_lead", "head_of_service", "volunteer"}
)
"""Who fills in at a desk what is asked of them only."""
_UNWRITABLE = frozenset(
    {
        FieldType.FILE,
        FieldType.PERSON,
        FieldType.PARTNER,
        FieldType.CASE,
        FieldType.SESSION,
        FieldType.READ_RECEIPT,
    }
)
_DAYS = frozenset({FieldType.DATE, FieldType.PARTIAL_DATE})
LONG = 140
"""From so many signs on a text is given a third line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on paper. ``way`` is line, lines, tick (of ``options``; several of them when ``many``), day, agree,
    sign or said; ``count`` is how many lines."""

    way: str
    label: str
    help: str = ""
    options: tuple[str, ...] = ()
    many: bool = False
    count: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section on paper; never empty."""

    title: str
    help: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a form asks inside, and what on its strip."""

    parts: tuple[Part, ...]
    strip: tuple[Asked, ...]


def on_paper(form: Form, places: Mapping[str, str], words: holes.Words) -> Paper:
    """The questions of ``form``. ``places`` are the neighbourhoods, id -> label; ``words`` fill the holes in what is
    agreed to (``holder.name``)."""
    card = form.card
    strip = card.strip if card is not None else ()
    gone = {*strip, *(card.leave_out if card is not None else ())}
    parts = []
    for section in form.sections:
        asked = tuple(
            one
            for field in section.fields
            if field.id not in gone
            for one in _asked(field, form, places, words)
        )
        if asked:
            parts.append(Part(section.title, section.help, asked))
    below = (field for name in strip if (field := form.field(name)) is not None)
    return Paper(tuple(parts), tuple(one for field in below for one in _asked(field, form, places, words)))


def _asked(field: Field, form: Form, places: Mapping[str, str], words: holes.Words) -> Iterator[Asked]:
    if _stays_off(field):
        return
    if field.type is FieldType.CONSENT:
        text = holes.fill(field.text, words, place=field.id, address=form.address_form)
        yield Asked("agree", text, field.help, required=field.required)
    elif field.type is FieldType.INFO:
        yield Asked("said", field.text)
    elif field.rows is not None:
        yield from (Asked("tick", row.label, options=_options(field, places)) for row in field.rows.options)
    elif field.fields:
        yield Asked("lines", field.label, field.help, count=3)
    else:
        yield _plain(field, places)


def _plain(field: Field, places: Mapping[str, str]) -> Asked:
    options = _options(field, places)
    many = field.many or field.type in (FieldType.CHOICES, FieldType.TAGS, FieldType.AVAILABILITY)
    count = 1
    if options:
        way = "tick"
    elif field.type in _DAYS:
        way = "day"
    elif field.type is FieldType.SIGNATURE:
        way = "sign"
    elif field.type is FieldType.LONG_TEXT:
        way, count = "lines", 3 if (field.limits.max_length or LONG) > LONG else 2
    elif field.type is FieldType.ADDRESS:
        way, count = "lines", 2
    else:
        way = "line"
    return Asked(way, field.label, field.help, options, many, count, field.required)


def _options(field: Field, places: Mapping[str, str]) -> tuple[str, ...]:
    if field.type is FieldType.NEIGHBOURHOOD:
        return (*places.values(), *(say(f"values.{name}") for name in ELSEWHERE))
    return tuple(item.label for item in (field.options.options if field.options else ()) if not item.silent)


def _stays_off(field: Field) -> bool:
    inside = bool(field.only_for) and set(field.only_for) <= INSIDE
    return inside or field.compute is not None or field.type in _UNWRITABLE
