"""Keys that were changed, heads of histories kept elsewhere, backups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ("safekeeping", "outbox_hold", "root_key")
CHAINED = (
    "municipality",
    "id",
    "stream",
    "seq",
    "at",
    "by",
    "code",
    "params",
    "sealed_hash",
    "previous",
    "hash",
)
"""The columns of an event that never change; ``case`` may be let go of (0017)."""
MOVED = '(NEW."case" IS NOT NULL AND NEW."case" IS DISTINCT FROM OLD."case")'
ANEW = "NEW.sealed IS NOT NULL AND (OLD.sealed IS NULL OR NEW.proof = OLD.proof)"
"""Content that is neither erased nor sealed again with a proof that goes with it."""
BEFORE = "NEW.sealed IS NOT NULL"


def upgrade() -> None:
    """Make the tables, guarded like every other, and let the content of an event be sealed with another key."""
    op.create_table(
        "safekeeping",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "name", name=op.f("pk_safekeeping")),
    )
    _owned(
        "outbox_hold",
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), nullable=False),
    )
    _owned(
        "root_key",
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    guard(*TABLES)
    op.add_column("event", sa.Column("proof", sa.String(length=64), server_default="", nullable=False))
    _keep_content(ANEW)


def downgrade() -> None:
    """Take them away."""
    _keep_content(BEFORE)
    op.drop_column("event", "proof")
    drop(*TABLES)


def _owned(table: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f(f"fk_{table}_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", name=op.f(f"pk_{table}")),
    )


def _keep_content(refused: str) -> None:
    """Guard the content of events: ``refused`` says which change of it is."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_sealed")
        op.execute(
            f"CREATE TRIGGER event_sealed BEFORE UPDATE OF sealed ON event WHEN {refused} "
            "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
        )
        return
    old, new = (
        ", ".join(f'{row}."{name}"' + ("::text" if name == "params" else "") for name in CHAINED)
        for row in ("OLD", "NEW")
    )
    op.execute("DROP TRIGGER event_unchanged ON event")
    op.execute(
        "CREATE TRIGGER event_unchanged BEFORE UPDATE ON event FOR EACH ROW "
        f"WHEN (({refused}) OR {MOVED} OR ({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION event_is_append_only()"
    )
