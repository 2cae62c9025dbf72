"""Requests to see content in an emergency, and who approved them; on what ground somebody read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = ("emergency", "emergency_voice")


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    _emergency()
    _voice()
    op.add_column("read_log", sa.Column("ground", sa.String(length=40), server_default="", nullable=False))
    op.add_column("read_log", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_read_log_municipality_person_at"), "read_log", ["municipality", "person", "at"])
    op.create_index(op.f("ix_kept_from_municipality_who"), "kept_from", ["municipality", "who"])
    guard(*TABLES)


def downgrade() -> None:
    """Take them away; what was read stays written down, reasons that were sealed cannot be read any more."""
    op.drop_index(op.f("ix_kept_from_municipality_who"), table_name="kept_from")
    op.drop_index(op.f("ix_read_log_municipality_person_at"), table_name="read_log")
    op.drop_column("read_log", "sealed")
    op.drop_column("read_log", "ground")
    drop(*TABLES)


def _emergency() -> None:
    op.create_table(
        "emergency",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=16), nullable=True),
        sa.Column("review", sa.LargeBinary(), nullable=True),
        refers("emergency", "case", "cases"),
        *(refers("emergency", column, "account") for column in ("asked_by", "ended_by", "reviewed_by")),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_emergency")),
    )
    op.create_index(op.f("ix_emergency_municipality_asked_at"), "emergency", ["municipality", "asked_at"])
    op.create_index(op.f("ix_emergency_municipality_case"), "emergency", ["municipality", "case"])
    columns = ["municipality", "asked_by", "state"]
    op.create_index(op.f("ix_emergency_municipality_asked_by_state"), "emergency", columns)


def _voice() -> None:
    op.create_table(
        "emergency_voice",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("emergency", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("emergency_voice", "emergency", "emergency", ondelete="CASCADE"),
        refers("emergency_voice", "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "emergency", "account", name=op.f("pk_emergency_voice")),
    )
