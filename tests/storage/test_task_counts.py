"""Is it noticed when the kept counts do not say what a count would say?"""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from app.storage import task_counts
from app.storage.database import transaction
from app.storage.ids import new_account_id
from app.storage.models import NEVER, Account, TaskCount
from tests.support.bound import MUNICIPALITY


def test_a_count_without_its_tasks_is_found(store: Flask) -> None:
    account = new_account_id()
    with transaction(MUNICIPALITY) as tx:
        assert list(task_counts.recount(tx)) == []
        who = {"municipality": MUNICIPALITY, "id": account, "key": "joris", "name": "Joris"}
        tx.execute(sa.insert(Account), who | {"email": "j@zandlede.example", "created_at": tx.now})
        row = {"municipality": MUNICIPALITY, "assignee": account, "due_on": NEVER, "n": 1}
        tx.execute(sa.insert(TaskCount), row)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == [(account, NEVER, 1, 0)]
