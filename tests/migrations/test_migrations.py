"""Do the revisions make exactly the tables the code means, and can they be taken back?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.storage import migrate
from app.storage.database import db
from app.storage.models import METADATA
from tests.support.bound import bound


def _tables() -> set[str]:
    with db.engine.connect() as connection:
        return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again_leaves_the_same_tables(database_url: str) -> None:
    with bound(database_url):
        migrate.upgrade()
        first = _tables()
        migrate.downgrade("base")
        assert _tables() == set()
        migrate.upgrade()
        assert _tables() == first == set(METADATA.tables)
        assert migrate.is_current()


def test_a_second_upgrade_does_nothing(database_url: str) -> None:
    with bound(database_url):
        migrate.upgrade()
        migrate.upgrade()
        assert migrate.is_current()


def test_an_empty_database_is_not_current(database_url: str) -> None:
    with bound(database_url):
        assert not migrate.is_current()


def test_the_schema_after_migration_is_that_of_the_models(database_url: str) -> None:
    with bound(database_url):
        migrate.upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, METADATA) == []


def test_every_tenant_table_is_guarded_on_postgresql(postgres_url: str) -> None:
    with bound(postgres_url):
        migrate.upgrade()
        with db.engine.connect() as connection:
            unguarded = connection.execute(
                sa.text(
                    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
                    "and not (relrowsecurity and relforcerowsecurity)"
                )
            ).scalars()
            assert set(unguarded) == {"alembic_version", "heartbeat"}


def test_a_role_of_its_own_gets_what_it_needs_and_no_more(postgres_url: str) -> None:
    with bound(postgres_url):
        migrate.upgrade(postgres_url)  # here owner and application are one role, named twice
        with db.engine.connect() as connection:
            rights = sa.text("select has_table_privilege(current_user, 'outbox', 'update')")
            assert connection.execute(rights).scalar() is True


@pytest.mark.parametrize("statement", ["DELETE FROM event", "UPDATE event SET code = 'x'"])
def test_history_cannot_be_changed_even_by_hand(store_with_event: str, statement: str) -> None:
    with db.engine.connect() as connection:
        connection = connection.execution_options(municipality="zandlede")
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.exec_driver_sql(statement)
