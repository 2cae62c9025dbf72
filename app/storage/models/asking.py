"""What is asked of others in a case, of whom, and what did they answer?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, refers


class Ask(Keyed, Base):
    """Question ``name`` of a state, put once. ``state``: open, closed (answers stay), withdrawn (the case went on).

    ``remind`` are the instants (ISO) at which who did not answer hears of it again.
    """

    __tablename__ = "ask"
    __table_args__ = (refers("case", "cases"), sa.Index(None, "municipality", "case"))

    case: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str] = mapped_column(SLUG)
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    remind: Mapped[list[Any]]


class AskPerson(Keyed, Base):
    """Somebody who is asked. ``sealed``: name and mail address, gone once a round is closed; ``who`` a keyed hash of
    the address. ``row`` is the place of the answer where it has a name; ``state``: waiting, answered.

    Nothing says when somebody answered: beside an answer without a name that would name it.
    """

    __tablename__ = "ask_person"
    __table_args__ = (
        refers("ask", "ask"),
        refers("account", "account"),
        sa.Index(None, "municipality", "ask"),
        sa.UniqueConstraint("municipality", "token_hash"),
        sa.UniqueConstraint("municipality", "ask", "who"),
    )

    ask: Mapped[int] = mapped_column(sa.BigInteger)
    row: Mapped[int | None] = mapped_column(sa.Integer)
    group: Mapped[str] = mapped_column(SLUG, default="")
    sealed: Mapped[bytes | None]
    who: Mapped[str | None] = mapped_column(sa.String(64))
    account: Mapped[str | None] = mapped_column(ACCOUNT)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    reminded: Mapped[int] = mapped_column(sa.Integer, default=0)


class AskAnswer(Keyed, Base):
    """An answer. ``row`` is whose it is; none in a round, where the id is drawn at random and says nothing of when."""

    __tablename__ = "ask_answer"
    __table_args__ = (
        refers("ask", "ask"),
        refers("form_version", "definition_version"),
        sa.Index(None, "municipality", "ask"),
        sa.UniqueConstraint("municipality", "ask", "row"),
    )

    ask: Mapped[int] = mapped_column(sa.BigInteger)
    row: Mapped[int | None] = mapped_column(sa.Integer)
    group: Mapped[str] = mapped_column(SLUG, default="")
    form_version: Mapped[int] = mapped_column(sa.BigInteger)
    sealed: Mapped[bytes]
