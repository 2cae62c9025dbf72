"""People are found by the sound of their name, never by a readable list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("person_key", "person_merge", "person_apart", "person_search")


def upgrade() -> None:
    """Keys of sounds in the place of one hash of the whole name; merges, refusals and searches beside them.

    Sealed names are opened with a key this revision does not have: records are keyed by the services at the next start.
    """
    op.drop_index(op.f("ix_person_municipality_name_index"), "person")
    with op.batch_alter_table("person") as person:
        person.drop_column("name_index")
        person.add_column(sa.Column("keyed", sa.Integer(), nullable=False, server_default="0"))
        person.add_column(sa.Column("merged_into", sa.BigInteger(), nullable=True))
        person.create_foreign_key(
            op.f("fk_person_municipality_merged_into_person"),
            "person",
            ["municipality", "merged_into"],
            ["municipality", "id"],
        )
    for column in ("keyed", "merged_into"):
        op.create_index(op.f(f"ix_person_municipality_{column}"), "person", ["municipality", column])
    _person_key()
    _person_merge()
    _person_apart()
    _person_search()
    guard(*TABLES)


def downgrade() -> None:
    """Forget merges (cases stay where they are), refusals, searches and keys."""
    drop(*TABLES)
    for column in ("merged_into", "keyed"):
        op.drop_index(op.f(f"ix_person_municipality_{column}"), "person")
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("fk_person_municipality_merged_into_person"), type_="foreignkey")
        person.drop_column("merged_into")
        person.drop_column("keyed")
        person.add_column(sa.Column("name_index", sa.String(length=64), nullable=False, server_default=""))
    op.create_index(op.f("ix_person_municipality_name_index"), "person", ["municipality", "name_index"])


def _person_key() -> None:
    op.create_table(
        "person_key",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        refers("person_key", "person", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "hash", "person", name=op.f("pk_person_key")),
    )
    op.create_index(
        op.f("ix_person_key_municipality_person_kind"), "person_key", ["municipality", "person", "kind"]
    )


def _person_merge() -> None:
    op.create_table(
        "person_merge",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("into", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("cases", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("followed_by", sa.String(length=16), nullable=True),
        sa.Column("by", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=16), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        refers("person_merge", "person", "person"),
        refers("person_merge", "into", "person"),
        refers("person_merge", "by", "account"),
        refers("person_merge", "followed_by", "account"),
        refers("person_merge", "undone_by", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_person_merge")),
    )
    for column in ("into", "person"):
        op.create_index(
            op.f(f"ix_person_merge_municipality_{column}"), "person_merge", ["municipality", column]
        )


def _person_apart() -> None:
    op.create_table(
        "person_apart",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("case", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("person_apart", "case", "cases", ondelete="CASCADE"),
        refers("person_apart", "person", "person", ondelete="CASCADE"),
        refers("person_apart", "by", "account"),
        sa.PrimaryKeyConstraint("municipality", "case", "person", name=op.f("pk_person_apart")),
    )


def _person_search() -> None:
    op.create_table(
        "person_search",
        sa.Column("municipality", sa.String(length=40), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("person_search", "account", "account"),
        sa.PrimaryKeyConstraint("municipality", "id", name=op.f("pk_person_search")),
    )
    columns = ["municipality", "account", "kind", "at"]
    op.create_index(op.f(f"ix_person_search_{'_'.join(columns)}"), "person_search", columns)
