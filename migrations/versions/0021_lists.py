"""Campaigns: lists of people to reach, their batches and attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "campaign",
    "campaign_import",
    "campaign_batch",
    "campaign_contact",
    "campaign_key",
    "campaign_opt_out",
    "campaign_count",
)


def upgrade() -> None:
    """Runs, lists that were brought, batches, contacts, the keys they are found by, opt-outs and counts."""
    op.create_table(
        "campaign",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("destroy_on", sa.Date(), nullable=False),
        sa.Column("round_of", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by", sa.String(length=16), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=16), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        refers("campaign", "version", "definition_version"),
        refers("campaign", "made_by", "account"),
        refers("campaign", "round_of", "campaign"),
        refers("campaign", "proposed_by", "account"),
        refers("campaign", "approved_by", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_campaign")),
    )
    op.create_index(op.f("ix_campaign_municipality_state"), "campaign", ["municipality", "state"])
    op.create_table(
        "campaign_import",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("mapping", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("campaign_import", "campaign", "campaign"),
        refers("campaign_import", "by", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_campaign_import")),
    )
    op.create_index(
        op.f("ix_campaign_import_municipality_campaign"), "campaign_import", ["municipality", "campaign"]
    )
    op.create_table(
        "campaign_batch",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=True),
        sa.Column("second", sa.String(length=16), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        refers("campaign_batch", "holder", "account"),
        refers("campaign_batch", "second", "account"),
        refers("campaign_batch", "campaign", "campaign"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_campaign_batch")),
    )
    op.create_index(
        op.f("ix_campaign_batch_municipality_second"), "campaign_batch", ["municipality", "second"]
    )
    op.create_index(
        op.f("ix_campaign_batch_municipality_holder"), "campaign_batch", ["municipality", "holder"]
    )
    op.create_index(
        op.f("ix_campaign_batch_municipality_campaign"), "campaign_batch", ["municipality", "campaign"]
    )
    op.create_table(
        "campaign_contact",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign", sa.BigInteger(), nullable=False),
        sa.Column("imported", sa.BigInteger(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("staged", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("not_part", sa.String(length=8), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        refers("campaign_contact", "campaign", "campaign"),
        refers("campaign_contact", "imported", "campaign_import"),
        refers("campaign_contact", "batch", "campaign_batch"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_campaign_contact")),
        sa.UniqueConstraint(
            "municipality", "imported", "row", name=op.f("uq_campaign_contact_municipality_imported_row")
        ),
    )
    op.create_index(
        op.f("ix_campaign_contact_municipality_campaign_standing"),
        "campaign_contact",
        ["municipality", "campaign", "standing"],
    )
    op.create_index(
        op.f("ix_campaign_contact_municipality_batch"), "campaign_contact", ["municipality", "batch"]
    )
    op.create_table(
        "campaign_key",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.BigInteger(), autoincrement=False, nullable=False),
        refers("campaign_key", "contact", "campaign_contact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "hash", "contact", name=op.f("pk_campaign_key")),
    )
    op.create_table(
        "campaign_opt_out",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_campaign_opt_out_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint("municipality", "hash", name=op.f("pk_campaign_opt_out")),
    )
    op.create_table(
        "campaign_count",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("campaign", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        refers("campaign_count", "campaign", "campaign"),
        sa.PrimaryKeyConstraint(
            "municipality", "campaign", "week", "neighbourhood", "outcome", name=op.f("pk_campaign_count")
        ),
    )
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
