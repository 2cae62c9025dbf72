"""How are the contacts of a campaign, the lists they came in and the opt-outs read and written?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage import ids, ready
from app.storage.database import Transaction, table_of
from app.storage.models import Campaign, CampaignContact, CampaignImport, CampaignKey, CampaignOptOut

_CONTACT, _KEY, _OUT = table_of(CampaignContact), table_of(CampaignKey), table_of(CampaignOptOut)
_LIST, _RUN = table_of(CampaignImport), table_of(Campaign)
PURPOSE = "campaign:contact"
AT_ONCE = 500
Row = dict[str, Any]
Sealed = Mapping[str, Any]


def hashed(tx: Transaction, texts: Collection[str]) -> set[str]:
    """The keyed hashes of the texts somebody is known by."""
    return {tx.sealer.index(PURPOSE, text) for text in texts}


# Lists -------------------------------------------------------------------------------------------------------


def bring(tx: Transaction, campaign: int, content: object, *, rows: int, by: str) -> int:
    """Keep a list as it came, sealed; its id."""
    key = ids.new_id()
    values = {
        "municipality": tx.municipality,
        "id": key,
        "campaign": campaign,
        "state": "brought",
        "sealed": tx.sealer.seal_json(("campaign_import", key, "sealed"), content),
        "mapping": {},
        "rows": rows,
        "total": 0,
        "done": 0,
        "by": by,
        "at": tx.now,
    }
    tx.execute(sa.insert(_LIST), values)
    return key


def brought(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One list that was brought."""
    query = sa.select(_LIST).where(_own(tx, _LIST), _LIST.c.id == key)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return dict(row) if row is not None else None


def brought_for(tx: Transaction, campaign: int) -> list[Row]:
    """The lists of a run, the last first."""
    query = sa.select(_LIST).where(_own(tx, _LIST), _LIST.c.campaign == campaign).order_by(_LIST.c.id.desc())
    return [dict(row) for row in tx.execute(query).mappings()]


def change_list(tx: Transaction, key: int, **values: object) -> None:
    """Change columns of a list."""
    tx.execute(sa.update(_LIST).where(_own(tx, _LIST), _LIST.c.id == key).values(**values))


def content_of(tx: Transaction, row: Sealed) -> Any:
    """What a list holds, opened; ``None`` once its rows are in."""
    place = ("campaign_import", row["id"], "sealed")
    return tx.sealer.open_json(place, row["sealed"]) if row["sealed"] is not None else None


def report_of(tx: Transaction, row: Sealed) -> Any:
    """What was wrong with it, opened; ``None`` while nobody looked."""
    place = ("campaign_import", row["id"], "report")
    return tx.sealer.open_json(place, row["report"]) if row["report"] is not None else None


def drop_lists(tx: Transaction, campaign: int) -> int:
    """Take the lists of a run away; how many. Their contacts are gone."""
    return tx.execute(sa.delete(_LIST).where(_own(tx, _LIST), _LIST.c.campaign == campaign)).rowcount


# Contacts ----------------------------------------------------------------------------------------------------


def insert(tx: Transaction, rows: Sequence[Mapping[str, Any]], keys: Mapping[int, Collection[str]]) -> None:
    """New contacts with the hashes each is found by. ``sealed`` of a row is what is to be sealed."""
    whole = []
    for row in rows:
        place = ("campaign_contact", row["id"], "sealed")
        sealed = tx.sealer.seal_json(place, row["sealed"])
        whole.append({"municipality": tx.municipality, "version": 1, "batch": None, **row, "sealed": sealed})
    if not whole:
        return
    ready.insert_rows(tx, _CONTACT, whole)
    found = [
        {"municipality": tx.municipality, "hash": item, "contact": key}
        for key, hashes in keys.items()
        for item in sorted(hashes)
    ]
    if found:
        ready.insert_rows(tx, _KEY, found)


def show(tx: Transaction, imported: int) -> None:
    """All contacts of a list count from now on."""
    mine = sa.and_(_own(tx, _CONTACT), _CONTACT.c.imported == imported)
    tx.execute(sa.update(_CONTACT).where(mine).values(staged=False))


