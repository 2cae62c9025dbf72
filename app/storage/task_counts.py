"""Does ``task_count`` say what a count would say?

It is written with the tasks (``repositories/count_rows.py``), last in their transaction, and read by the queue.
"""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Task, TaskCount
from app.storage.repositories import count_rows
from app.storage.repositories.count_rows import Key

_TASK = table_of(Task)
_COUNT = table_of(TaskCount)


def recount(tx: Transaction) -> list[tuple[Key, int, int]]:
    """Where the table and a real count differ: key, kept, counted. Empty unless there is a bug."""
    open_ones = sa.select(_TASK).where(_TASK.c.municipality == tx.municipality, _TASK.c.state == "open")
    counted: count_rows.Changes = Counter()
    for task in tx.execute(open_ones).mappings():
        count_rows.changed(counted, dict(task), 1)
    names = [_COUNT.c[name] for name in Key._fields]
    kept = sa.select(*names, _COUNT.c.n).where(_COUNT.c.municipality == tx.municipality)
    stored = {Key(*row[:-1]): int(row[-1]) for row in tx.execute(kept)}
    return [
        (key, stored.get(key, 0), counted[key])
        for key in sorted(counted.keys() | stored.keys())
        if stored.get(key, 0) != counted[key]
    ]
