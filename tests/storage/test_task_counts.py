"""Is it noticed when the kept counts do not say what a count would say?"""

from __future__ import annotations

from collections import Counter

from flask import Flask

from app.storage import task_counts
from app.storage.database import transaction
from app.storage.models import NEVER
from app.storage.models.tasks import FREE, NEVER_WAITED
from app.storage.repositories import count_rows
from app.storage.repositories.count_rows import Key
from tests.support.bound import MUNICIPALITY

KEY = Key("", "aanspreekpunt", "", FREE, NEVER, NEVER_WAITED)


def test_a_count_without_its_tasks_is_found(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        assert task_counts.recount(tx) == []
        count_rows.add(tx, Counter({KEY: 1}))
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert task_counts.recount(tx) == [(KEY, 1, 0)]


def test_what_counts_nothing_any_more_is_forgotten_and_what_does_stays(store: Flask) -> None:
    other = KEY._replace(contact_point="elders")
    with transaction(MUNICIPALITY) as tx:
        count_rows.add(tx, Counter({KEY: 2, other: 1}))
    with transaction(MUNICIPALITY) as tx:
        count_rows.add(tx, Counter({KEY: -2}))
    with transaction(MUNICIPALITY) as tx:
        assert count_rows.forget_zeros(tx) == 1
        assert task_counts.recount(tx) == [(other, 1, 0)]
