"""What is given to a resident, to open their own page: number, code, and a link that carries both for a phone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from app.documents import house
from app.services.follow_up import outgoing


@dataclass(frozen=True, slots=True)
class OwnPage:
    """``link`` leads to the page with the number filled in; ``qr`` (a ``data:`` address of an SVG) carries the code
    too, behind the ``#`` that browsers keep to themselves. ``address`` is what somebody types."""

    number: str
    code: str
    link: str
    address: str
    qr: str


def own_page(number: str, code: str) -> OwnPage:
    """See ``OwnPage``."""
    link = outgoing.current().resident_link(number)
    drawn = house.qr(f"{link}#{code}").encode()
    qr = f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
    return OwnPage(number, code, f"{link}#{code}", link.partition("://")[2].rpartition("/")[0], qr)
