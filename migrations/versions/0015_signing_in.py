"""Second factors, passkeys and locks of sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("code_app", "recovery_code", "passkey", "passkey_challenge", "known_browser", "wrong_try")
OLD = "sign_in_attempt"
SESSION = ("stage", "locked_at", "wrong", "lock_after")


def upgrade() -> None:
    """Make the tables, guarded like every other; wrong sign-ins are counted anew, in a row instead of rows."""
    drop(OLD)
    for column in (
        sa.Column("stage", sa.String(length=10), server_default="open", nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lock_after", sa.Integer(), server_default="600", nullable=False),
    ):
        op.add_column("session", column)
    _proofs()
    _passkeys()
    _guesses()
    guard(*TABLES)


def downgrade() -> None:
    """Take them away."""
    drop(*TABLES)
    for name in reversed(SESSION):
        op.drop_column("session", name)
    op.create_table(
        OLD,
        _municipality(),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _belongs(OLD),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{OLD}")),
    )
    for column in ("ip", "who"):
        op.create_index(op.f(f"ix_{OLD}_municipality_{column}_at"), OLD, ["municipality", column, "at"])
    guard(OLD)


def _proofs() -> None:
    op.create_table(
        "code_app",
        _municipality(),
        _account(),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        refers("code_app", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "account", name=op.f("pk_code_app")),
    )
    op.create_table(
        "recovery_code",
        _municipality(),
        _account(),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        refers("recovery_code", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "account", "code", name=op.f("pk_recovery_code")),
    )


def _passkeys() -> None:
    op.create_table(
        "passkey",
        _municipality(),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _account(),
        sa.Column("credential", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        refers("passkey", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("municipality", "credential", name=op.f("uq_passkey_municipality_credential")),
    )
    op.create_index(op.f("ix_passkey_municipality_account"), "passkey", ["municipality", "account"])
    op.create_table(
        "passkey_challenge",
        _municipality(),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _belongs("passkey_challenge"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_passkey_challenge")),
    )
    op.create_index(
        op.f("ix_passkey_challenge_municipality_expires_at"),
        "passkey_challenge",
        ["municipality", "expires_at"],
    )


def _guesses() -> None:
    op.create_table(
        "known_browser",
        _municipality(),
        _account(),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        refers("known_browser", "account", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "account", "id", name=op.f("pk_known_browser")),
    )
    op.create_table(
        "wrong_try",
        _municipality(),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        _belongs("wrong_try"),
        sa.PrimaryKeyConstraint("municipality", "who", name=op.f("pk_wrong_try")),
    )
    op.create_index(op.f("ix_wrong_try_municipality_at"), "wrong_try", ["municipality", "at"])


def _municipality() -> sa.Column[str]:
    return sa.Column("municipality", sa.String(length=40), nullable=False)


def _account() -> sa.Column[str]:
    return sa.Column("account", sa.String(length=16), nullable=False)


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality"], ["municipality.id"], name=op.f(f"fk_{table}_municipality_municipality")
    )
