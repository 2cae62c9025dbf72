"""Statements a municipality publishes, and what was said at first contact."""

from __future__ import annotations

from app.storage.revising import drop, guard

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ()


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
