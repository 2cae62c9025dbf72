"""What is lent on which day, and to which case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "stock_hold"
SLUG = sa.String(length=40)


def upgrade() -> None:
    """Make the table, guarded like every other."""
    op.create_table(
        TABLE,
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("form", SLUG, nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        refers(TABLE, "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_municipality_case"), TABLE, ["municipality", "case"])
    op.create_index(op.f(f"ix_{TABLE}_municipality_form_day"), TABLE, ["municipality", "form", "day"])
    guard(TABLE)


def downgrade() -> None:
    """Take it away: the answers themselves still say what was asked for."""
    drop(TABLE)
