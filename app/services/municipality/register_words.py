"""How does the register of processing read, on a page, on paper and in a spreadsheet? The same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.engine.processing import SENSITIVE, Datum, Processing, Reader
from app.services.municipality import notices
from app.services.municipality.processings import Entry, Register
from app.texts import say

COLUMNS = (
    "form", "controller", "purpose", "basis", "persons", "sources", "data_1", "data_2", "data_3", "recipients",
    "outside", "retention", "security", "transfers", "processors",
)  # fmt: skip
OUTSIDE = ("public", "referrer", "reception", "volunteer", "partner")
"""Audiences of whom it is said in words of their own whose answers they give."""
MEASURES = ("sealed", "roles", "reads", "history", "mail", "sessions", "outside", "erase", "backup")
"""What the product itself does to protect data; each has a text, and a test behind it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing the register says of a form: ``lines`` in words; ``missing``: still to be filled in."""

    code: str
    title: str
    lines: tuple[str, ...]
    missing: bool = False

    @property
    def text(self) -> str:
        """In one cell of a table."""
        return "\n".join(self.lines)


def cells(register: Register, entry: Entry) -> tuple[Cell, ...]:
    """Everything of one form, in the order of ``COLUMNS``."""
    found = entry.processing
    told = {
        "form": (say("register.form", title=found.title, n=entry.version),),
        "controller": _controller(entry),
        "purpose": tuple(item.text for item in found.purposes),
        "basis": tuple(_basis(item.basis, item.text) for item in found.purposes),
        "persons": tuple(say(f"register.person.{code}") for code in found.persons),
        "sources": (*map(_source, found.sources), found.source),
        **{f"data_{level}": tuple(data(found, level)) for level in (1, 2, 3)},
        "recipients": (*reader_lines(found), *_points(found)),
        "outside": tuple(outside(found)),
        "retention": notices.kept_words(found),
        "security": (*measures(), *_more(register.told.told["security_more"])),
        "transfers": _more(register.told.told["transfers"]),
        "processors": _more(register.told.told["processors"]),
    }
    return tuple(_cell(code, told[code]) for code in COLUMNS)


def _source(audience: str) -> str:
    """Who tells it: somebody from outside, or a colleague who fills the form in."""
    if audience in OUTSIDE:
        return say(f"register.source.{audience}")
    return say("register.source.staff", role=say(f"studio_staff.role.{audience}"))


def _cell(code: str, lines: tuple[str, ...]) -> Cell:
    title = say(f"register.column.{code}")
    known = tuple(line for line in lines if line)
    if known:
        return Cell(code, title, known)
    by_hand = code in {"transfers", "processors", "controller"}
    return Cell(code, title, (say("register.to_fill_in" if by_hand else "register.none"),), by_hand)


def _controller(entry: Entry) -> tuple[str, ...]:
    body = say(f"privacy.controller.{entry.processing.controller or 'gemeente'}")
    return (f"{entry.controller} ({body})" if entry.controller else "",)


def _basis(basis: str, text: str) -> str:
    return say("register.basis", basis=notices.basis_words(basis), purpose=text)


def data(found: Processing, level: int) -> Iterator[str]:
    """What is asked under one class, by part of the form, each label once."""
    by_part: dict[str, dict[str, None]] = {}
    for item in found.of_class(level):
        by_part.setdefault(_part(item), {})[item.label] = None
    for part, labels in by_part.items():
        yield say("register.part", part=part, labels="; ".join(labels))


def _part(item: Datum) -> str:
    return f"{item.form}, {item.section}"


def reader_lines(found: Processing) -> tuple[str, ...]:
    """Which roles may read the content, and how."""
    return tuple(reader_words(item) for item in found.readers)


def reader_words(item: Reader) -> str:
    """``Onthaal: ...``."""
    return say(f"register.reads.{item.way}", role=say(f"studio_staff.role.{item.role}"))


def _points(found: Processing) -> Iterator[str]:
    if found.points:
        yield say("register.points", points=", ".join(found.points))
    if found.restricted:
        yield say("register.restricted", points=", ".join(found.restricted))


def outside(found: Processing) -> Iterator[str]:
    """Who outside the house gets something, and what."""
    if found.partners:
        yield say("register.partners", partners=", ".join(found.partners))
    if found.chosen_partner:
        yield say("register.chosen")
    for code in found.messages:
        yield say(f"register.message.{code if code in _WRITTEN_TO else 'other'}", who=code)


_WRITTEN_TO = frozenset({"resident", "referrer", "partner", "holder"})


def measures() -> tuple[str, ...]:
    """What protects the data, as far as the product does it."""
    return tuple(say(f"register.measure.{code}") for code in MEASURES)


def _more(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


def sensitive_readers(found: Processing) -> tuple[tuple[str, str], ...]:
    """Who has access to data about health, care and violence: role and way; nobody when none is asked."""
    if found.highest < SENSITIVE:
        return ()
    return tuple(
        (say(f"studio_staff.role.{item.role}"), say(f"register.way.{item.way}")) for item in found.readers
    )
