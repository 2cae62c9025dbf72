"""How are definitions listed for their administrator?"""

from __future__ import annotations

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
