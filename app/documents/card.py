"""How does a form look as a card on paper, with the person who calls on the front and a strip that is torn off?

A4 on its side, printed on both sides and turned over the short side: the back of the strip lies behind the strip.
Each copy carries its own number and the link to its online twin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.forms import Form
from app.documents import compiler, house
from app.documents.asking import on_paper
from app.documents.house import House, Somebody
from app.engine import holes
from app.texts import say

TEMPLATE = "card"
URGENT = ("112", "1712", "106", "1813")
_WORDS = (
    "number", "themes", "contact", "online", "scan", "name", "date", "keep", "urgent", "choose_more", "required",
    "day", "month", "year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardDesign:
    """What is the same on every copy. ``contact`` is who holds the contact point in ``place`` now; an empty name when
    nobody does: then only ``house.phone`` is told. ``within`` is the term in words (``10 werkdagen``), may be empty.
    ``places`` are the neighbourhoods, id -> label."""

    house: House
    form: Form
    contact: Somebody
    place: str
    places: Mapping[str, str]
    within: str = ""


@dataclass(frozen=True, slots=True)
class CardCopy:
    """One card: its number and the address that its QR codes open."""

    number: str
    link: str


def cards_pdf(design: CardDesign, copies: Sequence[CardCopy], at: datetime) -> bytes:
    """All copies, two pages each; made ``at`` (aware). Raises ``ValueError`` for a form without ``card:`` and without
    any copies."""
    return compiler.pdf(TEMPLATE, card_data(design, copies), at)


def card_data(design: CardDesign, copies: Sequence[CardCopy]) -> dict[str, object]:
    """What the template is given."""
    card = design.form.card
    if card is None or not copies:
        raise ValueError("nothing to print")
    contact = design.contact
    name = contact.name or holes.default("holder.name", address=design.form.address_form)
    paper = on_paper(design.form, design.places, {"holder.name": name})
    many = say("documents.cards", n=len(copies), number=copies[0].number)
    return {
        "title": f"{design.form.title} {copies[0].number}" if len(copies) == 1 else many,
        "house": design.house,
        "form_title": design.form.title,
        "headline": card.title or design.form.title,
        "intro": card.intro or design.form.intro,
        "themes": _themes(design.form),
        "contact": contact,
        "place": design.place,
        "parts": paper.parts,
        "strip": paper.strip,
        "urgent": [(number, say(f"documents.urgent.{number}")) for number in URGENT],
        "copies": [_copy(copy) for copy in copies],
        "words": {
            **{word: say(f"documents.card.{word}") for word in _WORDS},
            "photo": say("documents.card.photo", name=name),
            "calls": _calls(design, name),
            "before": say("documents.card.before", name=name),
            "again": say("documents.card.again", phone=design.house.phone.replace(" ", "\u00a0"))
            if design.house.phone
            else "",
        },
    }


def _copy(copy: CardCopy) -> dict[str, str]:
    code = {"qr": house.qr(copy.link), "alt": say("documents.card.qr", number=copy.number)}
    return {"number": copy.number, "link": copy.link, **code}


def _themes(form: Form) -> list[tuple[str, str]]:
    """Theme and offer; a way not to tell is no theme."""
    card = form.card
    field = form.field(card.themes) if card is not None else None
    if card is None or field is None or field.options is None:
        return []
    options = (item for item in field.options.options if not item.silent and not item.opt_out)
    return [(item.label, item.columns.get(card.offer, "")) for item in options]


def _calls(design: CardDesign, name: str) -> str:
    code = "documents.card.calls" if design.within else "documents.card.calls_soon"
    return say(code, name=name[:1].upper() + name[1:], within=design.within)
