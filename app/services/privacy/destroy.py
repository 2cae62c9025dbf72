"""How does what was approved go? One case a transaction, through the outbox: broken off, it goes on where it was.

Before each case it is asked once more what keeps it. What is left is a record without content, and in the history of
the case a last event: the chain holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.engine import retention, values
from app.services.campaigns import of_person
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Desk, desk_of, load
from app.services.follow_up.fire_timer import LeaseLost
from app.services.privacy import terms
from app.services.privacy.terms import Unit
from app.storage import history, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import (
    case_rows,
    draft_rows,
    erase_rows,
    person_rows,
    retention_rows,
    search_rows,
)
from app.storage.repositories.retention_rows import ANONYMISED, DESTROYED, DONE, EXCEPTED, NAMELESS, PROPOSED

DESTROY = "destroy"
ERASURE = "erasure"
GONE, NOT_DUE = "gone", "not_due"
"""Why one stays after all: it is not there any more, or its term does not end yet."""
Row = Mapping[str, Any]


def promise(tx: Transaction, destruction: int, cases: Sequence[int]) -> tuple[int, ...]:
    """Have these cases destroyed; outbox ids that are due."""
    made: list[int] = []
    whole = ids.to_text(destruction)
    for key in cases:
        payload = {"destruction": whole, "case": ids.to_text(key)}
        fresh = outbox.emit(tx, DESTROY, f"{DESTROY}:{whole}:{payload['case']}", payload)
        made += [] if fresh is None else [fresh]
    return tuple(made)


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Destroy one case, or say what keeps it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    key = ids.from_text(row.payload["destruction"])
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        whole = retention_rows.get(tx, key, lock=True)
        item = retention_rows.item(tx, key, ids.from_text(row.payload["case"]), lock=True)
        if whole is None or item is None or item["standing"] != PROPOSED:
            return ()
        _one(tx, desk, whole, item)
        if not retention_rows.count(tx, key, PROPOSED):
            finish(tx, whole)
    return ()


def finish(tx: Transaction, whole: Row) -> None:
    """Everything of it is done: whoever asked to be erased has no record here any more, unless a case stays."""
    counts: Counter[str] = Counter()
    if whole["kind"] == ERASURE and whole["person"] is not None:
        persons = terms.with_merged(tx, [whole["person"]])
        cases = [item["case"] for item in retention_rows.items(tx, whole["id"], DESTROYED)]
        kept = [found.kept for found in person_rows.many(tx, persons).values()]
        counts["campaign_contact"] += of_person.forget(tx, kept)
        counts["draft"] += draft_rows.forget(tx, [ids.to_text(key) for key in (*persons, *cases)])
        counts += forget(tx, persons, asked=True)
    gone = retention_rows.items(tx, whole["id"], DESTROYED, ANONYMISED)
    for item in gone:
        counts += Counter(item["counts"])
    retention_rows.change(
        tx, whole["id"], state=DONE, finished_at=tx.now, person=None, counts=dict(sorted(counts.items()))
    )
    params = {"destruction": ids.to_text(whole["id"]), "cases": str(len(gone))}
    history.append(tx, None, "destruction_done", params)


def _one(tx: Transaction, desk: Desk, whole: Row, item: Row) -> None:
    row = case_rows.get(tx, item["case"], lock=True)
    unit = terms.unit_of(tx, desk, row) if row is not None else None
    erasure = whole["kind"] == ERASURE
    why = GONE if unit is None else terms.keeps(tx, unit, asked=erasure)
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    if unit is not None and not why and not erasure:
        why = "" if unit.due_on is not None and unit.due_on <= today else NOT_DUE
    if unit is None or why:
        retention_rows.settle(tx, whole["id"], item["case"], standing=EXCEPTED, why=why, done_at=tx.now)
        return
    delete = item["then"] == retention.DELETE
    counts = (
        _delete(tx, unit, _told(today, item)) if delete else _anonymise(tx, desk, unit, _told(today, item))
    )
    if not erasure:  # an erasure looks at the person once, when all their cases are done
        counts += forget(tx, terms.with_merged(tx, unit.persons))
    values_ = {"standing": DESTROYED if delete else ANONYMISED, "done_at": tx.now, "counts": dict(counts)}
    if not delete:  # nothing may lead from the number people know to what is left
        values_["case"] = ids.new_id()
    retention_rows.settle(tx, whole["id"], item["case"], **values_)


def _delete(tx: Transaction, unit: Unit, told: Mapping[str, str]) -> Counter[str]:
    for row in unit.cases:
        history.append(tx, row["id"], DESTROYED, {**told, "number": row["number"]})
    return erase_rows.case(tx, unit.keys)


def _anonymise(tx: Transaction, desk: Desk, unit: Unit, told: Mapping[str, str]) -> Counter[str]:
    sealed: dict[int, bytes] = {}
    for row in unit.cases:
        history.append(tx, row["id"], ANONYMISED, told)
        loaded = load(tx, desk, row["id"])
        for sent in case_rows.submissions(tx, [row["submission"]]):
            kept = retention.anonymous(loaded.pin.form, opened(tx, sent, loaded.pin.form))
            data = values.to_json(loaded.pin.form, kept)
            sealed[sent["id"]] = tx.sealer.seal_json(("submission", sent["id"], "sealed"), data)
    return erase_rows.identity(tx, unit.keys, sealed=sealed, number=f"{NAMELESS}{ids.to_text(ids.new_id())}")


def _told(day: date, item: Row) -> dict[str, str]:
    """What the last event of a history says: which rule, on which day; nothing of what was in it."""
    return {"form": item["form"], "rule": item["rule"], "months": str(item["months"]), "day": day.isoformat()}


def forget(tx: Transaction, persons: Sequence[int], *, asked: bool = False) -> Counter[str]:
    """Destroy records of one person that nothing needs any more: no case, no hold and, unless they ``asked`` to be
    erased, no draft and nobody's request."""
    if not persons or person_rows.cases(tx, persons) or retention_rows.holds(tx, [], persons):
        return Counter()
    if asked:
        kept = [found.kept for found in person_rows.many(tx, persons).values()]
        names = {item.get(part, "") for item in kept for part in ("family_name", "name")}
        gone = Counter({"person_search": search_rows.forget(tx, names)})
        return gone + erase_rows.person(tx, persons)
    if draft_rows.any_of(tx, persons) or retention_rows.busy(tx, persons):
        return Counter()
    return erase_rows.person(tx, persons)
