"""How does a change of staff become live? Tried on a copy of the world, proved, and only then written.

Two at once: whoever saves with an older version of the staff is told so, and nothing is overwritten. Within the
transaction the version's row is held, so that what was proved is what becomes true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.definitions.model.catalog import Catalog
from app.definitions.model.source import Problem
from app.engine.model.people import AccountId, Staffing, World
from app.engine.model.staff_faults import Fault, OpenWork, Question
from app.engine.policy import Act, Actor, can_carry, may
from app.engine.staff_faults import brought
from app.services.definitions import catalogs, check_definitions
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.staff import write_staffing
from app.services.staff.read_world import read_world
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, municipality_rows

Apply = Callable[[World], World]
NO_PARAMS: Mapping[str, str] = MappingProxyType({})


class ToArrange(Conflict):
    """The change would leave a hole. ``faults`` say what is to be arranged first, ``problems`` what the proof of the
    definitions adds to that."""

    def __init__(self, faults: tuple[Fault, ...], problems: tuple[Problem, ...] = ()) -> None:
        super().__init__("staff_to_arrange", current=faults)
        self.faults = faults
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``apply`` gives the world after it; ``code`` and ``params`` go into the municipality's own log.

    ``also`` is done in the same transaction with the world as it is then; it gives outbox ids that are due.
    """

    code: str
    apply: Apply
    params: Mapping[str, str] = field(default_factory=lambda: NO_PARAMS)
    also: Callable[[Transaction, World], tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """``version`` of the staff it made, outbox ids to hint to the relay, and the ids of new absences."""

    version: int
    wake: tuple[int, ...] = ()
    absences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would give: ``version`` of the staff it was tried on, the world after it, and its holes."""

    version: int
    before: World
    after: World
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...] = ()


def demand_edit(actor: Actor) -> None:
    """Raise ``Forbidden`` unless ``actor`` may change the staffing."""
    if not may(actor, Act.STAFFING_EDIT):
        raise Forbidden(str(Act.STAFFING_EDIT))


def of_staff(apply: Callable[[Staffing], Staffing]) -> Apply:
    """A change of the staffing as one of the world. What it names and is not there raises ``NotFound``."""

    def on_world(world: World) -> World:
        after = replace(world, staffing=apply(world.staffing))
        _demand_known(after.staffing)
        return after

    return on_world


def carry_out(actor: Actor, change: Change, *, seen: int | None = None) -> Done:
    """Do it. The caller has asked whether ``actor`` may.

    ``seen`` is the version the page showed. Raises ``ToArrange``, and ``Conflict`` (``staff_changed``) when somebody
    was first.
    """
    catalog = catalogs.live(actor.municipality).catalog
    with transaction(actor.municipality) as tx:
        version = account_rows.lock_staff(tx, seen)
        if version is None:
            raise Conflict("staff_changed")
        trial = _tried(tx, catalog, version, change.apply)
        if trial.faults or trial.problems:
            raise ToArrange(trial.faults, trial.problems)
        written = write_staffing.write(tx, trial.before, trial.after, by=actor.account)
        history.append(tx, None, change.code, change.params, by=actor.account)
        wake = written.wake + (change.also(tx, trial.after) if change.also else ())
    return Done(version, wake, written.absences)


def tried(actor: Actor, apply: Apply) -> Trial:
    """What a change would give now, with nothing written."""
    catalog = catalogs.live(actor.municipality).catalog
    with transaction(actor.municipality, readonly=True) as tx:
        return _tried(tx, catalog, municipality_rows.staffing_version(tx) or 0, apply)


def _tried(tx: Transaction, catalog: Catalog, version: int, apply: Apply) -> Trial:
    before = read_world(tx)
    after = apply(before)
    work = account_rows.work_of(tx, _asked_of(after.staffing))
    question = Question(
        catalog.contact_points, tx.now, {account: OpenWork(*found) for account, found in work.items()}
    )
    faults = brought(question, before, after)
    return Trial(version, before, after, faults, () if faults else _unproved(catalog, before, after))


def _asked_of(staffing: Staffing) -> list[AccountId]:
    """Whose open work matters: who is away, and who cannot be responsible for a case."""
    away = {item.account for item in staffing.absences}
    return sorted(
        account
        for account, worker in staffing.workers.items()
        if account in away or not worker.active or not can_carry(worker.roles)
    )


def _unproved(catalog: Catalog, before: World, after: World) -> tuple[Problem, ...]:
    """What the proof of the definitions finds that it did not find before."""
    known = set(check_definitions.unheld(catalog, before))
    found = check_definitions.unheld(catalog, after)
    return tuple(item for item in found if item.severity == "error" and item not in known)


def _demand_known(staffing: Staffing) -> None:
    named = {duty.account for duty in staffing.duties}
    for holding in staffing.holdings:
        named |= {holding.holder, holding.owner, *holding.substitutes}
    for absence in staffing.absences:
        named |= {absence.account, absence.replacement}
    if not named - {""} <= set(staffing.workers):
        raise NotFound
