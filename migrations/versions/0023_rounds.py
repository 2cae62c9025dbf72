"""Rounds: questions put to several people, by link, before a date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("ask", "ask_person", "ask_answer")


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    op.create_table(
        "ask",
        *_key(),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind", sa.JSON(none_as_null=True), nullable=False),
        refers("ask", "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_ask")),
    )
    op.create_index(op.f("ix_ask_municipality_case"), "ask", ["municipality", "case"])
    op.create_table(
        "ask_person",
        *_key(),
        sa.Column("ask", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("who", sa.String(length=64), nullable=True),
        sa.Column("account", sa.String(length=16), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        refers("ask_person", "ask", "ask"),
        refers("ask_person", "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_ask_person")),
        sa.UniqueConstraint("municipality", "token_hash", name=op.f("uq_ask_person_municipality_token_hash")),
        sa.UniqueConstraint("municipality", "ask", "who", name=op.f("uq_ask_person_municipality_ask_who")),
    )
    op.create_index(op.f("ix_ask_person_municipality_ask"), "ask_person", ["municipality", "ask"])
    op.create_table(
        "ask_answer",
        *_key(),
        sa.Column("ask", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        refers("ask_answer", "ask", "ask"),
        refers("ask_answer", "form_version", "definition_version"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_ask_answer")),
        sa.UniqueConstraint("municipality", "ask", "row", name=op.f("uq_ask_answer_municipality_ask_row")),
    )
    op.create_index(op.f("ix_ask_answer_municipality_ask"), "ask_answer", ["municipality", "ask"])
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)


def _key() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
    )
