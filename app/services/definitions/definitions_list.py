"""What runs here, since when, and what should its author look at?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.source import Problem
from app.engine.policy import Act, Actor, may
from app.services.definitions import catalogs
from app.services.errors import Forbidden
from app.storage.database import transaction
from app.storage.repositories import definition_lists, definition_rows


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """A live form or workflow. ``author`` is a name, empty for a package; ``path`` the file it stands in."""

    kind: str
    ref: str
    title: str
    number: int
    published_at: datetime
    author: str
    note: str
    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that waits for somebody: ``origin`` is files (a package over an edit here) or studio.

    ``problems`` are those it would have in the place of what runs.
    """

    path: str
    origin: str
    created_at: datetime
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """A form or workflow that takes no new work; ``number`` is its last version."""

    kind: str
    ref: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class DefinitionsList:
    """All live definitions of a municipality, by title; ``problems`` are those of files that define neither kind."""

    number: int
    lines: tuple[DefinitionLine, ...]
    waiting: tuple[WaitingText, ...]
    problems: tuple[Problem, ...]
    archived: tuple[ArchivedLine, ...] = ()


def show(actor: Actor) -> DefinitionsList:
    """Return the list. Raises ``Forbidden``."""
    if not may(actor, Act.DEFINITIONS_READ):
        raise Forbidden(str(Act.DEFINITIONS_READ))
    live = catalogs.live(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        versions = definition_lists.live(tx)
        drafts = definition_lists.waiting(tx)
        archived = definition_lists.archived(tx)
        running = {path: hashes.current for path, hashes in definition_rows.files(tx).items()}
        texts = definition_rows.texts(tx, running)
        proposed = [definition_rows.texts(tx, {path: draft})[path] for path, _, _, draft in drafts]
    brought: dict[str, dict[str, str]] = {}
    for (path, origin, _, _), text in zip(drafts, proposed, strict=True):
        brought.setdefault(origin, dict(texts))[path] = text
    together = {origin: catalogs.compile_set(found).problems for origin, found in brought.items()}
    waiting = tuple(
        WaitingText(path, origin, at, _of(together[origin], {path})) for path, origin, at, _ in drafts
    )
    paths = _paths(live)
    problems = catalogs.compile_set(texts).problems
    lines = tuple(
        DefinitionLine(*row, path=(path := paths.get(row[:2], "")), problems=_of(problems, {path}))
        for row in versions
    )
    elsewhere = {problem.span.path for problem in problems} - set(paths.values())
    return DefinitionsList(
        live.number,
        lines,
        waiting,
        _of(problems, elsewhere),
        tuple(ArchivedLine(*row) for row in archived),
    )


def _paths(live: catalogs.LiveCatalog) -> dict[tuple[str, str], str]:
    forms = {(catalogs.FORM, ref): form.span.path for ref, form in live.catalog.forms.items()}
    flows = {(catalogs.WORKFLOW, ref): flow.span.path for ref, flow in live.catalog.workflows.items()}
    more = {(catalogs.CAMPAIGN, ref): item.span.path for ref, item in live.catalog.campaigns.items()}
    reports = {(catalogs.REPORT, ref): report.span.path for ref, report in live.catalog.reports.items()}
    return forms | flows | more | reports


def _of(problems: tuple[Problem, ...], paths: set[str]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.span.path in paths)
