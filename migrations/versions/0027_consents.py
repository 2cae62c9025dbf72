"""Consents that end: what was agreed to, until when, and how it ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLE = "case_consent"
SLUG = sa.String(length=40)


def upgrade() -> None:
    """Make the table, guarded like every other."""
    op.create_table(
        TABLE,
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("form", SLUG, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", SLUG, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", SLUG, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_how", SLUG, nullable=False),
        refers(TABLE, "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("municipality", "case", "name", name=op.f(f"uq_{TABLE}_municipality_case_name")),
    )
    op.create_index(op.f(f"ix_{TABLE}_municipality_form_field"), TABLE, ["municipality", "form", "field"])
    op.create_index(op.f(f"ix_{TABLE}_municipality_until"), TABLE, ["municipality", "until"])
    guard(TABLE)


def downgrade() -> None:
    """Take it away: the answers themselves still say what was agreed to."""
    drop(TABLE)
