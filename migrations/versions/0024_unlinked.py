"""Sheets that belong to nobody, and consents that end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ("sheet_bundle", "sheet_token")


def upgrade() -> None:
    """Make the tables, guarded like every other; SQLite keeps no number that counts up with their rows."""
    op.create_table(
        "sheet_bundle",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_sheet_bundle")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sheet_bundle_municipality_form"), "sheet_bundle", ["municipality", "form"])
    op.create_table(
        "sheet_token",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key", name=op.f("pk_sheet_token")),
        sqlite_with_rowid=False,
    )
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
