"""Under which headings does somebody find the forms that are there for them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.definitions.model.forms import Form
from app.definitions.model.tags import PLACES, TILES
from app.texts import say
from app.web import visitor

FIRST = TILES[0]
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Group:
    """Forms under one heading; ``title`` is empty when there is only one group, of forms that say nothing of it."""

    id: str
    title: str
    forms: tuple[Form, ...]


def grouped(forms: Iterable[Form], places: Sequence[str] = PLACES) -> tuple[Group, ...]:
    """The forms of ``places`` in that order, talks first and then by title; last those that are offered nowhere."""
    every = list(forms)
    found = [Group(place, say(f"offered.under.{place}"), _of(every, place)) for place in places]
    rest = _of(every, "")
    named = [group for group in found if group.forms]
    last = Group("rest", say("offered.under.rest") if named else "", rest)
    return (*named, last) if rest else tuple(named)


def of_page(place: str) -> tuple[Form, ...]:
    """The forms for everybody that are offered on one of the pages behind the footer."""
    public = (version.form for version in visitor.live().forms.values() if PUBLIC in version.form.audience)
    return _of(public, place)


def at_hand(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Those most asked for at a desk: what stands first, or all when none is offered under a heading."""
    every = list(forms)
    return _of(every, FIRST) or tuple(every)


def _of(forms: Iterable[Form], place: str) -> tuple[Form, ...]:
    found = [form for form in forms if (form.offered.under if form.offered else "") == place]
    return tuple(sorted(found, key=lambda form: (form.conversation is None, form.title.casefold())))
