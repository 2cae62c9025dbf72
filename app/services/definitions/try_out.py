"""With which definitions and which staff is a form tried out, and how are cases that were played kept as examples?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.definitions.adding_examples import NoPlace, Plain, with_examples
from app.definitions.model.catalog import Catalog
from app.engine.made_up_staff import made_up_world
from app.engine.model.people import World
from app.engine.policy import Act, Actor, may
from app.services.definitions import catalogs, definition_drafts
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.staff import staffing

NO_PLACE = "example_no_place"


def catalog(actor: Actor, *, working: bool) -> Catalog:
    """What runs, or what is being worked on as far as it is sound. Raises ``Forbidden``."""
    if not may(actor, Act.DEFINITIONS_READ):
        raise Forbidden(str(Act.DEFINITIONS_READ))
    if working:
        return definition_drafts.work_set(actor).catalog
    return catalogs.live(actor.municipality).catalog


def world(actor: Actor, found: Catalog, *, made_up: bool) -> World:
    """The staff as they are, or people named after what they hold, on the municipality's own calendar and in its
    neighbourhoods."""
    real = staffing.world(actor.municipality)
    if not made_up:
        return real
    invented = made_up_world(found.contact_points, actor.municipality)
    staff = type(invented.staffing)(
        invented.staffing.workers, invented.staffing.holdings, neighbourhoods=real.staffing.neighbourhoods
    )
    return World(actor.municipality, real.calendar, staff)


def path_of(form: str) -> str:
    """The file of a form."""
    return f"formdefs/{form}.yaml"


def keep(actor: Actor, form: str, examples: Sequence[Mapping[str, Plain]]) -> None:
    """Put examples behind those of a form, in the working copy; everything else in its file stays as it was.

    Raises ``NotFound``, ``Forbidden``, ``Conflict`` (somebody saved at the same moment) and
    ``Invalid("example_no_place")`` when the file cannot be read or its examples cannot be added to.
    """
    standing = definition_drafts.open_text(actor, path_of(form))
    if standing.seen == definition_drafts.REMOVED:
        raise NotFound
    try:
        text = with_examples(standing.text, examples)
    except NoPlace:
        raise Invalid(NO_PLACE) from None
    definition_drafts.save(actor, standing.path, text, standing.seen)
