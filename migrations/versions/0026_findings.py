"""Reports: frozen counts of closed periods, figures read in, what regions share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.storage.revising import drop, guard, refers

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OWN: tuple[str, ...] = (
    "report_release",
    "council_answer",
    "figure_series",
    "figure_value",
)
SHARED: tuple[str, ...] = ("region", "region_guest", "region_member", "region_figure")
SLUG, INSTANT = sa.String(length=40), sa.DateTime(timezone=True)
ACCOUNT, LABEL = sa.String(length=16), sa.String(length=120)
_ME = "current_setting('app.municipality', true)"
_ASKED = "select 1 from region_guest g where g.region = {table}.{column} and g.guest = {me}"
_FOUNDED = "select 1 from region r where r.id = {table}.region and r.municipality = {me}"
_MEMBER = (
    "select 1 from region_member m where m.region = {table}.region and m.municipality = {me} "
    "and m.ended_at is null"
)


def upgrade() -> None:
    """Make the tables, guarded like every other; what regions share is readable to its members."""
    _released()
    _figures()
    _regions()
    guard(*OWN)
    if op.get_bind().dialect.name != "sqlite":
        _guard_shared()


def _released() -> None:
    op.create_table(
        "report_release",
        _municipality(),
        sa.Column("report", SLUG, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        _belongs("report_release"),
        sa.PrimaryKeyConstraint("municipality", "report", "first", name=op.f("pk_report_release")),
    )
    op.create_table(
        "council_answer",
        *_keyed(),
        sa.Column("report", SLUG, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("body", LABEL, nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account", ACCOUNT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        _belongs("council_answer"),
        refers("council_answer", "account", "account"),
        _key("council_answer"),
    )
    _index("council_answer", "municipality", "report", "first")


def _figures() -> None:
    op.create_table(
        "figure_series",
        *_keyed(),
        sa.Column("name", SLUG, nullable=False),
        sa.Column("label", LABEL, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_on", sa.Date(), nullable=False),
        sa.Column("account", ACCOUNT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", ACCOUNT, nullable=True),
        sa.Column("ended_how", SLUG, nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        _belongs("figure_series"),
        refers("figure_series", "account", "account"),
        refers("figure_series", "ended_by", "account"),
        _key("figure_series"),
    )
    _index("figure_series", "municipality", "name")
    op.create_table(
        "figure_value",
        _municipality(),
        sa.Column("series", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("neighbourhood", SLUG, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        refers("figure_value", "series", "figure_series", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "municipality", "series", "neighbourhood", "year", name=op.f("pk_figure_value")
        ),
    )


def _regions() -> None:
    op.create_table(
        "region",
        *_keyed(),
        sa.Column("name", LABEL, nullable=False),
        sa.Column("account", ACCOUNT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        _belongs("region"),
        refers("region", "account", "account"),
        _key("region"),
    )
    op.create_table(
        "region_guest",
        _municipality(),
        sa.Column("region", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guest", SLUG, nullable=False),
        sa.Column("name", LABEL, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        refers("region_guest", "region", "region", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality", "region", "guest", name=op.f("pk_region_guest")),
    )
    op.create_table(
        "region_member",
        *_keyed(),
        sa.Column("region", sa.BigInteger(), nullable=False),
        sa.Column("reports", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("account", ACCOUNT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", ACCOUNT, nullable=True),
        _belongs("region_member"),
        refers("region_member", "account", "account"),
        refers("region_member", "ended_by", "account"),
        _key("region_member"),
    )
    _index("region_member", "municipality", "region")
    op.create_table(
        "region_figure",
        _municipality(),
        sa.Column("region", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", SLUG, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("shared_at", INSTANT, nullable=False),
        _belongs("region_figure"),
        sa.PrimaryKeyConstraint("municipality", "region", "report", "first", name=op.f("pk_region_figure")),
    )
    _index("region_figure", "region", "report", "first")


def _guard_shared() -> None:
    """Own rows as everywhere. To read besides: a guest sees who asks it, a member what the other members share; and
    nobody becomes a member, or shows anything to a group, without being asked or being its founder."""
    asked = _ASKED.format(table="region", column="id", me=_ME)
    place = {"table": "region_member", "column": "region", "me": _ME}
    own_or_asked = (_ASKED.format(**place), _FOUNDED.format(**place))
    invited = " or ".join(f"exists ({found})" for found in own_or_asked)
    member = f"exists ({_MEMBER.format(table='region_figure', me=_ME)})"
    for table in SHARED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table, check in (
        ("region", "true"),
        ("region_guest", "true"),
        ("region_member", invited),
        ("region_figure", member),
    ):
        op.execute(
            f"CREATE POLICY own ON {table} USING (municipality = {_ME}) WITH CHECK (municipality = {_ME} and ({check}))"
        )
    op.execute(f"CREATE POLICY asked ON region_guest FOR SELECT USING (guest = {_ME})")
    op.execute(f"CREATE POLICY asked ON region FOR SELECT USING (exists ({asked}))")
    op.execute(f"CREATE POLICY members ON region_figure FOR SELECT USING ({member})")


def _municipality() -> sa.Column[str]:
    return sa.Column("municipality", SLUG, nullable=False)


def _keyed() -> tuple[sa.Column[str], sa.Column[int]]:
    return _municipality(), sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("municipality", "id", name=op.f(f"pk_{table}"))


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_municipality_municipality")
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.id"], name=name)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def downgrade() -> None:
    """Take them away: what was released is gone, and would be counted anew."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP POLICY members ON region_figure")
        op.execute("DROP POLICY asked ON region")
        op.execute("DROP POLICY asked ON region_guest")
    drop(*OWN, *SHARED)
