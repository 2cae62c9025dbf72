"""How do the sheets for the resident become PDF? The same words as on the screen, in large type; nothing of class 3."""

from __future__ import annotations

from datetime import datetime

from app.documents import house
from app.documents.house import House
from app.documents.sheets import Item, OwnLink, Sheet, SheetPart, sheet_pdf
from app.engine.model.people import World
from app.engine.policy import Actor
from app.services.cases.case_view import Contact
from app.services.follow_up.print_queue import in_fours
from app.services.intake import papers
from app.services.intake.papers import Agreement
from app.services.municipality import municipalities
from app.services.municipality.letterhead import house_of
from app.services.people.resident_links import OwnPage
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import transaction
from app.texts import say

RIGHTS = ("competent", "written", "appeal", "help")


def receipt(actor: Actor, case_id: str) -> bytes:
    """The statutory receipt as PDF. Raises what ``papers.receipt`` raises."""
    paper = papers.receipt(actor, case_id)
    world, signed = _signed(actor)
    received = paper.received_at.astimezone(world.calendar.zone)
    name = municipalities.name_of(actor.municipality)
    terms = tuple(
        (limit.label, say("reception.paper.by", day=house.day(limit.due_on)))
        for limit in paper.limits
        if limit.due_on
    )
    rights = tuple(say(f"reception.paper.rights.{code}") for code in RIGHTS)
    sheet = Sheet(
        house=signed,
        title=say("reception.paper.receipt"),
        lead=say("reception.paper.receipt_lead", municipality=name),
        facts=(
            (say("public.status.number"), paper.number),
            (
                say("public.receipt.received"),
                say("documents.moment", day=house.day(received), time=_time(received)),
            ),
            (say("public.receipt.contact"), paper.holder.name),
            *terms,
        ),
        parts=(
            SheetPart(say("reception.paper.asked"), tuple((line.label, line.text) for line in paper.lines)),
            SheetPart(say("reception.paper.rights"), lines=rights),
        ),
        call_title=say("reception.paper.questions"),
        call=_call(paper.holder, paper.number),
        sign=say("reception.paper.sign", name=paper.holder.name),
        own=_own(paper.own),
    )
    return sheet_pdf(sheet, clock.now())


def agreements(actor: Actor, case_id: str) -> bytes:
    """What was agreed as PDF. Raises what ``papers.agreements`` raises."""
    paper = papers.agreements(actor, case_id)
    world, signed = _signed(actor)
    received = paper.received_at.astimezone(world.calendar.zone)
    parts = tuple(SheetPart(title, items=tuple(map(_item, agreed))) for title, agreed in paper.parts)
    nothing = () if parts else (SheetPart(paper.title, lines=(say("reception.paper.no_agreements"),)),)
    sheet = Sheet(
        house=signed,
        title=say("reception.paper.agreements"),
        lead=say("reception.paper.agreements_lead", day=house.day(received)),
        facts=((say("public.status.number"), paper.number),),
        parts=parts or nothing,
        call_title=say("reception.paper.questions"),
        call=_call(paper.holder, paper.number),
        own=_own(paper.own),
    )
    return sheet_pdf(sheet, clock.now())


def _item(agreed: Agreement) -> Item:
    first, *more = agreed.lines
    return Item(first.text, tuple((line.label, line.text) for line in more))


def _call(holder: Contact, number: str) -> tuple[str, ...]:
    asks = say("reception.paper.call", name=holder.name)
    return (f"{asks} {holder.phone}".strip(), say("reception.paper.number", number=number))


def _own(own: OwnPage | None) -> OwnLink | None:
    if own is None:
        return None
    pairs = (
        (say("residents.give.where"), own.address),
        (say("public.status.number"), own.number),
        (say("public.status.code"), in_fours(own.code)),
    )
    return OwnLink(
        say("residents.give.you"), say("residents.give.lead"), own.link, say("residents.give.qr"), pairs
    )


def _signed(actor: Actor) -> tuple[World, House]:
    world = staffing.world(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return world, house_of(tx, world)


def _time(at: datetime) -> str:
    return f"{at.hour}.{at.minute:02d}"
