"""What does somebody take home who does not read easily? Pictures with few words each, then all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents import compiler
from app.documents.house import House

TEMPLATE = "pictured"
_DRAWN = {
    "write": '<path d="M14 50 L40 14 L50 22 L24 56 L12 58 Z"/><path d="M36 20 L46 28"/><path d="M8 62 H56"/>',
    "read": '<circle cx="22" cy="18" r="9"/><path d="M6 52 C6 34 38 34 38 52"/><circle cx="46" cy="24" r="7"/>'
    '<path d="M42 40 C54 38 58 46 58 52"/>',
    "lock": '<rect x="14" y="28" width="36" height="28" rx="4"/><path d="M21 28 V20 C21 6 43 6 43 20 V28"/>'
    '<path d="M32 38 V46"/>',
    "clock": '<circle cx="32" cy="32" r="24"/><path d="M32 16 V32 L44 40"/>',
    "look": '<path d="M4 32 C16 12 48 12 60 32 C48 52 16 52 4 32 Z"/><circle cx="32" cy="32" r="9"/>',
    "stop": '<path d="M14 18 H50 L46 58 H18 Z"/><path d="M8 18 H56"/><path d="M25 18 V10 H39 V18"/>'
    '<path d="M26 28 V48"/><path d="M38 28 V48"/>',
    "no": '<circle cx="32" cy="32" r="24"/><path d="M20 36 H44"/><circle cx="24" cy="25" r="2"/>'
    '<circle cx="40" cy="25" r="2"/>',
}
"""Our own drawings, a line of one thickness in a square of 64."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A sheet. ``pictures`` are (name of a drawing, words); ``lines`` are (title, text); ``call`` who can tell more."""

    title: str
    lead: str
    pictures: tuple[tuple[str, str], ...]
    words_title: str
    lines: tuple[tuple[str, str], ...]
    call_title: str
    call: str


def pictured_pdf(sheet: Pictured, house: House, at: datetime) -> bytes:
    """Two pages or so; made ``at`` (aware). Raises ``KeyError`` for a drawing that is not there."""
    return compiler.pdf(TEMPLATE, pictured_data(sheet, house), at)


def pictured_data(sheet: Pictured, house: House) -> dict[str, object]:
    """What the template is given."""
    drawn = [(_svg(_DRAWN[name], house.accent), words) for name, words in sheet.pictures]
    return {"title": sheet.title, "sheet": sheet, "house": house, "drawn": drawn}


def _svg(lines: str, colour: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<g fill="none" stroke="{colour}" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">{lines}'
        "</g></svg>"
    )
