"""Cards on paper with a number of their own, and the picture of who is called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("card_batch", "paper_card", "photo")


def upgrade() -> None:
    """Batches, their cards, photos, and what a referrer's link fills in."""
    op.create_table(
        "card_batch",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("printed_by", sa.String(length=16), nullable=True),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_card_batch")),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_card_batch_municipality_municipality")
        ),
        refers("card_batch", "printed_by", "account"),
    )
    op.create_table(
        "paper_card",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void", sa.String(length=20), nullable=False),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_by", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_paper_card")),
        sa.UniqueConstraint("municipality", "number", name=op.f("uq_paper_card_municipality_number")),
        refers("paper_card", "batch", "card_batch", ondelete="CASCADE"),
        refers("paper_card", "void_by", "account"),
    )
    op.create_index(op.f("ix_paper_card_municipality_batch"), "paper_card", ["municipality", "batch"])
    op.create_table(
        "photo",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("turned", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "account", name=op.f("pk_photo")),
        refers("photo", "account", "account", ondelete="CASCADE"),
    )
    guard(*TABLES)
    op.add_column("referrer_link", sa.Column("sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("referrer_link", "sealed")
    drop(*TABLES)
