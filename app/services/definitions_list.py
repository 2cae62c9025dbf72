"""What runs here, since when, and what should its author look at?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.definitions.model.source import Problem
from app.engine.policy import Act, Actor, may
from app.services import catalogs
from app.services.errors import Forbidden
from app.storage.database import Transaction, transaction
from app.storage.models import (
    Account,
    CurrentDefinition,
    DefinitionDraft,
    DefinitionFile,
    DefinitionVersion,
    Publication,
)
from app.storage.repositories import definition_rows


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
    """A text that waits for somebody: ``origin`` is files (a package over an edit here) or studio."""

    path: str
    origin: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DefinitionsList:
    """All live definitions of a municipality, by title; ``problems`` are those of files that define neither kind."""

    number: int
    lines: tuple[DefinitionLine, ...]
    waiting: tuple[WaitingText, ...]
    problems: tuple[Problem, ...]


def show(actor: Actor) -> DefinitionsList:
    """Return the list. Raises ``Forbidden``."""
    if not may(actor, Act.DEFINITIONS_READ):
        raise Forbidden(str(Act.DEFINITIONS_READ))
    live = catalogs.live(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        versions = tx.execute(_versions(tx)).all()
        waiting = tuple(WaitingText(*row) for row in tx.execute(_waiting(tx)))
    paths = _paths(live)
    problems = live.compiled.problems
    lines = tuple(
        DefinitionLine(
            *row, path=(path := paths.get((row.kind, row.ref), "")), problems=_of(problems, {path})
        )
        for row in versions
    )
    elsewhere = {problem.span.path for problem in problems} - set(paths.values())
    return DefinitionsList(live.number, lines, waiting, _of(problems, elsewhere))


def _paths(live: catalogs.LiveCatalog) -> dict[tuple[str, str], str]:
    forms = {(catalogs.FORM, ref): form.span.path for ref, form in live.catalog.forms.items()}
    flows = {(catalogs.WORKFLOW, ref): flow.span.path for ref, flow in live.catalog.workflows.items()}
    return forms | flows


def _of(problems: tuple[Problem, ...], paths: set[str]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.span.path in paths)


def _versions(tx: Transaction) -> sa.Select[str, str, str, int, datetime, str, str]:
    return (
        sa.select(
            DefinitionVersion.kind,
            DefinitionVersion.ref,
            DefinitionVersion.title,
            DefinitionVersion.number,
            DefinitionVersion.created_at,
            sa.func.coalesce(Account.name, ""),
            Publication.note,
        )
        .join(CurrentDefinition, definition_rows.CURRENT)
        .join(
            Publication,
            sa.and_(
                Publication.municipality == DefinitionVersion.municipality,
                Publication.number == DefinitionVersion.publication,
            ),
        )
        .outerjoin(
            Account,
            sa.and_(Account.municipality == Publication.municipality, Account.id == Publication.author),
        )
        .where(DefinitionVersion.municipality == tx.municipality)
        .order_by(DefinitionVersion.kind, DefinitionVersion.title)
    )


def _waiting(tx: Transaction) -> sa.Select[str, str, datetime]:
    return (
        sa.select(DefinitionDraft.path, DefinitionDraft.origin, DefinitionDraft.created_at)
        .join(
            DefinitionFile,
            sa.and_(
                DefinitionFile.municipality == DefinitionDraft.municipality,
                DefinitionFile.path == DefinitionDraft.path,
                DefinitionFile.current != DefinitionDraft.hash,
            ),
        )
        .where(DefinitionDraft.municipality == tx.municipality)
        .order_by(DefinitionDraft.path, DefinitionDraft.id)
    )
