"""What the database itself refuses: other municipalities' rows (PostgreSQL), and changes to history (both)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = ("alembic_version", "heartbeat", "municipality")
"""Tables that belong to the installation; who lives here is no secret to the application."""
OWN = "current_setting('app.municipality', true)"
CHAINED = (
    "municipality",
    "id",
    "stream",
    "seq",
    "case",
    "at",
    "by",
    "code",
    "params",
    "sealed_hash",
    "previous",
    "hash",
)
"""The columns of an event that never change; ``sealed`` may be erased."""


def upgrade() -> None:
    """Put the guards up."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_history_sqlite()
        return
    for table in _tenant_tables():
        _separate(table, "municipality")
    _separate("municipality", "id")
    op.execute("CREATE POLICY everybody ON municipality FOR SELECT USING (true)")
    _guard_history_postgresql()
    # rows come and go there all day: without this the dead ones slow an empty tick down
    op.execute(
        "ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500)"
    )


def downgrade() -> None:
    """Take the guards away."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("event_kept", "event_unchanged", "event_sealed"):
            op.execute(f"DROP TRIGGER {name}")
        return
    op.execute("ALTER TABLE outbox RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)")
    op.execute("DROP TRIGGER event_kept ON event")
    op.execute("DROP TRIGGER event_unchanged ON event")
    op.execute("DROP FUNCTION event_is_append_only()")
    op.execute("DROP POLICY everybody ON municipality")
    for table in (*_tenant_tables(), "municipality"):
        op.execute(f'DROP POLICY own ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def _tenant_tables() -> list[str]:
    """Every table but the few of the installation, so that none is forgotten."""
    return [name for name in sa.inspect(op.get_bind()).get_table_names() if name not in OPEN]


def _separate(table: str, column: str) -> None:
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own ON "{table}" USING ({column} = {OWN}) WITH CHECK ({column} = {OWN})')


def _guard_history_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'event is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_kept BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_is_append_only()"
    )
    old, new = (
        ", ".join(f'{row}."{name}"' + ("::text" if name == "params" else "") for name in CHAINED)
        for row in ("OLD", "NEW")
    )
    op.execute(
        "CREATE TRIGGER event_unchanged BEFORE UPDATE ON event FOR EACH ROW "
        f"WHEN (NEW.sealed IS NOT NULL OR ({old}) IS DISTINCT FROM ({new})) "
        "EXECUTE FUNCTION event_is_append_only()"
    )


def _guard_history_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
    columns = ", ".join(f'"{name}"' for name in CHAINED)
    op.execute(f"CREATE TRIGGER event_kept BEFORE DELETE ON event {refuse}")
    op.execute(f"CREATE TRIGGER event_unchanged BEFORE UPDATE OF {columns} ON event {refuse}")
    op.execute(
        f"CREATE TRIGGER event_sealed BEFORE UPDATE OF sealed ON event WHEN NEW.sealed IS NOT NULL {refuse}"
    )
