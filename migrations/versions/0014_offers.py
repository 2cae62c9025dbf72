"""What volunteers can do: tasks to be matched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "case_match"
OPEN = "ix_cases_municipality_workflow_state"


def upgrade() -> None:
    """Make the links between cases that were proposed to each other, and find open cases of a workflow fast."""
    op.create_table(
        TABLE,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seeker", sa.BigInteger(), nullable=False),
        sa.Column("other", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=False),
        refers(TABLE, "seeker", "cases"),
        refers(TABLE, "other", "cases"),
        refers(TABLE, "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("seeker", "other"):
        op.create_index(op.f(f"ix_{TABLE}_municipality_{column}"), TABLE, ["municipality", column])
    running = sa.text("closed_at IS NULL")
    op.create_index(
        op.f(OPEN),
        "cases",
        ["municipality", "workflow", "state"],
        sqlite_where=running,
        postgresql_where=running,
    )
    guard(TABLE)


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f(OPEN), "cases")
    drop(TABLE)
