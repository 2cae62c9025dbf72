"""How does a referrer keep a personal link: a sheet for the practice with a QR code and three steps?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents import compiler, house
from app.documents.house import House
from app.texts import say

TEMPLATE = "links"
STEPS = 3


@dataclass(frozen=True, slots=True)
class LinkSheet:
    """``name`` is whose link it is, ``form`` the title of the form it opens, ``address`` the whole link."""

    house: House
    name: str
    form: str
    address: str


def link_pdf(sheet: LinkSheet, at: datetime) -> bytes:
    """One page; made ``at`` (aware)."""
    return compiler.pdf(TEMPLATE, link_data(sheet), at)


def link_data(sheet: LinkSheet) -> dict[str, object]:
    """What the template is given."""
    called = {"name": sheet.name, "form": sheet.form}
    return {
        "title": say("documents.link.title", **called),
        "house": sheet.house,
        "name": sheet.name,
        "form": sheet.form,
        "lead": say("documents.link.lead", **called),
        "steps": [say(f"documents.link.step{number}") for number in range(1, STEPS + 1)],
        "address": sheet.address,
        "qr": house.qr(sheet.address),
        "alt": say("documents.link.alt", **called),
        "private": say("documents.link.private"),
        "lost": say("documents.link.lost", phone=sheet.house.phone) if sheet.house.phone else "",
        "urgent": say("documents.link.urgent"),
    }
