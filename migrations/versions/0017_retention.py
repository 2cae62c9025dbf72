"""Proposals to destroy, destruction records, legal holds, requests about somebody's data."""

from __future__ import annotations

from app.storage.revising import drop, guard

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ()


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
