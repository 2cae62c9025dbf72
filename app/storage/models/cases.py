"""Where does a submission stand in its workflow?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Case(Keyed, Base):
    """A submission's life in a workflow version; table ``cases``. ``version`` counts decisions (optimistic saving).

    JSON: ``marks`` {mark: instant}, ``limits`` {limit: date}, ``attempts`` [{action, state, at, part}], ``why`` of the
    responsible person, ``escalations`` [text], ``label`` what lists may show (never class 2-3). ``referrer`` is the
    sealed JSON {name, email, phone, function, wish} of who sent it.

    ``blocked``: nobody but the DPO reads the content; ``silent``: no message leaves the house any more; ``recalled``:
    links to it are dead. ``merged_into`` is the case that goes on instead, ``merged_from`` the state this one was in.
    """

    __tablename__ = "cases"
    __table_args__ = (
        refers("form_version", "definition_version"),
        refers("workflow_version", "definition_version"),
        refers("submission", "submission"),
        refers("person", "person"),
        refers("parent", "cases"),
        refers("merged_into", "cases"),
        refers("holder", "account"),
        sa.UniqueConstraint("municipality", "number"),
        sa.Index(None, "municipality", "holder", "closed_at", "received_at"),
        sa.Index(None, "municipality", "person"),
        sa.Index(None, "municipality", "parent"),
        sa.Index(None, "municipality", "merged_into"),
        sa.Index(None, "municipality", "submission"),
        sa.Index(None, "municipality", "received_at", "id"),
        sa.Index(
            None,
            "municipality",
            "workflow",
            "state",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    number: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    form: Mapped[str] = mapped_column(SLUG)
    workflow: Mapped[str] = mapped_column(SLUG)
    form_version: Mapped[int] = mapped_column(sa.BigInteger)
    workflow_version: Mapped[int] = mapped_column(sa.BigInteger)
    submission: Mapped[int] = mapped_column(sa.BigInteger)
    person: Mapped[int | None] = mapped_column(sa.BigInteger)
    parent: Mapped[int | None] = mapped_column(sa.BigInteger)
    state: Mapped[str] = mapped_column(SLUG)
    holder: Mapped[str] = mapped_column(ACCOUNT)
    contact_point: Mapped[str] = mapped_column(SLUG)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    controller: Mapped[str] = mapped_column(SLUG, default="")
    received_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(SLUG, default="")
    means: Mapped[str] = mapped_column(SLUG, default="")
    blocked: Mapped[bool] = mapped_column(default=False)
    silent: Mapped[bool] = mapped_column(default=False)
    recalled: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[int | None] = mapped_column(sa.BigInteger)
    merged_from: Mapped[str] = mapped_column(SLUG, default="")
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attempts: Mapped[list[Any]] = mapped_column(default=list)
    escalations: Mapped[list[Any]] = mapped_column(default=list)
    row_reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    why: Mapped[dict[str, Any]] = mapped_column(default=dict)
    label: Mapped[dict[str, Any]] = mapped_column(default=dict)
    referrer: Mapped[bytes | None]


class Counter(Owned, Base):
    """The last number drawn of a series in a year (0: a series over all years)."""

    __tablename__ = "counter"
    __table_args__ = (belongs(),)

    series: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(sa.BigInteger)
