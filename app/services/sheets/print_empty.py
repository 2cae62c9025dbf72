"""How does a sheet look on paper, empty, for who has no phone at hand?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.forms import Field, FieldType, Form
from app.documents.sheets import Sheet, SheetPart, sheet_pdf
from app.engine.policy import Actor
from app.services.municipality.letterhead import house_of
from app.services.sheets.hand_in import audience_of
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.texts import say

BOX, LINE = "\u2610 ", " _" * 30


def sheet(actor: Actor, form: Form) -> bytes:
    """The form as PDF, with boxes to tick and lines to write on. Raises what ``audience_of`` raises."""
    audience_of(actor, form)
    world = staffing.world(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        house = house_of(tx, world)
    places = tuple(world.staffing.neighbourhoods.values())
    parts = tuple(
        SheetPart(section.title, tuple(_pairs(section.fields, places))) for section in form.sections
    )
    made = Sheet(
        house=house,
        title=form.title,
        lead=say("sheets.paper.lead"),
        facts=(),
        parts=parts,
        call_title=say("sheets.paper.call"),
        call=(say("sheets.paper.where"),),
    )
    return sheet_pdf(made, clock.now())


def _pairs(fields: tuple[Field, ...], places: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.type is FieldType.INFO or not field.shown:
            continue
        if field.rows is not None:
            for row in field.rows.options:
                yield f"{field.label} {row.label}", _boxes(field)
        else:
            yield field.label, _answer(field, places)


def _answer(field: Field, places: tuple[str, ...]) -> str:
    if field.type is FieldType.NEIGHBOURHOOD:
        return "  ".join(BOX + place for place in places)
    boxes = _boxes(field)
    own = LINE if field.type is FieldType.TAGS or not boxes else ""
    return f"{boxes}{own}".strip()


def _boxes(field: Field) -> str:
    options = field.options.options if field.options else ()
    return "  ".join(BOX + option.label for option in options if not option.silent)
