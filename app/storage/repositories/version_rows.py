"""What is known of all versions of a definition, not only of the one that new work begins with?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.storage.database import Transaction
from app.storage.models import Account, DefinitionVersion, Publication
from app.storage.repositories.definition_rows import Ref


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version as lists show it; ``author`` is a name, empty for a package."""

    id: int
    number: int
    title: str
    publication: int
    at: datetime
    author: str
    note: str


def of_definition(tx: Transaction, ref: Ref) -> list[PublishedVersion]:
    """All versions of a form or workflow, the newest first."""
    query = (
        sa.select(
            DefinitionVersion.id,
            DefinitionVersion.number,
            DefinitionVersion.title,
            DefinitionVersion.publication,
            DefinitionVersion.created_at,
            sa.func.coalesce(Account.name, ""),
            Publication.note,
        )
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
        .where(
            DefinitionVersion.municipality == tx.municipality,
            DefinitionVersion.kind == ref[0],
            DefinitionVersion.ref == ref[1],
        )
        .order_by(DefinitionVersion.number.desc())
    )
    return [PublishedVersion(*row) for row in tx.execute(query)]


def earlier_ids(
    tx: Transaction, refs: Sequence[Ref]
) -> dict[Ref, list[tuple[int, Mapping[str, Any] | None]]]:
    """Version and what its ids stood for (None: it was not kept) of every version of these, the newest first."""
    found: dict[Ref, list[tuple[int, Mapping[str, Any] | None]]] = {ref: [] for ref in refs}
    query = (
        sa.select(DefinitionVersion.kind, DefinitionVersion.ref, DefinitionVersion.id, DefinitionVersion.ids)
        .where(
            DefinitionVersion.municipality == tx.municipality,
            DefinitionVersion.ref.in_({ref for _, ref in refs}),
        )
        .order_by(DefinitionVersion.number.desc())
    )
    for row in tx.execute(query):
        if (row.kind, row.ref) in found:
            found[row.kind, row.ref].append((row.id, row.ids))
    return found


def workflow_beside(tx: Transaction, form_version: int, workflow: str) -> int | None:
    """The last version of ``workflow`` that was published before the form got its next version."""
    form, later = aliased(DefinitionVersion), aliased(DefinitionVersion)
    until = (
        sa.select(sa.func.min(later.publication))
        .join(
            form,
            sa.and_(
                later.municipality == form.municipality,
                later.kind == form.kind,
                later.ref == form.ref,
                later.number > form.number,
            ),
        )
        .where(form.municipality == tx.municipality, form.id == form_version)
    ).scalar_subquery()
    query = sa.select(DefinitionVersion.id).where(
        DefinitionVersion.municipality == tx.municipality,
        DefinitionVersion.kind == "workflow",
        DefinitionVersion.ref == workflow,
        DefinitionVersion.publication < sa.func.coalesce(until, 2**31 - 1),
    )
    found: int | None = tx.scalar(query.order_by(DefinitionVersion.number.desc()).limit(1))
    return found
