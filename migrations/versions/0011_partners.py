"""The partner register and what was referred to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("kind", "version", "people", "review_on", "owner", "updated_at", "updated_by")


def upgrade() -> None:
    """More of a partner, and one referral a case."""
    op.add_column("partner", sa.Column("kind", sa.String(length=40), server_default="", nullable=False))
    op.add_column("partner", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("partner", sa.Column("people", sa.LargeBinary(), nullable=True))
    op.add_column("partner", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("partner", sa.Column("owner", sa.String(length=16), nullable=True))
    op.add_column("partner", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("partner", sa.Column("updated_by", sa.String(length=16), nullable=True))
    op.create_table(
        "referral",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("consent", sa.String(length=120), nullable=False),
        sa.Column("shares", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("wrong", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_referral")),
        sa.UniqueConstraint("municipality", "token_hash", name=op.f("uq_referral_municipality_token_hash")),
        refers("referral", "id", "cases", ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_referral_municipality_partner"), "referral", ["municipality", "partner"])
    guard("referral")


def downgrade() -> None:
    """Take it away."""
    drop("referral")
    for column in reversed(COLUMNS):
        op.drop_column("partner", column)
