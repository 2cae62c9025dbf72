"""What residents ask and get: codes, letters, addresses at which nothing arrives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("resident_code", "resident_try", "letter", "dead_address")


def upgrade() -> None:
    """Make the tables, guarded like every other."""
    _codes()
    _letters()
    op.create_table(
        "dead_address",
        *_key("dead_address"),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("dead_address", "case", "cases"),
        _unique("dead_address", "case", "way", "address"),
    )
    guard(*TABLES)


def downgrade() -> None:
    """Take them away; what was printed stays on paper."""
    drop(*TABLES)


def _codes() -> None:
    op.create_table(
        "resident_code",
        *_key("resident_code"),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_by", sa.String(length=16), nullable=True),
        refers("resident_code", "case", "cases"),
        refers("resident_code", "renewed_by", "account"),
        _unique("resident_code", "case"),
    )
    op.create_table(
        "resident_try",
        *_key("resident_try"),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_resident_try_municipality_municipality")
        ),
    )
    _index("resident_try", "who", "at")


def _letters() -> None:
    op.create_table(
        "letter",
        *_key("letter"),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            column
            for step in ("printed", "posted", "returned")
            for column in (
                sa.Column(f"{step}_at", sa.DateTime(timezone=True), nullable=True),
                sa.Column(f"{step}_by", sa.String(length=16), nullable=True),
            )
        ),
        refers("letter", "case", "cases"),
        refers("letter", "event", "event"),
        *(refers("letter", f"{step}_by", "account") for step in ("printed", "posted", "returned")),
        _unique("letter", "number"),
        _unique("letter", "event"),
    )
    _index("letter", "state", "created_at", "id")
    _index("letter", "batch")
    _index("letter", "case")


def _key(table: str) -> tuple[sa.Column[str] | sa.Column[int] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{table}")),
    )


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{table}_municipality_{'_'.join(columns)}")
    return sa.UniqueConstraint("municipality", *columns, name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_municipality_{'_'.join(columns)}"), table, ["municipality", *columns])
