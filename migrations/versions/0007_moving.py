"""Batches of running cases that move to other versions, and a way from a submission to what replaces it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN = "current_setting('app.municipality', true)"
TABLES = ("case_move", "case_moved")


def upgrade() -> None:
    """Make the tables, guarded like every other, and the index."""
    op.create_index(op.f("ix_submission_municipality_replaces"), "submission", ["municipality", "replaces"])
    op.create_table(
        "case_move",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("workflow_version", sa.BigInteger(), nullable=False),
        sa.Column("states", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _refers("case_move", "workflow_version", "definition_version"),
        _refers("case_move", "author", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_case_move")),
    )
    op.create_index(
        op.f("ix_case_move_municipality_workflow_created_at"),
        "case_move",
        ["municipality", "workflow", "created_at"],
    )
    op.create_table(
        "case_moved",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("move", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("state_from", sa.String(length=40), nullable=False),
        sa.Column("state_to", sa.String(length=40), nullable=False),
        sa.Column("version_from", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        _refers("case_moved", "move", "case_move", ondelete="CASCADE"),
        _refers("case_moved", "case", "cases"),
        sa.PrimaryKeyConstraint("municipality", "move", "case", name=op.f("pk_case_moved")),
    )
    for columns in (["municipality", "case"], ["municipality", "move", "standing"]):
        op.create_index(op.f(f"ix_case_moved_{'_'.join(columns)}"), "case_moved", columns)
    if op.get_bind().dialect.name != "sqlite":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY own ON {table} USING (municipality = {OWN}) WITH CHECK (municipality = {OWN})"
            )


def downgrade() -> None:
    """Forget the batches; what moved stays where it is."""
    if op.get_bind().dialect.name != "sqlite":
        for table in TABLES:
            op.execute(f"DROP POLICY own ON {table}")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index(op.f("ix_submission_municipality_replaces"), "submission")


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality", column],
        [f"{to}.municipality", f"{to}.id"],
        name=op.f(f"fk_{table}_municipality_{column}_{to}"),
        ondelete=ondelete,
    )
