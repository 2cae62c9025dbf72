"""Which running cases went to other versions together, and what were they before?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, refers


class Move(Keyed, Base):
    """A batch of cases of one workflow on the way to ``workflow_version``. ``step``: look, move or undo.

    ``states`` names the state chosen for each that is gone.
    """

    __tablename__ = "case_move"
    __table_args__ = (
        refers("workflow_version", "definition_version"),
        refers("author", "account"),
        sa.Index(None, "municipality", "workflow", "created_at"),
    )

    workflow: Mapped[str] = mapped_column(SLUG)
    workflow_version: Mapped[int] = mapped_column(sa.BigInteger)
    states: Mapped[dict[str, Any]] = mapped_column(default=dict)
    step: Mapped[str] = mapped_column(sa.String(10))
    author: Mapped[str | None] = mapped_column(ACCOUNT)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class MovedCase(Owned, Base):
    """One case of a batch. ``standing``: waiting, movable, fixed, moved, skipped, failed, undone or left; ``reason``
    says why it is fixed, skipped, failed or left.

    ``shown`` seals what the preview told (labels of what is lost, dates); ``before`` seals what undoing needs. ``seen``
    is the version of the case that was looked at, ``after`` the one that the move made.
    """

    __tablename__ = "case_moved"
    __table_args__ = (
        refers("move", "case_move", ondelete="CASCADE"),
        refers("case", "cases"),
        sa.Index(None, "municipality", "case"),
        sa.Index(None, "municipality", "move", "standing"),
    )

    move: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    standing: Mapped[str] = mapped_column(sa.String(10))
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    state_from: Mapped[str] = mapped_column(SLUG, default="")
    state_to: Mapped[str] = mapped_column(SLUG, default="")
    version_from: Mapped[int] = mapped_column(sa.BigInteger)
    seen: Mapped[int] = mapped_column(sa.Integer, default=0)
    after: Mapped[int] = mapped_column(sa.Integer, default=0)
    shown: Mapped[bytes | None]
    before: Mapped[bytes | None]
