"""Readings of reports that take long: asked for once, made by a worker, with how far they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SLUG, INSTANT = sa.String(length=40), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table, guarded like every other."""
    op.create_table(
        "report_run",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("name", SLUG, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", SLUG, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_report_run_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "name", "first", name=op.f("pk_report_run")),
    )
    guard("report_run")


def downgrade() -> None:
    """Take it away: what is asked for again is made again."""
    drop("report_run")
