"""Sign-in providers and webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES: tuple[str, ...] = (
    "sign_in_provider",
    "outside_sign_in",
    "outside_identity",
    "webhook",
    "webhook_delivery",
)
SLUG, INSTANT, HASH = sa.String(length=40), sa.DateTime(timezone=True), sa.String(length=64)


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    _sign_in()
    _webhooks()
    guard(*TABLES)


def _sign_in() -> None:
    op.create_table(
        "sign_in_provider",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_sign_in_provider")),
        _belongs("sign_in_provider"),
    )
    op.create_table(
        "outside_sign_in",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("id", HASH, nullable=False),
        sa.Column("browser", HASH, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_outside_sign_in")),
        _belongs("outside_sign_in"),
    )
    _index("outside_sign_in", "begun_at")
    op.create_table(
        "outside_identity",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("subject", HASH, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("municipality", "subject", name=op.f("pk_outside_identity")),
        refers("outside_identity", "account", "account", ondelete="CASCADE"),
    )
    _index("outside_identity", "account")


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("events", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("rotated_at", INSTANT, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_webhook")),
        _belongs("webhook"),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("municipality", SLUG, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("webhook", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_webhook_delivery")),
        refers("webhook_delivery", "webhook", "webhook", ondelete="CASCADE"),
    )
    _index("webhook_delivery", "webhook", "at")


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.id"], name=name)


def _index(table: str, *columns: str) -> None:
    name = op.f(f"ix_{table}_municipality_{'_'.join(columns)}")
    op.create_index(name, table, ["municipality", *columns])


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
