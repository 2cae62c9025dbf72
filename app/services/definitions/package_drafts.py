"""What becomes of a package's text that waits because the file was edited here too?

Three texts lie side by side: what both began with, what there is here, and what the package brought. Somebody takes
the package's into the working copy (to publish, or to edit first), or leaves it; it never runs by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.engine.policy import Act, Actor
from app.services.definitions import catalogs, definition_drafts, holding_back
from app.services.definitions.definition_drafts import OpenText
from app.services.errors import Conflict, NotFound
from app.services.permission import demand
from app.services.staff import staffing
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import definition_lists, definition_rows, work_rows
from app.storage.repositories.definition_rows import FileHashes


@dataclass(frozen=True, slots=True)
class ThreeTexts:
    """``base`` is what both began with (``""`` when it is not known any more), ``ours`` the working copy, ``theirs``
    what the package brought. ``seen`` is of ours; ``key`` names what waits. ``unheld``: labels of the contact points
    that somebody must hold before it can run."""

    key: str
    path: str
    base: str
    ours: str
    theirs: str
    seen: str
    at: datetime
    unheld: tuple[str, ...] = ()


def listed(actor: Actor) -> tuple[ThreeTexts, ...]:
    """Everything that waits, by path. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        waiting = definition_lists.from_packages(tx)
        known = definition_rows.texts(tx, {item.hash: item.hash for item in waiting})
        bases = definition_rows.known_texts(tx, {item.base for item in waiting})
    ours = {item.path: _ours(actor, item.path) for item in waiting}
    unheld = _unheld(actor.municipality, {item.path: known[item.hash] for item in waiting})
    return tuple(
        ThreeTexts(
            key=ids.to_text(item.id),
            path=item.path,
            base=bases.get(item.base, ""),
            ours=ours[item.path].text,
            theirs=known[item.hash],
            seen=ours[item.path].seen,
            at=item.at,
            unheld=unheld.get(item.path, ()),
        )
        for item in waiting
    )


def one(actor: Actor, key: str) -> ThreeTexts:
    """One that waits. Raises ``NotFound``, ``Forbidden``."""
    found = next((item for item in listed(actor) if item.key == key), None)
    if found is None:
        raise NotFound
    return found


def take(actor: Actor, key: str, seen: str) -> OpenText:
    """The package's text becomes the work on the file, and waits no more. Raises as ``definition_drafts.save``, and
    ``NotFound``."""
    waiting = one(actor, key)
    saved = definition_drafts.save(actor, waiting.path, waiting.theirs, seen)
    leave(actor, key)
    return saved


def leave(actor: Actor, key: str) -> None:
    """Go on with what there is here: the same package brings it no more. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    waiting = one(actor, key)
    with transaction(actor.municipality) as tx:
        standing = definition_rows.files(tx, gone=True).get(waiting.path)
        theirs = definition_rows.hash_of(waiting.theirs)
        known = FileHashes(theirs, theirs, gone=True)  # a file we never had: from now on one we do without
        if standing is not None:
            known = FileHashes(standing.current, theirs, gone=standing.gone)
        definition_rows.put_file(tx, waiting.path, known)
        definition_lists.forget_waiting(tx, ids.from_text(key))


def looked_at(actor: Actor, path: str, seen: str) -> None:
    """The work on a file was read beside what runs now, and counts. Raises ``Conflict`` (somebody went on with it),
    ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    with transaction(actor.municipality) as tx:
        row, file = work_rows.one(tx, path), definition_rows.files(tx).get(path)
        if row is None:
            raise NotFound
        if definition_drafts.seen_of(file, row) != seen or not work_rows.rebase(
            tx, row, file.current if file else ""
        ):
            raise Conflict("drafts_changed")


def _unheld(municipality: str, texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Path -> the contact points that nobody holds, were all that waits to run: of its process, and of its forms."""
    if not texts:
        return {}
    with transaction(municipality, readonly=True) as tx:
        current = {path: file.current for path, file in definition_rows.files(tx).items()}
        running = definition_rows.texts(tx, current)
    before, after = (catalogs.compile_set(found).catalog for found in (running, {**running, **texts}))
    missing = holding_back.lacking(before, after, staffing.world(municipality))
    found = {}
    for name, points in missing.items():
        labels = tuple(after.contact_points[point].label for point in points)
        found[after.workflows[name].span.path] = labels
        found |= {form.span.path: labels for form in after.forms.values() if form.workflow == name}
    return found


def _ours(actor: Actor, path: str) -> OpenText:
    try:
        return definition_drafts.open_text(actor, path)
    except NotFound:
        return OpenText(path, "", "")
