"""Proposals to destroy, destruction records, legal holds, requests about somebody's data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("destruction", "destruction_case", "legal_hold", "privacy_request")
CHAINED = (
    "municipality", "id", "stream", "seq", "at", "by", "code", "params", "sealed_hash", "previous", "hash",
)  # fmt: skip
"""The columns of an event that never change. ``case`` may be let go of, with the content and for good."""


def upgrade() -> None:
    """Make the tables, guarded like every other; an event may outlive its case."""
    _destructions()
    _holds()
    _requests()
    guard(*TABLES)
    if op.get_bind().dialect.name == "sqlite":
        _loosen_sqlite()
    else:
        _loosen_postgresql(("case",))


def downgrade() -> None:
    """Take them away. Events whose case was destroyed stay without one."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_case")
        op.execute("DROP TRIGGER event_unchanged")
        columns = ", ".join(f'"{name}"' for name in (*CHAINED, "case"))
        op.execute(f"CREATE TRIGGER event_unchanged BEFORE UPDATE OF {columns} ON event {_REFUSE}")
    else:
        _loosen_postgresql(())
    drop(*TABLES)


_REFUSE = "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"


def _loosen_sqlite() -> None:
    op.execute("DROP TRIGGER event_unchanged")
    columns = ", ".join(f'"{name}"' for name in CHAINED)
    op.execute(f"CREATE TRIGGER event_unchanged BEFORE UPDATE OF {columns} ON event {_REFUSE}")
    op.execute(
        'CREATE TRIGGER event_case BEFORE UPDATE OF "case" ON event '
        f'WHEN NEW."case" IS NOT NULL OR NEW.sealed IS NOT NULL {_REFUSE}'
    )


def _loosen_postgresql(loose: tuple[str, ...]) -> None:
    op.execute("DROP TRIGGER event_unchanged ON event")
    kept = CHAINED if loose else (*CHAINED, "case")
    old, new = (
        ", ".join(f'{row}."{name}"' + ("::text" if name == "params" else "") for name in kept)
        for row in ("OLD", "NEW")
    )
    moved = ' OR (NEW."case" IS NOT NULL AND NEW."case" IS DISTINCT FROM OLD."case")' if loose else ""
    op.execute(
        "CREATE TRIGGER event_unchanged BEFORE UPDATE ON event FOR EACH ROW "
        f"WHEN (NEW.sealed IS NOT NULL OR ({old}) IS DISTINCT FROM ({new}){moved}) "
        "EXECUTE FUNCTION event_is_append_only()"
    )


def _destructions() -> None:
    op.create_table(
        "destruction",
        *_key("destruction"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=16), nullable=True),
        *_step("first"),
        *_step("second"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(refers("destruction", name, "account") for name in ("made_by", "first_by", "second_by")),
        _town("destruction"),
    )
    op.create_index("ix_destruction_municipality_state", "destruction", ["municipality", "state"])
    op.create_table(
        "destruction_case",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("destruction", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("then", sa.String(length=12), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("kept_by", sa.String(length=16), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        refers("destruction_case", "destruction", "destruction", ondelete="CASCADE"),
        refers("destruction_case", "kept_by", "account"),
        sa.PrimaryKeyConstraint("municipality", "destruction", "case", name=op.f("pk_destruction_case")),
    )
    op.create_index("ix_destruction_case_municipality_case", "destruction_case", ["municipality", "case"])


def _holds() -> None:
    op.create_table(
        "legal_hold",
        *_key("legal_hold"),
        sa.Column("case", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted", sa.LargeBinary(), nullable=True),
        *_step("lifted"),
        refers("legal_hold", "case", "cases"),
        refers("legal_hold", "person", "person"),
        refers("legal_hold", "by", "account"),
        refers("legal_hold", "lifted_by", "account"),
    )
    for column in ("case", "person"):
        op.create_index(f"ix_legal_hold_municipality_{column}", "legal_hold", ["municipality", column])


def _requests() -> None:
    op.create_table(
        "privacy_request",
        *_key("privacy_request"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("work", sa.LargeBinary(), nullable=False),
        sa.Column("export", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("handed_how", sa.String(length=12), nullable=False),
        *_step("approved"),
        *_step("handed"),
        *(refers("privacy_request", name, "account") for name in ("by", "approved_by", "handed_by")),
        refers("privacy_request", "person", "person"),
    )
    op.create_index("ix_privacy_request_municipality_person", "privacy_request", ["municipality", "person"])


def _key(table: str) -> tuple[sa.SchemaItem, ...]:
    return (
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{table}")),
    )


def _step(name: str) -> tuple[sa.SchemaItem, ...]:
    return (
        sa.Column(f"{name}_by", sa.String(length=16), nullable=True),
        sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True),
    )


def _town(table: str) -> sa.SchemaItem:
    name = op.f(f"fk_{table}_municipality_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.id"], name=name)
