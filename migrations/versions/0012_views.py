"""Saved views of the queue; every counter of the queue from counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PLACE = (
    "UPDATE task SET neighbourhood = (SELECT c.neighbourhood FROM cases c WHERE c.municipality = task.municipality"
    " AND c.id = task.\"case\") WHERE state = 'open'"
)
LANE = "CASE WHEN onlooker THEN 2 WHEN claimed THEN 1 ELSE 0 END"
NEVER_WAITED = {
    "sqlite": "'1970-01-01 00:00:00.000000'",
    "postgresql": "TIMESTAMPTZ '1970-01-01 00:00:00+00'",
}


def upgrade() -> None:
    """Make them, and count what stands open."""
    op.add_column("task", sa.Column("neighbourhood", sa.String(length=40), server_default="", nullable=False))
    drop("task_count")
    _make_counts()
    op.create_table(
        "saved_view",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("choice", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        refers("saved_view", "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_municipality_account"), "saved_view", ["municipality", "account"])
    guard("task_count", "saved_view")
    _everywhere(PLACE, *_counted())


def downgrade() -> None:
    """Count by person and day again."""
    drop("saved_view")
    drop("task_count")
    op.create_table(
        "task_count",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("assignee", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        refers("task_count", "assignee", "account"),
        sa.PrimaryKeyConstraint("municipality", "assignee", "due_on", name=op.f("pk_task_count")),
    )
    guard("task_count")
    _everywhere(
        "INSERT INTO task_count (municipality, assignee, due_on, n) SELECT municipality, assignee, due_on, count(*)"
        " FROM task WHERE state = 'open' GROUP BY municipality, assignee, due_on"
    )
    op.drop_column("task", "neighbourhood")


def _make_counts() -> None:
    op.create_table(
        "task_count",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("assignee", sa.String(length=16), nullable=False),
        sa.Column("contact_point", sa.String(length=40), nullable=False),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_task_count_municipality_municipality")
        ),
        sa.PrimaryKeyConstraint(
            "municipality",
            "assignee",
            "contact_point",
            "neighbourhood",
            "lane",
            "due_on",
            "not_before",
            name=op.f("pk_task_count"),
        ),
    )


def _counted() -> tuple[str, str]:
    """A row for each person, and one for everybody together."""
    waits = f"COALESCE(not_before, {NEVER_WAITED[op.get_bind().dialect.name]})"
    into = "INSERT INTO task_count (municipality, assignee, contact_point, neighbourhood, lane, due_on, not_before, n)"
    own, everybody = (
        f"{into} SELECT municipality, {who}, contact_point, {place}, {LANE}, due_on, {waits}, count(*)"  # noqa: S608
        f" FROM task WHERE state = 'open' GROUP BY municipality, {by}contact_point, {LANE}, due_on, {waits}"
        for who, place, by in (("assignee", "neighbourhood", "assignee, neighbourhood, "), ("''", "''", ""))
    )
    return own, everybody


def _everywhere(*statements: str) -> None:
    """Run them for each municipality: on PostgreSQL a transaction sees the rows of one only."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for statement in statements:
            op.execute(statement)
        return
    for town in bind.execute(sa.text("SELECT id FROM municipality")).scalars().all():
        bind.execute(sa.text("SELECT set_config('app.municipality', :town, true)"), {"town": town})
        for statement in statements:
            op.execute(statement)
    bind.execute(sa.text("SELECT set_config('app.municipality', '', true)"))
