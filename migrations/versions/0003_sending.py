"""Whose upload it is when nobody is signed in, and how often somebody without an account sends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWN = "current_setting('app.municipality', true)"


def upgrade() -> None:
    """Add the claim on an upload and the table of sendings, guarded like every other."""
    op.add_column("file", sa.Column("claim", sa.String(length=64), server_default="", nullable=False))
    op.create_table(
        "public_sending",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_public_sending_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_public_sending")),
    )
    op.create_index(
        op.f("ix_public_sending_municipality_who_at"),
        "public_sending",
        ["municipality", "who", "at"],
        unique=False,
    )
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE public_sending ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE public_sending FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own ON public_sending USING (municipality = {OWN}) WITH CHECK (municipality = {OWN})"
        )


def downgrade() -> None:
    """Forget both."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP POLICY own ON public_sending")
    op.drop_table("public_sending")
    op.drop_column("file", "claim")
