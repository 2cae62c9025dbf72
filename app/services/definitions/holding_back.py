"""What of a package would reach nobody here, and waits until somebody is named?

A municipality that already runs gets new forms with an upgrade, and with them contact points that nobody holds yet.
Such a process is not put to work: it waits beside what runs, with the forms that need it, and the rest of the package
goes on. Who names a holder publishes it then, form by form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.proofs.staffing import ends_of, gaps
from app.engine.model.people import World
from app.services.definitions import catalogs
from app.services.definitions.check_definitions import staff_of

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """``paths`` wait; ``points`` are the contact points (by label) that nobody holds; ``compiled`` is what is left."""

    paths: frozenset[str]
    points: tuple[str, ...]
    compiled: Compiled


def lacking(before: Catalog, after: Catalog, world: World) -> Mapping[str, tuple[str, ...]]:
    """Workflow -> the contact points it leads to that nobody holds; of those that did not lead there before."""
    open_points = {gap.contact_point for gap in gaps(after.contact_points, staff_of(world))}
    found: dict[str, tuple[str, ...]] = {}
    for name, workflow in after.workflows.items():
        known = ends_of(before.workflows[name], before) if name in before.workflows else NOTHING
        missing = (ends_of(workflow, after) - known) & open_points
        if missing:
            found[name] = tuple(sorted(missing))
    return found


def hold_back(
    before: Mapping[str, str], after: Mapping[str, str], compiled: Compiled, world: World
) -> HeldBack | None:
    """What of ``after`` (path -> text) waits, when it goes over ``before``; ``None`` when all can go on, or when what
    is left would not be whole."""
    missing = lacking(catalogs.compile_set(before).catalog, compiled.catalog, world)
    if not missing:
        return None
    changed = {path for path, text in after.items() if before.get(path) != text}
    held = {compiled.catalog.workflows[name].span.path for name in missing} & changed
    points = compiled.catalog.contact_points
    labels = tuple(dict.fromkeys(points[ref].label for refs in missing.values() for ref in refs))
    more = set(held)
    while more:
        left = without(before, after, held)
        found = catalogs.compile_set(left)
        if found.ok:
            return HeldBack(frozenset(held), labels, found)
        more = {item.span.path for item in found.problems if item.severity == "error"} & changed - held
        held |= more
    return None


def without(
    before: Mapping[str, str], after: Mapping[str, str], held: set[str] | frozenset[str]
) -> dict[str, str]:
    """``after`` with what is held back as it was."""
    kept = {path: text for path, text in after.items() if path not in held}
    return kept | {path: before[path] for path in held if path in before}
