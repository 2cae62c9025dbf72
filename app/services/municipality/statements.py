"""What does a municipality publish about itself, and what must it still fill in?

The definitions know what is done with data; who supervises, whom to complain to and how accessible the pages are only
the municipality knows. Nothing is made up for it: what is empty is told to whoever may fill it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.engine.model.answers import FieldError
from app.engine.model.people import World
from app.engine.policy import Actor
from app.services.errors import Invalid, NotFound
from app.services.municipality import settings
from app.services.staff import staffing

LINE, TEXT, DAY, CHOICE = "line", "text", "day", "choice"
LONGEST = {LINE: 200, TEXT: 4000, DAY: 10, CHOICE: 20}
FULL, PARTIAL, NOT = "full", "partial", "not"
ACCESSIBLE = (FULL, PARTIAL, NOT)
"""How far the pages keep to the standard, worst last; the words are those of the European model statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to fill in; ``needed`` when a page is not complete without it."""

    name: str
    kind: str = TEXT
    needed: bool = True


GROUPS: Mapping[str, tuple[Item, ...]] = MappingProxyType(
    {
        "privacy": (
            Item("dpo_contact"),
            Item("authority", LINE),
            Item("authority_contact"),
            Item("privacy_more", needed=False),
        ),
        "register": (Item("processors"), Item("transfers"), Item("security_more", needed=False)),
        "accessibility": (
            Item("access_status", CHOICE),
            Item("access_parts"),
            Item("access_contact"),
            Item("access_enforcement"),
            Item("access_day", DAY),
        ),
        "complaints": (Item("complaint_whom"), Item("complaint_how"), Item("complaint_terms")),
    }
)
"""What belongs on one page, in its order; each name is a setting of the municipality."""
NAMES = tuple(item.name for items in GROUPS.values() for item in items)


@dataclass(frozen=True, slots=True)
class Standing:
    """A group as it stands: ``told`` by name, and the names that are ``missing``."""

    group: str
    told: Mapping[str, str]
    missing: tuple[str, ...]


def of(world: World, group: str) -> Standing:
    """What was filled in of a group. Raises ``NotFound``."""
    items = _items(group)
    told = {item.name: world.settings.get(item.name, "") for item in items}
    lacks = tuple(item.name for item in items if item.needed and not told[item.name])
    if told.get("access_status") == FULL:
        lacks = tuple(name for name in lacks if name != "access_parts")
    return Standing(group, told, lacks)


def everything(world: World) -> tuple[Standing, ...]:
    """All groups, in their order."""
    return tuple(of(world, group) for group in GROUPS)


def show(actor: Actor, group: str) -> Standing:
    """One group, for who may change it. Raises ``Forbidden``, ``NotFound``."""
    settings.demand(actor)
    return of(staffing.world(actor.municipality), group)


def save(actor: Actor, group: str, typed: Mapping[str, str], *, seen: str | None = None) -> None:
    """Keep a group; an empty text takes away what was told. ``seen`` is the mark of ``Standing.told``. Raises
    ``Forbidden``, ``NotFound``, ``Invalid``, and ``Conflict`` as ``settings.keep``."""
    settings.demand(actor)
    items = _items(group)
    told = {item.name: _tidy(item, typed.get(item.name, "")) for item in items}
    errors = tuple(found for item in items if (found := _fault(item, told[item.name])))
    if errors:
        raise Invalid(errors=errors)
    settings.keep(actor, f"statement_{group}", seen=seen, **told)


def _items(group: str) -> tuple[Item, ...]:
    if group not in GROUPS:
        raise NotFound
    return GROUPS[group]


def _tidy(item: Item, text: str) -> str:
    """Single blanks, and at most one empty line between paragraphs."""
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").split("\n")]
    if item.kind != TEXT:
        return " ".join(filter(None, lines))
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def _fault(item: Item, text: str) -> FieldError | None:
    if len(text) > LONGEST[item.kind]:
        return FieldError(item.name, "too_long", (("max", str(LONGEST[item.kind])),))
    if text and item.kind == CHOICE and text not in ACCESSIBLE:
        return FieldError(item.name, "required")
    if text and item.kind == DAY and day(text) is None:
        return FieldError(item.name, "date")
    return None


def day(text: str) -> date | None:
    """A day as it is kept (ISO); ``None`` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
