"""Preferences for mail, calendar feeds that can be taken back, who may never get a case, papers of staff, takeovers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("mail_preference", "calendar_feed", "kept_from", "case_file", "takeover", "taken_over")


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    _of_accounts()
    _of_cases()
    _takeovers()
    guard(*TABLES)


def downgrade() -> None:
    """Forget what was preferred; cases stay with whoever took them over, papers of staff can no longer be opened."""
    drop(*TABLES)


def _of_accounts() -> None:
    op.create_table(
        "mail_preference",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("days", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("only_working", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        refers("mail_preference", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "account", name=op.f("pk_mail_preference")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        refers("calendar_feed", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "account", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("municipality", "secret", name=op.f("uq_calendar_feed_municipality_secret")),
    )


def _of_cases() -> None:
    op.create_table(
        "kept_from",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        refers("kept_from", "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "case", "who", name=op.f("pk_kept_from")),
    )
    op.create_table(
        "case_file",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("file", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=True),
        sa.Column("privacy", sa.SmallInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        refers("case_file", "file", "file", ondelete="CASCADE"),
        refers("case_file", "case", "cases"),
        refers("case_file", "by", "account"),
        sa.PrimaryKeyConstraint("municipality", "file", name=op.f("pk_case_file")),
    )
    op.create_index(op.f("ix_case_file_municipality_case"), "case_file", ["municipality", "case"])


def _takeovers() -> None:
    op.create_table(
        "takeover",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("of", sa.String(length=16), nullable=False),
        sa.Column("to", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(refers("takeover", column, "account") for column in ("of", "to", "by")),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_takeover")),
    )
    op.create_table(
        "taken_over",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("takeover", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        refers("taken_over", "takeover", "takeover", ondelete="CASCADE"),
        refers("taken_over", "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "takeover", "case", name=op.f("pk_taken_over")),
    )
    op.create_index(op.f("ix_taken_over_municipality_case"), "taken_over", ["municipality", "case"])
    op.create_index(
        op.f("ix_taken_over_municipality_takeover_standing"),
        "taken_over",
        ["municipality", "takeover", "standing"],
    )
