"""Streets, a logo, invitations, how forms are opened, and what kind of municipality one is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OWN = "current_setting('app.municipality', true)"
TABLES = ("street", "picture", "invitation", "form_opening")
DEMO = "zandlede"
EXERCISED = "(SELECT kind FROM municipality WHERE id = OLD.municipality)"
KEPT = "kind of municipality is said once"


def upgrade() -> None:
    """Make the tables, guarded like every other, and say which municipality is the demo."""
    kind = sa.Column("kind", sa.String(length=10), server_default="real", nullable=False)
    op.add_column("municipality", kind)
    _demo_is_demo()
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER municipality_kind")
        op.execute("DROP TRIGGER event_kept")
        refuse = "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
        op.execute(f"CREATE TRIGGER event_kept BEFORE DELETE ON event {refuse}")
    else:
        op.execute("DROP TRIGGER municipality_kind ON municipality")
        op.execute("DROP FUNCTION municipality_kind_is_kept()")
        op.execute("DROP TRIGGER event_kept ON event")
        op.execute("DROP FUNCTION event_is_kept()")
        op.execute(
            "CREATE TRIGGER event_kept BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_is_append_only()"
        )
        for table in TABLES:
            op.execute(f"DROP POLICY own ON {table}")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("municipality", "kind")


def _demo_is_demo() -> None:
    """Until now the fictional municipality was known by its name alone."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"SELECT set_config('app.municipality', '{DEMO}', true)")
    op.execute(f"UPDATE municipality SET kind = 'demo' WHERE id = '{DEMO}'")  # noqa: S608 - a literal of ours


def _owned(table: str, *columns: sa.Column[object] | sa.Constraint, key: str) -> None:
    op.create_table(
        table,
        sa.Column("municipality", sa.String(length=40), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("municipality", key, name=op.f(f"pk_{table}")),
    )


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.id"], name=name)


def _make_tables() -> None:
    _owned(
        "street",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("side", sa.String(length=4), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("neighbourhood", sa.String(length=40), nullable=False),
        sa.Column("postcode", sa.String(length=4), server_default="", nullable=False),
        _belongs("street"),
        key="id",
    )
    op.create_index(op.f("ix_street_municipality_folded"), "street", ["municipality", "folded"])
    _owned(
        "picture",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size <= 262144", name=op.f("ck_picture_size")),
        _belongs("picture"),
        key="name",
    )
    _owned(
        "invitation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "account"],
            ["account.municipality", "account.id"],
            name=op.f("fk_invitation_municipality_account_account"),
            ondelete="CASCADE",
        ),
        key="id",
    )
    op.create_index(op.f("ix_invitation_municipality_account"), "invitation", ["municipality", "account"])
    _owned(
        "form_opening",
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("closed_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("word", sa.String(length=40), nullable=True),
        sa.Column("origins", sa.JSON(none_as_null=True), nullable=False),
        sa.UniqueConstraint("municipality", "word", name=op.f("uq_form_opening_municipality_word")),
        _belongs("form_opening"),
        key="form",
    )


def _guard_postgresql() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own ON {table} USING (municipality = {OWN}) WITH CHECK (municipality = {OWN})"
        )
    op.execute(
        "CREATE FUNCTION municipality_kind_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER municipality_kind BEFORE UPDATE ON municipality FOR EACH ROW "
        "WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION municipality_kind_is_kept()"
    )
    # an exercise is emptied to be filled again; nobody real stands in it
    op.execute(
        "CREATE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {EXERCISED} = 'exercise' THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'event is append-only'; END $$"
    )
    op.execute("DROP TRIGGER event_kept ON event")
    op.execute(
        "CREATE TRIGGER event_kept BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_is_kept()"
    )


def _guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER municipality_kind BEFORE UPDATE OF kind ON municipality WHEN OLD.kind IS NOT NEW.kind "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    )
    op.execute("DROP TRIGGER event_kept")
    op.execute(
        f"CREATE TRIGGER event_kept BEFORE DELETE ON event WHEN {EXERCISED} IS NOT 'exercise' "
        "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
    )
