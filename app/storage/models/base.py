"""What do all tables have in common?

Every row belongs to one municipality and every key starts with it, foreign keys included, so that a pointer into
another municipality cannot even be stored. Row-level security on PostgreSQL says the same once more.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SLUG = sa.String(40)
"""A municipality, a contact point, a state, a definition: a name its author chose."""

ACCOUNT = sa.String(16)
"""An account's id as the engine knows it: opaque base32 text, never a name."""

NEVER = date(9999, 12, 31)
"""``due_on`` of a task without a due date: it sorts last on both databases, where NULL would not."""

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(sa.types.TypeDecorator[datetime]):
    """An instant. Aware in, UTC out, on both databases; a naive value is a bug and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """SQLite keeps no zone: it gets UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table; statements are written with Core on these typed columns."""

    metadata = METADATA
    type_annotation_map = {  # noqa: RUF012 - the shape SQLAlchemy asks for
        datetime: Utc,
        date: sa.Date,
        str: sa.Text,
        bytes: sa.LargeBinary,
        dict[str, Any]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
    }


class Owned:
    """A row of one municipality with a natural key beside it."""

    municipality: Mapped[str] = mapped_column(SLUG, primary_key=True, sort_order=-2)


class Keyed(Owned):
    """A row of one municipality with an id of its own (``ids.new_id``)."""

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False, sort_order=-1)


def refers(
    column: str, table: str, target: str = "id", *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """``(municipality, column)`` points at a row of the same municipality; a NULL ``column`` points nowhere."""
    return sa.ForeignKeyConstraint(
        ["municipality", column], [f"{table}.municipality", f"{table}.{target}"], ondelete=ondelete
    )


def belongs() -> sa.ForeignKeyConstraint:
    """``municipality`` is one that exists."""
    return sa.ForeignKeyConstraint(["municipality"], ["municipality.id"])
