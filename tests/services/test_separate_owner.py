"""On PostgreSQL the tables may have another owner than the role that works with them: does everything go on?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.access import accounts
from app.services.municipality import exercise, setup
from app.storage.database import db, transaction
from app.storage.models import Event
from tests.support import town
from tests.support.bound import MUNICIPALITY, bound
from tests.support.postgres import SERVANT, EmbeddedPostgres


@pytest.fixture(scope="module")
def served(postgres_server: EmbeddedPostgres) -> Iterator[Flask]:
    """Zandlede for a role that owns nothing; its owner migrated."""
    owner_url = postgres_server.create_database()
    url = postgres_server.as_servant(owner_url)
    with bound(url) as app:
        setup.migrate(app, owner_url=owner_url)
    town.peopled(url)
    with bound(url) as app:
        yield app
    postgres_server.drop_database(owner_url)


def test_an_exercise_is_filled_again_by_who_does_not_own_the_tables(served: Flask) -> None:
    boss = accounts.operator(MUNICIPALITY)
    town.send_card()
    first = exercise.fill(boss)
    second = exercise.fill(boss)
    assert second.cases == first.cases > 0


def test_the_history_of_a_municipality_stays_whatever_the_role_was_granted(served: Flask) -> None:
    town.send_card()
    for attempt, why in (
        ("DELETE FROM event", "event is append-only"),
        ("UPDATE event SET code = 'x'", "permission denied"),
        ("TRUNCATE event", "permission denied"),
        ("ALTER TABLE event DISABLE TRIGGER event_kept", "must be owner"),
        ("DROP TRIGGER event_kept ON event", "must be owner"),
        ("SET LOCAL session_replication_role = replica", "permission denied"),
        ("UPDATE municipality SET kind = 'exercise'", "kind"),
        ("DELETE FROM municipality", "foreign key"),
    ):
        with pytest.raises(sa.exc.DBAPIError, match=why), transaction(MUNICIPALITY) as tx:
            tx.execute(sa.text(attempt))
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert db.engine.url.username == SERVANT
        assert tx.scalar(sa.select(sa.func.count()).select_from(Event)) > 0
