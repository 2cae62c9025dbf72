"""Does ``task_count`` say what a count would say?

It is written with the tasks (``repositories/task_rows.py``), last in their transaction, and read by the queue.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Task, TaskCount


def recount(tx: Transaction) -> Iterable[tuple[str, date, int, int]]:
    """Where the table and a real count differ: account, day, kept, counted. Empty unless there is a bug."""
    real = (
        sa.select(Task.assignee, Task.due_on, sa.func.count())
        .where(Task.municipality == tx.municipality, Task.state == "open")
        .group_by(Task.assignee, Task.due_on)
    )
    kept = sa.select(TaskCount.assignee, TaskCount.due_on, TaskCount.n).where(
        TaskCount.municipality == tx.municipality
    )
    counted = {(who, day): int(n) for who, day, n in tx.execute(real)}
    stored = {(who, day): int(n) for who, day, n in tx.execute(kept)}
    return [
        (who, day, stored.get((who, day), 0), counted.get((who, day), 0))
        for who, day in sorted(counted.keys() | stored.keys())
        if stored.get((who, day), 0) != counted.get((who, day), 0)
    ]
