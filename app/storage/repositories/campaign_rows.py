"""How are campaigns, their batches and their numbers read and written?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import Account, Campaign, CampaignBatch, CampaignContact, CampaignCount

_RUN, _BATCH, _COUNT = table_of(Campaign), table_of(CampaignBatch), table_of(CampaignCount)
_CONTACT, _ACCOUNT = table_of(CampaignContact), table_of(Account)
OPEN, ENDED, DESTROYED = "open", "ended", "destroyed"
Row = dict[str, Any]


def insert(tx: Transaction, values: Mapping[str, Any]) -> int:
    """A new run; its id."""
    key = ids.new_id()
    tx.execute(sa.insert(_RUN), {"municipality": tx.municipality, "id": key, "counts": {}, **values})
    return key


def get(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One run; ``lock`` when it will be written."""
    query = sa.select(_RUN).where(_own(tx, _RUN), _RUN.c.id == key)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return dict(row) if row is not None else None


def listed(tx: Transaction, states: Sequence[str] = (OPEN, ENDED, DESTROYED)) -> list[Row]:
    """Runs, the newest first."""
    query = sa.select(_RUN).where(_own(tx, _RUN), _RUN.c.state.in_(states)).order_by(_RUN.c.id.desc())
    return [dict(row) for row in tx.execute(query).mappings()]


def change(tx: Transaction, key: int, **values: object) -> None:
    """Change columns of a run."""
    tx.execute(sa.update(_RUN).where(_own(tx, _RUN), _RUN.c.id == key).values(**values))


# Batches -----------------------------------------------------------------------------------------------------


def add_batch(tx: Transaction, campaign: int, holder: str, second: str) -> int:
    """A new batch of a run that is held locked; its id."""
    key = ids.new_id()
    last = tx.scalar(
        sa.select(sa.func.max(_BATCH.c.number)).where(_own(tx, _BATCH), _BATCH.c.campaign == campaign)
    )
    values = {
        "municipality": tx.municipality,
        "id": key,
        "campaign": campaign,
        "number": (last or 0) + 1,
        "holder": holder or None,
        "second": second or None,
        "given_at": tx.now if holder else None,
    }
    tx.execute(sa.insert(_BATCH), values)
    return key


def batch(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One batch."""
    query = sa.select(_BATCH).where(_own(tx, _BATCH), _BATCH.c.id == key)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return dict(row) if row is not None else None


def batches(tx: Transaction, campaign: int) -> list[Row]:
    """Of one run, in the order in which they were made."""
    query = sa.select(_BATCH).where(_own(tx, _BATCH), _BATCH.c.campaign == campaign)
    return [dict(row) for row in tx.execute(query.order_by(_BATCH.c.number)).mappings()]


def batches_of(tx: Transaction, account: str) -> list[Row]:
    """The batches of one person, alone or as one of two, of runs that are open."""
    running = sa.select(_RUN.c.id).where(_own(tx, _RUN), _RUN.c.state == OPEN)
    mine = sa.or_(_BATCH.c.holder == account, _BATCH.c.second == account)
    query = sa.select(_BATCH).where(_own(tx, _BATCH), mine, _BATCH.c.campaign.in_(running))
    return [dict(row) for row in tx.execute(query.order_by(_BATCH.c.id)).mappings()]


def give(tx: Transaction, key: int, holder: str, second: str) -> None:
    """Who has the batch from now on; nobody when empty."""
    values = {"holder": holder or None, "second": second or None, "given_at": tx.now if holder else None}
    tx.execute(sa.update(_BATCH).where(_own(tx, _BATCH), _BATCH.c.id == key).values(**values))


def batch_counts(tx: Transaction, campaign: int) -> dict[tuple[int | None, str], int]:
    """How many contacts stand where: (batch or ``None``, standing) -> n."""
    query = (
        sa.select(_CONTACT.c.batch, _CONTACT.c.standing, sa.func.count())
        .where(_own(tx, _CONTACT), _CONTACT.c.campaign == campaign, _CONTACT.c.staged.is_(False))
        .group_by(_CONTACT.c.batch, _CONTACT.c.standing)
    )
    return {(row[0], row[1]): int(row[2]) for row in tx.execute(query)}


def drop_batches(tx: Transaction, campaign: int) -> int:
    """Take all batches of a run away; how many."""
    gone = sa.delete(_BATCH).where(_own(tx, _BATCH), _BATCH.c.campaign == campaign)
    return tx.execute(gone).rowcount


# Counts ------------------------------------------------------------------------------------------------------


def count(tx: Transaction, campaign: int, week: date, neighbourhood: str, outcome: str) -> None:
    """One more of it."""
    key = {"campaign": campaign, "week": week, "neighbourhood": neighbourhood, "outcome": outcome}
    statement = insert_into(tx.dialect, _COUNT).values(municipality=tx.municipality, n=1, **key)
    more = statement.on_conflict_do_update(
        index_elements=[column.name for column in _COUNT.primary_key], set_={"n": _COUNT.c.n + 1}
    )
    tx.execute(more)


def counts(tx: Transaction, campaign: int | None = None) -> list[Row]:
    """All that was counted, of one run or of all: campaign, week, neighbourhood, outcome, n."""
    query = sa.select(_COUNT).where(_own(tx, _COUNT)).order_by(_COUNT.c.campaign, _COUNT.c.week)
    if campaign is not None:
        query = query.where(_COUNT.c.campaign == campaign)
    return [dict(row) for row in tx.execute(query).mappings()]


def _own(tx: Transaction, table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.municipality == tx.municipality
