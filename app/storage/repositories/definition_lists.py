"""How are definitions listed for their administrator?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import (
    Account,
    CurrentDefinition,
    DefinitionDraft,
    DefinitionFile,
    DefinitionVersion,
    Publication,
)
from app.storage.repositories.definition_rows import CURRENT


def live(tx: Transaction) -> list[tuple[str, str, str, int, datetime, str, str]]:
    """Kind, id, title, number, when, author's name and note of what new work begins with."""
    query = (
        sa.select(
            DefinitionVersion.kind,
            DefinitionVersion.ref,
            DefinitionVersion.title,
            DefinitionVersion.number,
            DefinitionVersion.created_at,
            sa.func.coalesce(Account.name, ""),
            Publication.note,
        )
        .join(CurrentDefinition, CURRENT)
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
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in tx.execute(query)]


@dataclass(frozen=True, slots=True)
class FromPackage:
    """A text of a package that waits; ``base`` is the hash both sides began with."""

    id: int
    path: str
    hash: str
    base: str
    at: datetime


def from_packages(tx: Transaction) -> list[FromPackage]:
    """The last text a package brought of each file that was edited here, unless that is what runs by now."""
    query = (
        sa.select(
            DefinitionDraft.id,
            DefinitionDraft.path,
            DefinitionDraft.hash,
            DefinitionDraft.base,
            DefinitionDraft.created_at,
        )
        .outerjoin(
            DefinitionFile,
            sa.and_(
                DefinitionFile.municipality == DefinitionDraft.municipality,
                DefinitionFile.path == DefinitionDraft.path,
            ),
        )
        .where(
            DefinitionDraft.municipality == tx.municipality,
            sa.or_(
                DefinitionFile.path.is_(None),
                sa.and_(
                    sa.or_(DefinitionFile.current != DefinitionDraft.hash, DefinitionFile.gone),
                    DefinitionFile.imported != DefinitionDraft.hash,
                ),
            ),
        )
        .order_by(DefinitionDraft.path, DefinitionDraft.id)
    )
    last = {row.path: FromPackage(*row) for row in tx.execute(query)}
    return [last[path] for path in sorted(last)]


def forget_waiting(tx: Transaction, key: int) -> None:
    """Forget what waits of the file that ``key`` is of: a newer one makes the older ones moot."""
    path = sa.select(DefinitionDraft.path).where(
        DefinitionDraft.municipality == tx.municipality, DefinitionDraft.id == key
    )
    tx.execute(
        sa.delete(DefinitionDraft).where(
            DefinitionDraft.municipality == tx.municipality, DefinitionDraft.path == path.scalar_subquery()
        )
    )


def waiting(tx: Transaction) -> list[tuple[str, str, datetime, str]]:
    """Path, origin, date and hash of texts that wait beside what runs."""
    query = (
        sa.select(
            DefinitionDraft.path, DefinitionDraft.origin, DefinitionDraft.created_at, DefinitionDraft.hash
        )
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
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


def archived(tx: Transaction) -> list[tuple[str, str, str, int]]:
    """Kind, id, title and number of the last version of what takes no new work any more."""
    newest = sa.func.max(DefinitionVersion.number).over(
        partition_by=(DefinitionVersion.kind, DefinitionVersion.ref)
    )
    versions = (
        sa.select(
            DefinitionVersion.kind,
            DefinitionVersion.ref,
            DefinitionVersion.title,
            DefinitionVersion.number,
            newest.label("newest"),
        )
        .where(DefinitionVersion.municipality == tx.municipality)
        .subquery()
    )
    current = sa.select(CurrentDefinition.kind, CurrentDefinition.ref).where(
        CurrentDefinition.municipality == tx.municipality
    )
    running = {(row.kind, row.ref) for row in tx.execute(current)}
    query = (
        sa.select(versions.c.kind, versions.c.ref, versions.c.title, versions.c.number)
        .where(versions.c.number == versions.c.newest)
        .order_by(versions.c.kind, versions.c.title)
    )
    return [
        (row.kind, row.ref, row.title, row.number)
        for row in tx.execute(query)
        if (row.kind, row.ref) not in running
    ]
