"""What somebody has to read before a button is pressed, on paper: to take along, and to sign."""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.model.forms import FieldType, Form
from app.documents.sheets import Sheet, SheetPart, sheet_pdf
from app.engine.policy import Act, Actor
from app.services.cases import case_page, relation
from app.services.errors import NotFound
from app.services.municipality.letterhead import house_of
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.texts import say


def to_read(form: Form | None) -> bool:
    """Whether a form asks somebody to have read something."""
    return form is not None and any(field.type is FieldType.READ_RECEIPT for field in form.fields())


def sheet(actor: Actor, case_id: str, action_id: str) -> bytes:
    """The text behind a button as PDF, with a line to sign on. Raises Forbidden, NotFound (also for a button that asks
    to read nothing)."""
    relation.demand_ever(actor, Act.CASE_ACT)
    page = case_page.show(actor, case_id)
    action = next((item for item in page.actions if item.id == action_id), None)
    if action is None or action.form is None or not to_read(action.form):
        raise NotFound
    world = staffing.world(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        house = house_of(tx, world)
    made = Sheet(
        house=house,
        title=action.form.title,
        lead="",
        facts=((say("public.status.number"), page.number),),
        parts=tuple(_parts(action.form)),
        call_title=say("reception.paper.questions"),
        call=(f"{page.holder.name} {page.holder.phone}".strip(),),
        sign=say("matching.read.sign"),
    )
    return sheet_pdf(made, clock.now())


def _parts(form: Form) -> Iterator[SheetPart]:
    """What there is to read, under its titles; a question that staff answers is left out."""
    for section in form.sections:
        texts = [field.text for field in section.fields if field.type is FieldType.INFO]
        texts += [field.text for field in section.fields if field.type is FieldType.READ_RECEIPT]
        if texts:
            yield SheetPart(section.title, lines=tuple(text.replace("**", "") for text in texts))
