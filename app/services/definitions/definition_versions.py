"""What was published of a form or workflow before, and how does an old version come back?

Versions are never changed. An old one comes back as work in the studio, never straight into what runs; archiving takes
the file out of the set at the next publication, and what runs on its versions goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.differences import Difference, differences
from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.definitions.model.source import Source
from app.definitions.model.workflows import Workflow
from app.engine.policy import Act, Actor
from app.services.definitions import catalogs, definition_drafts
from app.services.definitions.catalogs import CAMPAIGN, FORM, REPORT
from app.services.errors import Conflict, NotFound
from app.services.permission import demand
from app.storage.database import transaction
from app.storage.repositories import definition_rows, touched_rows, version_rows
from app.storage.repositories.version_rows import PublishedVersion

Definition = Form | Workflow | Campaign | Report


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version. ``cases`` are those still open on it; ``current``: new work begins with it."""

    id: int
    number: int
    title: str
    publication: int
    at: datetime
    author: str
    note: str
    current: bool
    cases: int


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one definition, the newest first. ``archived``: no new work begins with it; ``path`` is its file
    and ``seen`` what stands there now in the working copy (``""``: nothing)."""

    kind: str
    ref: str
    title: str
    path: str
    seen: str
    archived: bool
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class OldText:
    """A file of a version as it was. ``now`` is what stands in the working copy, ``seen`` goes back with a restore."""

    path: str
    text: str
    now: str
    seen: str

    @property
    def same(self) -> bool:
        """Whether it still says that."""
        return self.text == self.now


@dataclass(frozen=True, slots=True)
class OldVersion:
    """One version. ``since`` is what changed from the one before it, ``until_now`` what changed from it to the version
    that was published last (``newest``: that is this one); ``files`` are its own and those laid in, its own first."""

    line: PublishedVersion
    definition: Definition
    since: tuple[Difference, ...]
    until_now: tuple[Difference, ...]
    files: tuple[OldText, ...]
    newest: bool


def show(actor: Actor, kind: str, ref: str) -> Versions:
    """All versions. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = version_rows.of_definition(tx, (kind, ref))
        current = {row.id for row in definition_rows.current_versions(tx)}
        cases = touched_rows.open_cases(tx, kind, [row.id for row in rows])
    if not rows:
        raise NotFound
    lines = tuple(
        VersionLine(
            row.id,
            row.number,
            row.title,
            row.publication,
            row.at,
            row.author,
            row.note,
            row.id in current,
            cases.get(row.id, 0),
        )
        for row in rows
    )
    path = _path(_definition(actor.municipality, kind, rows[0].id))
    return Versions(
        kind, ref, rows[0].title, path, _seen(actor, path), not any(line.current for line in lines), lines
    )


def one(actor: Actor, kind: str, ref: str, number: int) -> OldVersion:
    """One version beside the one before it and the one that runs. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = {row.number: row for row in version_rows.of_definition(tx, (kind, ref))}
    if number not in rows:
        raise NotFound
    mine = _definition(actor.municipality, kind, rows[number].id)
    newest = _definition(actor.municipality, kind, rows[max(rows)].id)
    before = _definition(actor.municipality, kind, rows[number - 1].id) if number - 1 in rows else None
    return OldVersion(
        line=rows[number],
        definition=mine,
        since=_between(before, mine) if before else (),
        until_now=_between(mine, newest),
        files=_files(actor, kind, ref, rows[number]),
        newest=number == max(rows),
    )


def restore(actor: Actor, kind: str, ref: str, number: int, seen: Mapping[str, str]) -> tuple[str, ...]:
    """Put the texts of a version back as work in the studio: of each path in ``seen``, over what was seen of it.

    The paths that are work now. Raises ``Conflict("edited_meanwhile")`` when somebody works on one, and then none is
    put back; ``NotFound``, ``Forbidden``.
    """
    demand(actor, Act.DEFINITIONS_EDIT)
    wanted = [file for file in one(actor, kind, ref, number).files if file.path in seen and not file.same]
    for file in wanted:
        if file.seen != seen[file.path]:
            raise Conflict("edited_meanwhile")
    for file in wanted:
        definition_drafts.save(actor, file.path, file.text, file.seen)
    return tuple(file.path for file in wanted)


def archive(actor: Actor, kind: str, ref: str, seen: str) -> str:
    """The definition takes no new work from the next publication on; its file. Raises ``Conflict``, ``NotFound``,
    ``Forbidden``."""
    path = show(actor, kind, ref).path
    definition_drafts.remove(actor, path, seen)
    return path


def _between(old: Definition, new: Definition) -> tuple[Difference, ...]:
    if isinstance(old, Form) and isinstance(new, Form):
        return differences(old, new)
    if isinstance(old, Workflow) and isinstance(new, Workflow):
        return differences(old, new)
    if isinstance(old, Campaign) and isinstance(new, Campaign):
        return differences(old, new)
    if isinstance(old, Report) and isinstance(new, Report):
        return differences(old, new)
    return ()


def _definition(municipality: str, kind: str, version: int) -> Definition:
    if kind == CAMPAIGN:
        return catalogs.campaign_version(municipality, version).campaign
    if kind == REPORT:
        return catalogs.report_version(municipality, version).report
    if kind == FORM:
        return catalogs.form_version(municipality, version).form
    return catalogs.workflow_version(municipality, version).workflow


def _path(definition: Definition) -> str:
    return definition.span.path


def _seen(actor: Actor, path: str) -> str:
    try:
        return definition_drafts.open_text(actor, path).seen
    except NotFound:
        return ""


def _files(actor: Actor, kind: str, ref: str, row: PublishedVersion) -> tuple[OldText, ...]:
    sources: tuple[Source, ...] = catalogs.sources(actor.municipality, kind, ref, row.publication)
    found = []
    for source in sources:
        try:
            now = definition_drafts.open_text(actor, source.path)
            gone = now.seen == definition_drafts.REMOVED
            found.append(OldText(source.path, str(source.text), "" if gone else now.text, now.seen))
        except NotFound:
            found.append(OldText(source.path, str(source.text), "", ""))
    return tuple(found)
