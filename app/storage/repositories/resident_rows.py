"""How are codes of residents renewed, wrong ones counted, and dead addresses kept?"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.ids import new_id
from app.storage.models import DeadAddress, ResidentCode, ResidentTry

_CODE = table_of(ResidentCode)
WINDOW = timedelta(hours=1)
MAIL, POST = "mail", "post"


def generation(tx: Transaction, case: int) -> int:
    """Which code of a case is good now; 1 for one that was never renewed."""
    query = sa.select(_CODE.c.generation).where(_CODE.c.municipality == tx.municipality, _CODE.c.case == case)
    return int(tx.scalar(query) or 1)


def renew(tx: Transaction, case: int, *, by: str) -> int:
    """The code of a case is another one from now on; its generation."""
    row = {
        "municipality": tx.municipality,
        "id": new_id(),
        "case": case,
        "generation": 2,
        "renewed_at": tx.now,
        "renewed_by": by or None,
    }
    statement = insert_into(tx.dialect, _CODE).on_conflict_do_update(
        index_elements=[_CODE.c.municipality, _CODE.c.case],
        set_={"generation": _CODE.c.generation + 1, "renewed_at": tx.now, "renewed_by": by or None},
    )
    return int(tx.execute(statement.returning(_CODE.c.generation), row).scalar_one())


def wrong(tx: Transaction, who: str) -> int:
    """How many wrong codes ``who`` (any text) was given in the last hour."""
    query = sa.select(sa.func.count()).select_from(ResidentTry)
    recent = ResidentTry.at > tx.instant - WINDOW
    return int(
        tx.scalar(
            query.where(
                ResidentTry.municipality == tx.municipality, ResidentTry.who == _hashed(tx, who), recent
            )
        )
    )


def count_wrong(tx: Transaction, who: str) -> None:
    """One more; what is older than an hour is forgotten."""
    old = ResidentTry.at <= tx.instant - WINDOW
    tx.execute(sa.delete(ResidentTry).where(ResidentTry.municipality == tx.municipality, old))
    row = {"municipality": tx.municipality, "id": new_id(), "who": _hashed(tx, who), "at": tx.instant}
    tx.execute(sa.insert(ResidentTry), row)


def forgive(tx: Transaction, who: str) -> None:
    """The right code was given: what went wrong before no longer counts."""
    mine = (ResidentTry.municipality == tx.municipality, ResidentTry.who == _hashed(tx, who))
    tx.execute(sa.delete(ResidentTry).where(*mine))


def bury(tx: Transaction, case: int, way: str, address: str) -> bool:
    """Nothing arrives at ``address`` (by ``mail`` or ``post``); False when that was known already."""
    row = {
        "municipality": tx.municipality,
        "id": new_id(),
        "case": case,
        "way": way,
        "address": _normal(tx, address),
        "at": tx.now,
    }
    return tx.insert_new(DeadAddress, row)


def is_dead(tx: Transaction, case: int, way: str, address: str) -> bool:
    """Whether it is known that nothing arrives there."""
    query = sa.select(DeadAddress.id).where(
        DeadAddress.municipality == tx.municipality,
        DeadAddress.case == case,
        DeadAddress.way == way,
        DeadAddress.address == _normal(tx, address),
    )
    return tx.scalar(query) is not None


def _hashed(tx: Transaction, who: str) -> str:
    return tx.sealer.index("resident_try", who)


def _normal(tx: Transaction, address: str) -> str:
    return tx.sealer.index("dead_address", " ".join(address.casefold().split()))
