"""What do revisions of the schema have in common? Guards and keys that begin with the municipality.

Revisions up to 0007 spell this out themselves: what once ran is never rewritten.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

_OWN = "current_setting('app.municipality', true)"


def guard(*tables: str) -> None:
    """Row-level security, on PostgreSQL: a transaction sees the rows of its own municipality only."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own ON {table} USING (municipality = {_OWN}) WITH CHECK (municipality = {_OWN})"
        )


def drop(*tables: str) -> None:
    """Take guarded tables away, the last made first."""
    for table in reversed(tables):
        if op.get_bind().dialect.name != "sqlite":
            op.execute(f"DROP POLICY own ON {table}")
        op.drop_table(table)


def refers(table: str, column: str, to: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """The foreign key of ``table.column`` to the ``id`` of ``to`` in the same municipality."""
    return sa.ForeignKeyConstraint(
        ["municipality", column],
        [f"{to}.municipality", f"{to}.id"],
        name=op.f(f"fk_{table}_municipality_{column}_{to}"),
        ondelete=ondelete,
    )
