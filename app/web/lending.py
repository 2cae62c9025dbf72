"""Which people, partners and neighbourhoods may be chosen in a form?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.engine.model.people import World
from app.engine.policy import Actor
from app.engine.so_far import partner_names
from app.engine.values.choices import ELSEWHERE
from app.services.cases import bonds
from app.services.definitions.catalogs import LiveCatalog
from app.services.gatherings import choosing
from app.services.municipality import streets
from app.texts import say
from app.web import visitor
from app.web.forms.pages import FormPage
from app.web.forms.parts import Choice

STREETS = "street"
Choices = Mapping[str, Sequence[Choice]]
SESSION = "session"
"""Asked anew for every page: places are taken while somebody reads."""


def choices_for(page: FormPage, actor: Actor) -> Choices:
    """The choices this page needs; names of colleagues are lent to staff only."""
    if not page.sources:
        return {}
    found = _all(actor)
    if SESSION in page.sources:
        found = {**found, SESSION: choosing.choices(actor.municipality, page.form.id)}
    if STREETS in page.sources:
        found = {**found, STREETS: _streets(actor)}
    lent = {name: choices for name, choices in found.items() if name in page.sources}
    return lent | {name: choices for name, choices in _cases(page, actor) if name in page.sources}


def _cases(page: FormPage, actor: Actor) -> Iterator[tuple[str, Sequence[Choice]]]:
    """Cases to choose from, as this reader may read them now: never kept."""
    for field in page.form.fields():
        if field.cases is not None:
            offered = bonds.offered(actor, field.cases)
            yield f"case:{field.id}", [(one.number, one.label) for one in offered]


def _streets(actor: Actor) -> tuple[Choice, ...]:
    """Every street of the register, with its neighbourhood where the name alone does not tell."""
    places = visitor.world().staffing.neighbourhoods
    return tuple(
        (f"{place}:{name}", say("forms.street_in", street=name, place=places.get(place, place)))
        for place, name in streets.names(actor.municipality)
    )


_kept: dict[tuple[str, int, int, bool], dict[str, tuple[Choice, ...]]] = {}
"""All choices of a municipality, by the versions of its staff and definitions: the same for page after page."""
MOST_KEPT = 200


def _all(actor: Actor) -> dict[str, tuple[Choice, ...]]:
    session = visitor.signed_in()
    if session is None:
        return _made(actor)
    key = (actor.municipality, session.staffing_version, session.catalog_number, actor.anonymous)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _made(actor)
    return _kept[key]


def _made(actor: Actor) -> dict[str, tuple[Choice, ...]]:
    world = visitor.world()
    elsewhere = ((place, say(f"values.{place}").capitalize()) for place in ELSEWHERE)
    found = {"neighbourhood": (*world.staffing.neighbourhoods.items(), *elsewhere)}
    found["partner"] = found["person:partner"] = _partners(visitor.live(), world)
    return found if actor.anonymous else found | _people(world)


def _partners(live: LiveCatalog, world: World) -> tuple[Choice, ...]:
    names = partner_names(world, live.contact_points).items()
    return tuple((f"partner:{key}:{name}", name) for key, name in sorted(names, key=lambda item: item[1]))


def _people(world: World) -> dict[str, tuple[Choice, ...]]:
    workers = sorted((w for w in world.staffing.workers.values() if w.active), key=lambda worker: worker.name)
    volunteers = [worker for worker in workers if "volunteer" in worker.roles]
    staff = [worker for worker in workers if not worker.roles <= {"volunteer", "partner", "system_admin"}]
    return {
        "person:staff": tuple((f"staff:{worker.id}:{worker.name}", worker.name) for worker in staff),
        "person:volunteer": tuple(
            (f"volunteer:{worker.id}:{worker.name}", worker.name) for worker in volunteers
        ),
        "person:resident": (("resident", say("forms.resident_self")),),
    }
