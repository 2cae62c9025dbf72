"""How does somebody want to look at the queue? What pages put in an address, and what a saved view keeps.

Names and words somebody looks for are never part of it: an address is written down in too many places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.services.cases.load_case import Desk
from app.services.errors import Invalid
from app.storage.repositories.queue_rows import Filters
from app.texts import say

VIEWS = ("overdue", "today", "week", "waiting", "all")
SCOPES = ("mine", "substitute", "points", "group", "team")
SORTS = ("due", "received", "place", "name")
NAMED = ("mine", "substitute")
"""The scopes in which rows may name the resident."""
KINDS = ("main", "sub", "recurring", "note", "limit", "escalation")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """``view`` is one of ``VIEWS``, ``scope`` of ``SCOPES``, ``sort`` of ``SORTS``; ``person`` is one account, in scope
    ``team`` only. ``dossier`` is a form, or a workflow whose cases open beside others. Empty says nothing."""

    view: str = "all"
    scope: str = "mine"
    person: str = ""
    dossier: str = ""
    state: str = ""
    contact_point: str = ""
    neighbourhood: str = ""
    kind: str = ""
    urgent: bool = False
    untried: bool = False
    due_before: date | None = None
    sort: str = "due"

    @property
    def filtered(self) -> bool:
        """Whether it asks for more than a view of a scope."""
        return any(getattr(self, name) for name in FILTERS)


FILTERS = (
    "dossier",
    "state",
    "contact_point",
    "neighbourhood",
    "kind",
    "urgent",
    "untried",
    "due_before",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One filter in words; ``name`` is the field of ``Choice`` it stands for."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen: ids with their words. ``states`` only once a dossier is chosen, they are many."""

    dossiers: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


def demand_sound(choice: Choice) -> None:
    """Raise Invalid for what no page offers."""
    texts = (choice.person, choice.dossier, choice.state, choice.contact_point, choice.neighbourhood)
    if choice.view not in VIEWS or choice.scope not in SCOPES or choice.sort not in SORTS:
        raise Invalid("unknown_view")
    if choice.kind not in ("", *KINDS) or any(len(text) > LONGEST for text in texts):
        raise Invalid("unknown_view")
    if choice.sort == "name" and choice.scope not in NAMED:
        raise Invalid("unknown_view")


def to_plain(choice: Choice) -> dict[str, Any]:
    """What differs from the start, as plain JSON."""
    start = Choice()
    found = {item.name: getattr(choice, item.name) for item in fields(Choice)}
    told = {name: value for name, value in found.items() if value != getattr(start, name)}
    if choice.due_before:
        told["due_before"] = choice.due_before.isoformat()
    return told


def from_plain(kept: Mapping[str, Any]) -> Choice:
    """What ``to_plain`` wrote; what a later version no longer knows is left out."""
    known = {item.name for item in fields(Choice)}
    values = {name: value for name, value in kept.items() if name in known}
    if "due_before" in values:
        values["due_before"] = date.fromisoformat(values["due_before"])
    return Choice(**values)


def filters_of(desk: Desk, choice: Choice) -> Filters:
    """The same as storage asks it."""
    form = desk.catalog.forms.get(choice.dossier)
    return Filters(
        form=choice.dossier if form else "",
        workflow=form.form.workflow if form else choice.dossier,
        state=choice.state,
        contact_point=choice.contact_point,
        neighbourhood=choice.neighbourhood,
        kind=choice.kind,
        urgent=choice.urgent,
        untried=choice.untried,
    )


def told(desk: Desk, choice: Choice) -> tuple[Told, ...]:
    """What is filtered, in words, in the order of the form."""
    options = options_of(desk, choice)
    words = {
        "dossier": dict(options.dossiers),
        "state": dict(options.states),
        "contact_point": dict(options.points),
        "neighbourhood": dict(options.places),
        "kind": dict(options.kinds),
    }
    found = []
    for name in FILTERS:
        value = getattr(choice, name)
        if isinstance(value, date):
            found.append(Told(name, say("queue_list.told.due_before", day=f"{value:%d/%m/%Y}")))
        elif value is True:
            found.append(Told(name, say(f"queue_list.told.{name}")))
        elif value:
            found.append(Told(name, say(f"queue_list.told.{name}", value=words[name].get(value, value))))
    return tuple(found)


def options_of(desk: Desk, choice: Choice) -> Options:
    """What the filters offer."""
    forms = {ref: found.form for ref, found in desk.catalog.forms.items() if found.form.workflow}
    own = {form.workflow for form in forms.values()}
    dossiers = {ref: form.title for ref, form in forms.items()}
    for ref, found in desk.catalog.workflows.items():
        if ref not in own:
            dossiers.setdefault(ref, found.workflow.title)
    chosen = forms[choice.dossier].workflow if choice.dossier in forms else choice.dossier
    version = desk.catalog.workflows.get(chosen)
    states = version.workflow.states.values() if version else ()
    return Options(
        dossiers=_by_words(dossiers),
        states=tuple((state.id, state.label) for state in states if not state.end),
        points=_by_words({ref: point.label for ref, point in desk.catalog.contact_points.items()}),
        places=_by_words(dict(desk.world.staffing.neighbourhoods)),
        kinds=tuple((kind, say(f"queue_list.kind.{kind}")) for kind in KINDS),
    )


def _by_words(known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(known.items(), key=lambda item: item[1].casefold()))
