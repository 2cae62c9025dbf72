"""Between which hours somebody works on each of their days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hours to the account; nobody has any yet."""
    op.add_column("account", sa.Column("hours", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("account", "hours")