def get(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One contact that counts, opened."""
    query = sa.select(_CONTACT).where(_own(tx, _CONTACT), _CONTACT.c.id == key, _CONTACT.c.staged.is_(False))
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return opened(tx, dict(row)) if row is not None else None


def of_batch(tx: Transaction, batch: int) -> list[Row]:
    """The contacts of a batch, opened, who may be tried soonest first."""
    query = sa.select(_CONTACT).where(
        _own(tx, _CONTACT), _CONTACT.c.batch == batch, _CONTACT.c.staged.is_(False)
    )
    rows = [opened(tx, dict(row)) for row in tx.execute(query).mappings()]
    return sorted(rows, key=lambda row: (row["day"] or date.min, row["place"]))


def of_campaign(tx: Transaction, campaign: int, standings: Sequence[str] = ()) -> list[Row]:
    """The contacts of a run, opened, in the order of the list."""
    query = sa.select(_CONTACT).where(
        _own(tx, _CONTACT), _CONTACT.c.campaign == campaign, _CONTACT.c.staged.is_(False)
    )
    if standings:
        query = query.where(_CONTACT.c.standing.in_(standings))
    return [opened(tx, dict(row)) for row in tx.execute(query.order_by(_CONTACT.c.place)).mappings()]


def free(tx: Transaction, campaign: int, standings: Sequence[str], *, most: int) -> list[int]:
    """The first contacts of a run that are in no batch, locked."""
    query = (
        sa.select(_CONTACT.c.id)
        .where(
            _own(tx, _CONTACT),
            _CONTACT.c.campaign == campaign,
            _CONTACT.c.staged.is_(False),
            _CONTACT.c.batch.is_(None),
            _CONTACT.c.standing.in_(standings),
        )
        .order_by(_CONTACT.c.place)
        .limit(most)
    )
    return list(tx.execute(query.with_for_update()).scalars())


def into_batch(tx: Transaction, contacts: Collection[int], batch: int) -> None:
    """Put contacts that are in no batch into one."""
    mine = sa.and_(_own(tx, _CONTACT), _CONTACT.c.id.in_(contacts), _CONTACT.c.batch.is_(None))
    tx.execute(sa.update(_CONTACT).where(mine).values(batch=batch))


def last_place(tx: Transaction, campaign: int) -> int:
    """The highest place on the list of a run, 0 when it is empty."""
    query = sa.select(sa.func.max(_CONTACT.c.place)).where(
        _own(tx, _CONTACT), _CONTACT.c.campaign == campaign
    )
    return int(tx.scalar(query) or 0)


def unannounced(tx: Transaction, campaign: int) -> int:
    """How many wait for the letter that announces it: nobody may try them before."""
    waits = sa.and_(_CONTACT.c.standing == "waiting", _CONTACT.c.day == date.max)
    query = sa.select(sa.func.count()).where(
        _own(tx, _CONTACT), _CONTACT.c.campaign == campaign, _CONTACT.c.staged.is_(False), waits
    )
    return int(tx.scalar(query))


def write(tx: Transaction, row: Sealed, content: object, **values: object) -> None:
    """Change a contact that is held locked: what is sealed, and what it is found by."""
    sealed = tx.sealer.seal_json(("campaign_contact", row["id"], "sealed"), content)
    mine = sa.and_(_own(tx, _CONTACT), _CONTACT.c.id == row["id"])
    changed = {"sealed": sealed, "version": row["version"] + 1, **values}
    tx.execute(sa.update(_CONTACT).where(mine).values(**changed))


def under(tx: Transaction, hashes: Collection[str], *, lock: bool = False) -> list[Row]:
    """The contacts known by one of these hashes, in any run, opened; ``lock`` when they will be written."""
    if not hashes:
        return []
    known = sa.select(_KEY.c.contact).where(_own(tx, _KEY), _KEY.c.hash.in_(hashes))
    query = sa.select(_CONTACT).where(_own(tx, _CONTACT), _CONTACT.c.id.in_(known)).order_by(_CONTACT.c.id)
    rows = tx.execute(query.with_for_update() if lock else query).mappings()
    return [opened(tx, dict(row)) for row in rows]


def known(tx: Transaction, campaign: int) -> set[str]:
    """The hashes of everybody on the list of a run; of a list that is being read in too."""
    mine = sa.select(_CONTACT.c.id).where(_own(tx, _CONTACT), _CONTACT.c.campaign == campaign)
    return set(tx.execute(sa.select(_KEY.c.hash).where(_own(tx, _KEY), _KEY.c.contact.in_(mine))).scalars())


def forget(tx: Transaction, contacts: Sequence[int]) -> int:
    """Destroy contacts and the hashes they are found by; how many."""
    gone = 0
    for start in range(0, len(contacts), AT_ONCE):
        some = contacts[start : start + AT_ONCE]
        tx.execute(sa.delete(_KEY).where(_own(tx, _KEY), _KEY.c.contact.in_(some)))
        statement = sa.delete(_CONTACT).where(_own(tx, _CONTACT), _CONTACT.c.id.in_(some))
        gone += tx.execute(statement).rowcount
    return gone


def all_of(tx: Transaction, campaign: int) -> list[int]:
    """The ids of all contacts of a run, of a list that was never finished too."""
    query = sa.select(_CONTACT.c.id).where(_own(tx, _CONTACT), _CONTACT.c.campaign == campaign)
    return list(tx.execute(query).scalars())


def opened(tx: Transaction, row: Sealed) -> Row:
    """A row with its content in the place of what is sealed."""
    content = tx.sealer.open_json(("campaign_contact", row["id"], "sealed"), row["sealed"])
    return {**row, "sealed": content}


# Opt-outs ----------------------------------------------------------------------------------------------------


def opt_out(tx: Transaction, hashes: Collection[str], why: str, since: date) -> None:
    """Nobody known by these is contacted any more; a death stands over a refusal."""
    for item in sorted(hashes):
        values = {"municipality": tx.municipality, "hash": item, "why": why, "since": since}
        if not tx.insert_new(CampaignOptOut, values) and why == "deceased":
            tx.execute(sa.update(_OUT).where(_own(tx, _OUT), _OUT.c.hash == item).values(why=why))


def opted_out(tx: Transaction, hashes: Collection[str]) -> dict[str, str]:
    """Those of these hashes that nobody contacts any more, with why."""
    found: dict[str, str] = {}
    wanted = sorted(hashes)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = sa.select(_OUT.c.hash, _OUT.c.why).where(_own(tx, _OUT), _OUT.c.hash.in_(some))
        found |= {row[0]: row[1] for row in tx.execute(query)}
    return found


def _own(tx: Transaction, table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.municipality == tx.municipality
