"""Who guesses? Wrong passwords and codes in a row, counted on the real clock by whatever was tried, from wherever."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import WrongTry

FORGOTTEN = timedelta(hours=24)
"""After this long without another wrong try, counting begins anew."""
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)
_TABLE = table_of(WrongTry)


def until(tx: Transaction, whos: Collection[str]) -> datetime | None:
    """Until when none of these may try again; ``None`` when all may now. ``whos`` are any texts."""
    hashed = [_hashed(tx, who) for who in whos]
    query = sa.select(sa.func.max(_TABLE.c.until)).where(
        _TABLE.c.municipality == tx.municipality, _TABLE.c.who.in_(hashed), _TABLE.c.until > tx.instant
    )
    found: datetime | None = tx.scalar(query)
    return found


def count(tx: Transaction, who: str) -> int:
    """One more try of ``who``, that is wrong until it is taken back; how many in a row that makes."""
    long_ago = _TABLE.c.at <= tx.instant - FORGOTTEN
    row = {
        "municipality": tx.municipality,
        "who": _hashed(tx, who),
        "wrong": 1,
        "at": tx.instant,
        "until": tx.instant,
    }
    statement = insert_into(tx.dialect, _TABLE).on_conflict_do_update(
        index_elements=[_TABLE.c.municipality, _TABLE.c.who],
        set_={"wrong": sa.case((long_ago, 1), else_=_TABLE.c.wrong + 1), "at": tx.instant},
    )
    return int(tx.execute(statement.returning(_TABLE.c.wrong), row).scalar_one())


def wait(tx: Transaction, who: str, times: int) -> None:
    """They wait before they try again: a minute, two, four the next ``times``, at most fifteen."""
    until = tx.instant + min(SHORTEST * 2 ** min(times, 8), LONGEST)
    tx.execute(sa.update(WrongTry).where(_own(tx, who)).values(until=until))


def take_back(tx: Transaction, who: str) -> None:
    """The last try was right after all."""
    values = {"wrong": WrongTry.wrong - 1, "until": tx.instant}
    tx.execute(sa.update(WrongTry).where(_own(tx, who)).values(**values))


def forgive(tx: Transaction, who: str) -> None:
    """It was right: what went wrong before no longer counts."""
    tx.execute(sa.delete(WrongTry).where(_own(tx, who)))


def sweep(tx: Transaction) -> None:
    """Forget what counts no longer."""
    old = WrongTry.at <= tx.instant - FORGOTTEN
    tx.execute(sa.delete(WrongTry).where(WrongTry.municipality == tx.municipality, old))


def _own(tx: Transaction, who: str) -> sa.ColumnElement[bool]:
    return sa.and_(WrongTry.municipality == tx.municipality, WrongTry.who == _hashed(tx, who))


def _hashed(tx: Transaction, who: str) -> str:
    return tx.sealer.index("wrong_try", who)
