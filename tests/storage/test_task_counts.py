"""Do the kept counts say what a count would say, and is it noticed when they do not?"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from app.storage import task_counts
from app.storage.database import transaction
from app.storage.ids import new_account_id
from app.storage.models import NEVER, Account, TaskCount
from tests.support.bound import MUNICIPALITY

TODAY = date(2026, 11, 9)


def test_overdue_today_and_all_come_from_one_small_table(store: Flask) -> None:
    account = new_account_id()
    with transaction(MUNICIPALITY) as tx:
        who = {"municipality": MUNICIPALITY, "id": account, "key": "joris", "name": "Joris"}
        tx.execute(sa.insert(Account), who | {"email": "j@zandlede.example", "created_at": tx.now})
        for due_on, n in (
            (TODAY - timedelta(days=1), 2),
            (TODAY, 3),
            (TODAY + timedelta(days=1), 4),
            (NEVER, 1),
        ):
            row = {"municipality": MUNICIPALITY, "assignee": account, "due_on": due_on, "n": n}
            tx.execute(sa.insert(TaskCount), row)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert task_counts.of(tx, account, TODAY) == (2, 3, 10)
        assert task_counts.of(tx, "nobody", TODAY) == (0, 0, 0)
        assert (account, NEVER, 1, 0) in list(task_counts.recount(tx))
