"""How much work still runs on a version of a definition?"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Case, Task


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
