"""Sessions: moments with places, and who registered for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT, ENTRY = "moment", "moment_entry"


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    op.create_table(
        MOMENT,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("from_hour", sa.Time(), nullable=True),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("open_until", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        refers(MOMENT, "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{MOMENT}")),
        sa.UniqueConstraint("municipality", "case", name=op.f(f"uq_{MOMENT}_municipality_case")),
    )
    _indexes(MOMENT, ("on_day",), ("workflow", "on_day"))
    op.create_table(
        ENTRY,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("came", sa.String(length=12), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("walked_in", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        refers(ENTRY, "session", "cases"),
        refers(ENTRY, "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{ENTRY}")),
        sa.UniqueConstraint("municipality", "case", name=op.f(f"uq_{ENTRY}_municipality_case")),
    )
    _indexes(ENTRY, ("session", "standing"), ("who",))
    guard(MOMENT, ENTRY)


def _indexes(table: str, *columns: tuple[str, ...]) -> None:
    for names in columns:
        op.create_index(op.f(f"ix_{table}_municipality_{'_'.join(names)}"), table, ["municipality", *names])


def downgrade() -> None:
    """Take them away."""
    drop(MOMENT, ENTRY)
