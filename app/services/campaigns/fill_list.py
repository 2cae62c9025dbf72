"""How does a list come in, whole or not at all?

Some rows a transaction, each with the lease and the count of what is in; they count for nobody until the last one is
there. A worker that dies leaves rows that nobody sees, and who takes over goes on behind them.
"""

from __future__ import annotations

from typing import Any

from app.engine import campaigns
from app.engine.model.people import World
from app.services.campaigns import bring_list
from app.services.campaigns.bring_list import DONE, RUNNING
from app.services.campaigns.judging_rows import Good
from app.services.campaigns.loading import Run, content_of, placed, run_of
from app.services.cases.load_case import desk_of
from app.services.errors import NotFound
from app.services.follow_up.fire_timer import LeaseLost
from app.storage import history, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import contact_rows

AT_ONCE = 100
_PLACE = "case.neighbourhood"


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Put a list in. Raises ``LeaseLost``."""
    while not some(municipality, row):
        pass
    return ()


def some(municipality: str, row: Leased) -> bool:
    """The next rows, in a transaction of their own; whether all of them are in."""
    world = desk_of(municipality).world
    with transaction(municipality) as tx:
        if not outbox.extend(tx, row):
            raise LeaseLost
        try:
            run = run_of(tx, row.payload["campaign"], lock=True)
        except NotFound:
            return _finished(tx, row)
        found = contact_rows.brought(tx, ids.from_text(row.payload["list"]), lock=True)
        listed = bring_list.listed_of(tx, found) if found is not None else None
        if found is None or listed is None or found["state"] != RUNNING:
            return _finished(tx, row)
        in_already = found["done"]
        rows = tuple(item for item in listed.rows if item[0] > _last_row(found))
        rest = type(listed)(listed.heads, rows)
        wrong = {item.row for item in bring_list.report_lines(tx, found)}
        judged = bring_list.judge_rows(tx, world, run, rest, found["mapping"])
        good = [item for item in judged.good if item.row not in wrong]
        some = good[:AT_ONCE]
        _insert(tx, world, run, found["id"], some)
        done = in_already + len(some)
        if len(good) > AT_ONCE:
            mapping = {**found["mapping"], bring_list.LAST_ROW: some[-1].row}
            contact_rows.change_list(tx, found["id"], done=done, mapping=mapping)
            return False
        contact_rows.show(tx, found["id"])
        contact_rows.change_list(tx, found["id"], state=DONE, done=done, total=done, sealed=None)
        told = {"campaign": row.payload["campaign"], "rows": str(done)}
        history.append(tx, None, "campaign_list_in", told, by=found["by"])
        return _finished(tx, row)


def _finished(tx: Transaction, row: Leased) -> bool:
    if not outbox.complete(tx, row):
        raise LeaseLost
    return True


def _last_row(found: dict[str, Any]) -> int:
    return int(found["mapping"].get(bring_list.LAST_ROW, 0))


def _insert(tx: Transaction, world: World, run: Run, imported: int, some: list[Good]) -> None:
    field = run.campaign.contacts.form.meaning(_PLACE)
    begins = placed(campaigns.next_of(run.campaign, (), world.calendar))
    place = contact_rows.last_place(tx, run.key)
    rows: list[dict[str, Any]] = []
    keys: dict[int, frozenset[str]] = {}
    for at, item in enumerate(some, 1):
        key = ids.new_id()
        keys[key] = item.hashes
        rows.append({
            "id": key,
            "campaign": run.key,
            "imported": imported,
            "row": item.row,
            "place": place + at,
            "staged": True,
            "neighbourhood": str(item.columns.get(field.id, "") if field is not None else ""),
            "sealed": content_of(item.columns, (), run),
            **begins,
        })  # fmt: skip
    contact_rows.insert(tx, rows, keys)
