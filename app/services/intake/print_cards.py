"""How do reserved cards become paper: with whose name, photo and telephone, in which colours?

The name is looked up when the paper is made, never when the numbers were drawn: a card never shows somebody who left.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from app.definitions.model.workflows import ContactPoint, Per
from app.documents.card import CardCopy, CardDesign, cards_pdf
from app.documents.house import Somebody
from app.engine import staff
from app.engine.model.people import Worker, World
from app.engine.policy import Actor
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.definitions.catalogs import FormVersion
from app.services.errors import NotFound
from app.services.intake import paper_cards
from app.services.municipality import municipalities
from app.services.municipality.letterhead import house_of
from app.services.staff import photos
from app.storage import clock
from app.storage.database import Transaction, transaction
from app.storage.repositories import card_rows, photo_rows
from app.texts import say

LinkTo = Callable[[str], str]
"""The whole address of the page behind the text that stands for a card."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A contact point whose card can be printed. ``names`` are who stands on it now, all different ones; ``pictured``
    when all of them have a photo."""

    id: str
    label: str
    names: tuple[str, ...]
    pictured: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be printed: forms and villages (id, words), and contact points."""

    forms: tuple[tuple[str, str], ...]
    points: tuple[Printable, ...]
    places: tuple[tuple[str, str], ...]


def offered(actor: Actor) -> Offered:
    """The forms that are made for paper and the contact points whose card can be printed. Raises ``Forbidden``."""
    paper_cards.demand_print(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        pictured = photo_rows.marks(tx)
    forms = [(ref, version.form.title) for ref, version in desk.catalog.forms.items() if version.form.card]
    points = desk.catalog.contact_points.values()
    able = [point for point in points if not point.partner and point.per is not Per.ROSTER]
    return Offered(
        tuple(forms),
        tuple(_printable(desk, point, pictured) for point in able),
        tuple(desk.world.staffing.neighbourhoods.items()),
    )


def _printable(desk: Desk, point: ContactPoint, pictured: Container[str]) -> Printable:
    places = desk.world.staffing.neighbourhoods if point.per is Per.NEIGHBOURHOOD else ("",)
    found = [worker for place in places if (worker := on_card(desk.world, point.id, place)) is not None]
    names = tuple(dict.fromkeys(worker.name for worker in found))
    return Printable(point.id, point.label, names, all(worker.id in pictured for worker in found))


def pdf(actor: Actor, batch_id: str, link_to: LinkTo) -> bytes:
    """The cards of a batch that are still to be used, as PDF. Raises ``Forbidden``, ``NotFound``, also when none is
    left."""
    paper_cards.demand_print(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        batch = card_rows.batch(tx, key_of(batch_id))
        cards = card_rows.cards(tx, key_of(batch_id)) if batch else []
        free = [row["number"] for row in cards if row["used_at"] is None and not row["void"]]
        if batch is None or not free:
            raise NotFound
        version = paper_cards.printable(desk, batch["form"])
        design = _design(tx, desk, version, batch["contact_point"], batch["neighbourhood"])
        copies = [
            CardCopy(number, link_to(f"{number}-{paper_cards.secret_of(tx, number)}")) for number in free
        ]
    return cards_pdf(design, copies, clock.now())


def on_card(world: World, point: str, neighbourhood: str) -> Worker | None:
    """Who stands on the cards of a contact point now: who holds it there, else who stands in; nobody who left."""
    holding = staff.holding_of(world.staffing, point, neighbourhood)
    chain = (holding.holder, *holding.substitutes, holding.owner) if holding else ()
    workers = (world.staffing.workers.get(account) for account in chain)
    return next((worker for worker in workers if worker is not None and worker.active), None)


def _design(tx: Transaction, desk: Desk, version: FormVersion, point: str, place: str) -> CardDesign:
    found = desk.catalog.contact_points.get(point)
    worker = on_card(desk.world, point, place)
    function = found.label if found else ""
    return CardDesign(
        house=house_of(tx, desk.world, version.form.controller),
        form=version.form,
        contact=Somebody(
            worker.name if worker else "",
            function,
            worker.phone if worker else "",
            photos.drawn(tx, desk.world, worker.id) if worker else "",
        ),
        place=desk.world.staffing.neighbourhoods.get(place, municipalities.name_of(desk.municipality)),
        places=desk.world.staffing.neighbourhoods,
        within=_within(desk, version),
    )


def _within(desk: Desk, version: FormVersion) -> str:
    """The first term of the whole case, in words: ``10 werkdagen``."""
    limits = desk.catalog.workflow_for(version).workflow.limits
    durations = (limit.deadline.duration for limit in limits if limit.deadline.duration is not None)
    first = next(durations, None)
    return say(f"why.duration.{first.unit.value.replace(' ', '_')}", n=first.amount) if first else ""
