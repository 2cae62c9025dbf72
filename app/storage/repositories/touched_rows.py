"""How much work still runs on a version of a definition?"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Case, DefinitionVersion, Draft, Submission, Task


def open_work_at(tx: Transaction, points: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many open cases and open tasks stand at each contact point."""
    cases = (
        sa.select(Case.contact_point, sa.func.count())
        .where(Case.municipality == tx.municipality, Case.closed_at.is_(None), Case.contact_point.in_(points))
        .group_by(Case.contact_point)
    )
    tasks = (
        sa.select(Task.contact_point, sa.func.count())
        .where(Task.municipality == tx.municipality, Task.state == "open", Task.contact_point.in_(points))
        .group_by(Task.contact_point)
    )
    of_cases, of_tasks = ({row[0]: row[1] for row in tx.execute(query)} for query in (cases, tasks))
    return {point: (of_cases.get(point, 0), of_tasks.get(point, 0)) for point in points}


def open_cases(tx: Transaction, kind: str, versions: Sequence[int]) -> dict[int, int]:
    """How many open cases run on each version of a form or workflow."""
    version = Case.form_version if kind == "form" else Case.workflow_version
    query = (
        sa.select(version, sa.func.count())
        .where(Case.municipality == tx.municipality, Case.closed_at.is_(None), version.in_(versions))
        .group_by(version)
    )
    return {row[0]: row[1] for row in tx.execute(query)}


def by_state(tx: Transaction, workflows: Sequence[str]) -> list[tuple[str, int, str, int]]:
    """Workflow, version, state and how many open cases stand there."""
    query = (
        sa.select(Case.workflow, Case.workflow_version, Case.state, sa.func.count())
        .where(Case.municipality == tx.municipality, Case.closed_at.is_(None), Case.workflow.in_(workflows))
        .group_by(Case.workflow, Case.workflow_version, Case.state)
        .order_by(Case.workflow, Case.state)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


def drafts_of(tx: Transaction, forms: Sequence[str]) -> list[tuple[str, int, int]]:
    """Form, version and how many drafts of people wait on it."""
    query = (
        sa.select(DefinitionVersion.ref, Draft.form_version, sa.func.count())
        .join(
            DefinitionVersion,
            sa.and_(
                DefinitionVersion.municipality == Draft.municipality,
                DefinitionVersion.id == Draft.form_version,
            ),
        )
        .where(Draft.municipality == tx.municipality, DefinitionVersion.ref.in_(forms))
        .group_by(DefinitionVersion.ref, Draft.form_version)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query)]


def open_submissions(tx: Transaction, form: str, *, most: int) -> list[tuple[int, int, bytes]]:
    """Submission, form version and sealed answers of the open cases of a form, the newest first."""
    query = (
        sa.select(Submission.id, Submission.form_version, Submission.sealed)
        .join(Case, sa.and_(Case.municipality == Submission.municipality, Case.submission == Submission.id))
        .where(
            Case.municipality == tx.municipality,
            Case.closed_at.is_(None),
            Case.form == form,
        )
        .order_by(Case.received_at.desc())
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query) if row[2] is not None]
