"""Which privacy notice somebody saw with what they sent, and how a resident was told about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("privacy_notice", "notice_shown", "privacy_told")


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    op.create_table(
        "privacy_notice",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_privacy_notice_municipality_municipality"),
        ),
        sa.PrimaryKeyConstraint("municipality", "digest", name=op.f("pk_privacy_notice")),
    )
    op.create_table(
        "notice_shown",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("submission", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        refers("notice_shown", "submission", "submission", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["municipality", "digest"],
            ["privacy_notice.municipality", "privacy_notice.digest"],
            name=op.f("fk_notice_shown_municipality_digest_privacy_notice"),
        ),
        sa.PrimaryKeyConstraint("municipality", "submission", name=op.f("pk_notice_shown")),
    )
    op.create_table(
        "privacy_told",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=True),
        refers("privacy_told", "case", "cases", ondelete="CASCADE"),
        refers("privacy_told", "by", "account"),
        sa.PrimaryKeyConstraint("municipality", "case", name=op.f("pk_privacy_told")),
    )
    guard(*TABLES)


def downgrade() -> None:
    """Take them away: which notice was seen, and how people were told, is forgotten."""
    drop(*TABLES)
