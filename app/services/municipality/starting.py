"""How does a municipality begin for real, and what is still missing before its first card may come in?

Nothing here ever makes a demo: a municipality that begins this way is ``real`` from its first row on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from app.definitions.model.workflows import ContactPoint
from app.engine import staff_edits, staff_faults
from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId, Holding, Staffing, World
from app.engine.model.staff_faults import Fault, Question
from app.engine.policy import Actor
from app.engine.values.choices import ELSEWHERE
from app.services.access import accounts, passwords
from app.services.access.accounts import NewAccount
from app.services.definitions import catalogs, publish_definitions
from app.services.errors import Conflict, Invalid
from app.services.follow_up.outgoing import current
from app.services.municipality import neighbourhoods, settings, setup, statements
from app.services.staff import real_people, staff_change
from app.services.staff import staffing as staff
from app.services.staff.staff_change import Change
from app.storage import clock
from app.storage.database import transaction
from app.storage.repositories import account_rows, neighbourhood_rows, street_rows

NOBODY = "no_holding"
FIRST_ROLES = ("form_admin", "system_admin")
"""What the first administrator may do: set everything up and invite others; no case is theirs to read."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A municipality to be. An empty ``password`` is for who is sent an invitation."""

    slug: str
    name: str
    administrator: str
    email: str
    password: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. ``step`` is where it is arranged; without a ``needed`` one no card should come in.

    The text is ``studio_settings.gap.<code>`` with ``params``.
    """

    code: str
    step: str
    needed: bool = True
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is, for the words beside each step."""

    places: int
    streets: int
    people: int
    held: int
    points: int
    closing_days: int


def slug_for(name: str) -> str:
    """A short name out of the name people write: ``Hamont-Achel`` -> ``hamont-achel``."""
    return neighbourhoods.slug_of(name.removeprefix("Gemeente ").removeprefix("Stad ")).replace("_", "-")


def begin(wanted: Beginning) -> AccountId:
    """Make a real municipality with the shipped definitions and its first administrator; the account.

    Raises ``Invalid`` (``slug``, name, address, password) and ``Conflict`` when it is there already.
    """
    if not wanted.name.strip():
        raise Invalid(errors=(FieldError("name", "required"),))
    _demand_person(wanted)
    try:
        made = setup.make_municipality(wanted.slug, wanted.name.strip(), hosts=wanted.hosts)
    except ValueError:
        raise Invalid(errors=(FieldError("slug", "slug"),)) from None
    if not made and _has_people(wanted.slug):
        raise Conflict("municipality_there")
    result = publish_definitions.publish(wanted.slug, setup.shipped())
    if result.refused:
        raise setup.DefinitionsRefused(result)
    return accounts.create(
        accounts.operator(wanted.slug),
        NewAccount(wanted.administrator, wanted.email, FIRST_ROLES, password=wanted.password),
    )


def hold(actor: Actor, holdings: Sequence[Holding], *, seen: int | None = None) -> tuple[int, ...]:
    """Let these people hold these contact points from now on, in one change; outbox ids to hint to the relay.

    ``seen`` is the version of the staff that the page showed. Raises ``ToArrange``, ``Forbidden``, ``NotFound``,
    ``Conflict`` (``staff_changed``).
    """
    staff_change.demand_edit(actor)
    if not holdings:
        return ()

    def held(staffing: Staffing) -> Staffing:
        return reduce(staff_edits.with_holding, holdings, staffing)

    params = {"contact_point": ", ".join(item.contact_point for item in holdings)}
    change = Change("holding_set", staff_change.of_staff(held), params)
    return staff_change.carry_out(actor, change, seen=seen).wake


