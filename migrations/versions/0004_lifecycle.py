"""The working copy of the studio, files that were taken away here, and what the ids of a version stood for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "current_setting('app.municipality', true)"


def upgrade() -> None:
    """Add the working copy, guarded like every other table, and the two columns."""
    op.add_column(
        "definition_file", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("definition_version", sa.Column("ids", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "definition_work",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "author"],
            ["account.municipality", "account.id"],
            name=op.f("fk_definition_work_municipality_account"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality", "hash"],
            ["definition_text.municipality", "definition_text.hash"],
            name=op.f("fk_definition_work_municipality_definition_text"),
        ),
        sa.PrimaryKeyConstraint("municipality", "path", name=op.f("pk_definition_work")),
    )
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE definition_work ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE definition_work FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own ON definition_work USING (municipality = {OWN}) WITH CHECK (municipality = {OWN})"
        )


def downgrade() -> None:
    """Forget them; what was taken away here runs no more all the same."""
    op.execute("DELETE FROM definition_file WHERE gone")
    op.drop_column("definition_version", "ids")
    op.drop_column("definition_file", "gone")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP POLICY own ON definition_work")
    op.drop_table("definition_work")
