"""Whom is a campaign to reach, by whom, and what came of it?

The list is sealed and goes when its term ends. What stays: numbers without anybody in them, and keyed hashes of who
does not want to be contacted any more.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Campaign(Keyed, Base):
    """One run of a campaign. ``version`` is the version of the definition it runs on; ``round_of`` the run before.

    ``state``: open, ended, destroyed. ``proposed_by`` asked to have the list destroyed, ``approved_by`` said yes.
    ``counts``: what was destroyed {what: how many}, never content.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        refers("version", "definition_version"),
        refers("round_of", "campaign"),
        refers("made_by", "account"),
        refers("proposed_by", "account"),
        refers("approved_by", "account"),
        sa.Index(None, "municipality", "state"),
    )

    ref: Mapped[str] = mapped_column(SLUG)
    version: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str]
    target: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(12))
    starts: Mapped[date]
    ends: Mapped[date]
    destroy_on: Mapped[date]
    round_of: Mapped[int | None] = mapped_column(sa.BigInteger)
    made_by: Mapped[str] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    proposed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    proposed_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(ACCOUNT)
    destroyed_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CampaignImport(Keyed, Base):
    """A list that was brought. ``sealed``: its rows as they came, gone once they are in; ``report``: what is wrong.

    ``state``: brought, checked, running, done. ``mapping`` is column -> place in the list (from 0). ``done`` of
    ``total`` rows are in; they count only once all are (``state`` done).
    """

    __tablename__ = "campaign_import"
    __table_args__ = (
        refers("campaign", "campaign"),
        refers("by", "account"),
        sa.Index(None, "municipality", "campaign"),
    )

    campaign: Mapped[int] = mapped_column(sa.BigInteger)
    state: Mapped[str] = mapped_column(sa.String(12))
    sealed: Mapped[bytes | None]
    report: Mapped[bytes | None]
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows: Mapped[int] = mapped_column(sa.Integer)
    total: Mapped[int] = mapped_column(sa.Integer, default=0)
    done: Mapped[int] = mapped_column(sa.Integer, default=0)
    by: Mapped[str] = mapped_column(ACCOUNT)
    at: Mapped[datetime]


class CampaignBatch(Keyed, Base):
    """Contacts that one person reaches, or two together. Nobody in ``holder``: it waits for somebody."""

    __tablename__ = "campaign_batch"
    __table_args__ = (
        refers("campaign", "campaign"),
        refers("holder", "account"),
        refers("second", "account"),
        sa.Index(None, "municipality", "campaign"),
        sa.Index(None, "municipality", "holder"),
        sa.Index(None, "municipality", "second"),
    )

    campaign: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[int] = mapped_column(sa.Integer)
    holder: Mapped[str | None] = mapped_column(ACCOUNT)
    second: Mapped[str | None] = mapped_column(ACCOUNT)
    given_at: Mapped[datetime | None]


class CampaignContact(Keyed, Base):
    """Somebody on the list. ``sealed``: {columns, history, first}; all else only serves to find and to count.

    ``staged``: its import is not done yet, and nobody sees it. ``standing``, ``day`` and ``part`` follow from the
    history (``engine.campaigns``). ``version`` is for optimistic saving.
    """

    __tablename__ = "campaign_contact"
    __table_args__ = (
        refers("campaign", "campaign"),
        refers("imported", "campaign_import"),
        refers("batch", "campaign_batch"),
        sa.UniqueConstraint("municipality", "imported", "row"),
        sa.Index(None, "municipality", "campaign", "standing"),
        sa.Index(None, "municipality", "batch"),
    )

    campaign: Mapped[int] = mapped_column(sa.BigInteger)
    imported: Mapped[int | None] = mapped_column(sa.BigInteger)
    row: Mapped[int] = mapped_column(sa.Integer)
    batch: Mapped[int | None] = mapped_column(sa.BigInteger)
    place: Mapped[int] = mapped_column(sa.Integer)
    staged: Mapped[bool]
    standing: Mapped[str] = mapped_column(sa.String(12))
    day: Mapped[date | None]
    part: Mapped[str] = mapped_column(sa.String(8), default="")
    not_part: Mapped[str] = mapped_column(sa.String(8), default="")
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    sealed: Mapped[bytes]
    version: Mapped[int] = mapped_column(sa.Integer, default=1)


class CampaignKey(Owned, Base):
    """A keyed hash under which a contact is found again: twice on a list, opted out, died."""

    __tablename__ = "campaign_key"
    __table_args__ = (refers("contact", "campaign_contact", ondelete="CASCADE"),)

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    contact: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)


class CampaignOptOut(Owned, Base):
    """Somebody who is not contacted any more, by keyed hash only. ``why``: refused or deceased. Outlives every list."""

    __tablename__ = "campaign_opt_out"
    __table_args__ = (belongs(),)

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    why: Mapped[str] = mapped_column(sa.String(10))
    since: Mapped[date]


class CampaignCount(Owned, Base):
    """How often something came out of attempts, per week (its Monday) and neighbourhood; nobody is in it."""

    __tablename__ = "campaign_count"
    __table_args__ = (refers("campaign", "campaign"),)

    campaign: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    week: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    neighbourhood: Mapped[str] = mapped_column(SLUG, primary_key=True)
    outcome: Mapped[str] = mapped_column(SLUG, primary_key=True)
    n: Mapped[int] = mapped_column(sa.Integer)
