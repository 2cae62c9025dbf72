"""What was collected for which case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "collected"


def upgrade() -> None:
    """Make the table, guarded like every other."""
    op.create_table(
        TABLE,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gatherer", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=True),
        refers(TABLE, "gatherer", "cases"),
        refers(TABLE, "item", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("municipality", "item", name=op.f(f"uq_{TABLE}_municipality_item")),
    )
    op.create_index(op.f(f"ix_{TABLE}_municipality_gatherer"), TABLE, ["municipality", "gatherer"])
    guard(TABLE)


def downgrade() -> None:
    """Take it away."""
    drop(TABLE)