def counted(actor: Actor) -> Counted:
    """See ``Counted``. Raises ``Forbidden``."""
    settings.demand(actor)
    world, catalog = staff.world(actor.municipality), catalogs.live(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        streets = sum(street_rows.count(tx).values())
    unheld = {fault.point for fault in _faults(world, catalog.contact_points)}
    return Counted(
        places=len(world.staffing.neighbourhoods),
        streets=streets,
        people=sum(worker.active for worker in world.staffing.workers.values()),
        held=len(catalog.contact_points.keys() - unheld),
        points=len(catalog.contact_points),
        closing_days=len(world.calendar.closing_days),
    )


def missing(actor: Actor) -> tuple[Gap, ...]:
    """Everything that is missing, what is needed first. Raises ``Forbidden``."""
    settings.demand(actor)
    world, live = staff.world(actor.municipality), catalogs.live(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        streets, used = street_rows.count(tx), neighbourhood_rows.used(tx)
        signs_in = {line[0] for line in account_rows.lines(tx) if line[7] and line[8]}
    found = [
        *_of_municipality(world),
        *_of_places(world, streets, used),
        *_of_people(world, signs_in),
        *_of_points(world, live.contact_points),
        *_of_mail(world),
        *_of_statements(world),
    ]
    if not live.forms:
        found.append(Gap("forms", "forms"))
    return tuple(sorted(found, key=lambda gap: not gap.needed))


def _demand_person(wanted: Beginning) -> None:
    """What would be refused of the administrator is refused before anything is made."""
    email = wanted.email.strip().lower()
    if not wanted.administrator.strip():
        raise Invalid(errors=(FieldError("administrator", "required"),))
    if not passwords.looks_like_email(email):
        raise Invalid(errors=(FieldError("email", "email"),))
    if real_people.is_invented(email):
        raise Invalid(errors=(FieldError("email", "email_invented"),))
    if wanted.password:
        passwords.check(wanted.password, wanted.administrator, email)
        if wanted.password.casefold() in real_people.KNOWN_TO_ALL:
            raise Invalid(errors=(FieldError("password", "password_common"),))


def _has_people(slug: str) -> bool:
    with transaction(slug, readonly=True) as tx:
        return bool(account_rows.lines(tx))


def _of_municipality(world: World) -> Iterator[Gap]:
    told = settings.of(world)
    for name, text in told.controllers.items():
        if not text:
            yield Gap(f"controller_{name}", "identity")
    if not told.phone:
        yield Gap("phone", "identity", needed=False)
    if not told.logo:
        yield Gap("logo", "look", needed=False)


def _of_places(world: World, streets: Mapping[str, int], used: Mapping[str, object]) -> Iterator[Gap]:
    known = world.staffing.neighbourhoods
    if not known:
        yield Gap("places", "places")
    if not streets:
        yield Gap("streets", "streets", needed=False)
    for name in sorted(used.keys() - known.keys() - set(ELSEWHERE)):
        yield Gap("place_gone", "places", params=(("name", name),))
    bare = [label for name, label in known.items() if streets and name not in streets]
    if bare:
        yield Gap("place_without_streets", "streets", needed=False, params=(("names", ", ".join(bare)),))


def _of_people(world: World, signs_in: Iterable[AccountId]) -> Iterator[Gap]:
    active = {name: worker for name, worker in world.staffing.workers.items() if worker.active}
    able = set(signs_in)
    for role, needed in (
        ("reception", True),
        ("head_of_service", True),
        ("form_admin", True),
        ("dpo", False),
    ):
        mine = [name for name, worker in active.items() if role in worker.roles]
        if not mine:
            yield Gap(f"role_{role}", "people", needed=needed)
        elif needed and not able & set(mine):
            yield Gap(f"sign_in_{role}", "people")
    waiting = [worker.name for name, worker in active.items() if name not in able]
    if waiting:
        yield Gap("not_invited", "people", needed=False, params=(("n", str(len(waiting))),))


def _of_points(world: World, points: Mapping[str, ContactPoint]) -> Iterator[Gap]:
    faults = _faults(world, points)
    bare = [points[fault.point].label for fault in faults if fault.code == NOBODY]
    if len(bare) > 1:
        yield Gap(f"points_{NOBODY}", "points", params=(("n", str(len(bare))), ("names", ", ".join(bare))))
        faults = [fault for fault in faults if fault.code != NOBODY]
    for fault in faults:
        worker = world.staffing.workers.get(fault.person)
        params = {
            "name": points[fault.point].label if fault.point in points else fault.point,
            "place": world.staffing.neighbourhoods.get(fault.place, fault.place),
            "person": worker.name if worker else "",
        }
        yield Gap(f"point_{fault.code}", "points", params=tuple(params.items()))


def _of_statements(world: World) -> Iterator[Gap]:
    for standing in statements.everything(world):
        if standing.missing:
            yield Gap(f"statement_{standing.group}", "statements_step", needed=False)


def _faults(world: World, points: Mapping[str, ContactPoint]) -> list[Fault]:
    """Contact points whose work would reach nobody, or nobody who may do it."""
    found = staff_faults.standing(Question(points, clock.now()), world)
    return sorted(
        (fault for fault in found if fault.point), key=lambda fault: (fault.point, fault.place, fault.code)
    )


def _of_mail(world: World) -> Iterator[Gap]:
    told = settings.of(world)
    for name in current().missing:
        yield Gap("mail_setting", "sender", params=(("name", name),))
    if not told.reply_to:
        yield Gap("reply_to", "sender")
    if not told.mail_tried:
        yield Gap("mail_tried", "sender", needed=False)
