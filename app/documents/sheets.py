"""What does a resident take home from the desk, in large type: what was agreed, or that a question came in?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from app.documents import compiler, house
from app.documents.house import House

TEMPLATE = "sheet"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was agreed: ``what``, and below it who, by when."""

    what: str
    pairs: Pairs = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part with a heading: pairs of question and answer, things agreed, or plain lines."""

    title: str
    pairs: Pairs = ()
    items: tuple[Item, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLink:
    """How the resident follows it up: a ``link`` for the code to scan, what is typed, and the words for a reader."""

    title: str
    lead: str
    link: str
    alt: str
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``sign`` is below a line to sign on, empty for none; ``call`` who can tell more."""

    house: House
    title: str
    lead: str
    facts: Pairs
    parts: tuple[SheetPart, ...]
    call_title: str
    call: tuple[str, ...]
    sign: str = ""
    own: OwnLink | None = None


def sheet_pdf(sheet: Sheet, at: datetime) -> bytes:
    """As many pages as it takes; made ``at`` (aware)."""
    return compiler.pdf(TEMPLATE, sheet_data(sheet), at)


def sheet_data(sheet: Sheet) -> dict[str, object]:
    """What the template is given."""
    own = sheet.own
    drawn = {**asdict(own), "qr": house.qr(own.link)} if own is not None else None
    number = next((text for _, text in sheet.facts), "")
    return {"title": f"{sheet.title} {number}".strip(), "sheet": sheet, "own": drawn}
