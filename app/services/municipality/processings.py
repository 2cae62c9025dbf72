"""Which processing does the municipality do? The register of article 30, as the published definitions say it."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.model.people import World
from app.engine.policy import Act, Actor
from app.engine.processing import Around, Point, Processing, processing
from app.engine.processing_lists import processing_list
from app.services.definitions import catalogs
from app.services.definitions.catalogs import CampaignVersion, FormVersion, LiveCatalog
from app.services.errors import NotFound
from app.services.municipality import settings, statements
from app.services.municipality.statements import Standing
from app.services.permission import demand
from app.services.staff import staffing


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: the processing of one published form, or of the list of a campaign. ``controller`` is
    the name of who answers for it, empty when the municipality has not told."""

    processing: Processing
    version: int
    controller: str


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register. ``told`` and ``privacy`` hold what only the municipality knows."""

    municipality: str
    entries: tuple[Entry, ...]
    told: Standing
    privacy: Standing

    @property
    def missing(self) -> int:
        """How much must still be filled in by hand."""
        return len(self.told.missing) + len(self.privacy.missing)

    def entry(self, form: str) -> Entry:
        """The line of one form. Raises ``NotFound``."""
        found = next((item for item in self.entries if item.processing.form == form), None)
        if found is None:
            raise NotFound
        return found


def register(actor: Actor) -> Register:
    """The register as it stands. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    world, live = staffing.world(actor.municipality), catalogs.live(actor.municipality)
    versions = sorted(live.forms.values(), key=lambda version: version.form.title.casefold())
    lists = sorted(live.campaigns.values(), key=lambda version: version.campaign.title.casefold())
    return Register(
        municipality=settings.of(world).name,
        entries=(
            *(entry(world, live, version) for version in versions if version.form.workflow),
            *(_list_entry(world, version) for version in lists),
        ),
        told=statements.of(world, "register"),
        privacy=statements.of(world, "privacy"),
    )


def _list_entry(world: World, version: CampaignVersion) -> Entry:
    controller = settings.of(world).controllers.get(version.campaign.controller, "")
    return Entry(processing_list(version.campaign), version.number, controller)


def entry(world: World, live: LiveCatalog, version: FormVersion) -> Entry:
    """What one version of a form does, with what runs around it now."""
    around = Around(
        forms={name: found.form for name, found in live.forms.items()},
        workflows={name: found.workflow for name, found in live.workflows.items()}
        | {version.form.workflow: live.workflow_for(version).workflow},
        points={
            name: Point(point.label, point.partner, point.restricted)
            for name, point in live.contact_points.items()
        },
    )
    controller = settings.of(world).controllers.get(version.form.controller, "")
    return Entry(processing(version.form, around), version.number, controller)
