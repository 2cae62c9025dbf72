"""Cases that belong together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLE = "case_bond"


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    op.create_table(
        TABLE,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=False),
        sa.Column("child", sa.BigInteger(), nullable=True),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        refers(TABLE, "parent", "cases"),
        refers(TABLE, "child", "cases"),
        refers(TABLE, "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("parent", "child"):
        op.create_index(op.f(f"ix_{TABLE}_municipality_{column}"), TABLE, ["municipality", column])
    guard(TABLE)


def downgrade() -> None:
    """Take them away."""
    drop(TABLE)
