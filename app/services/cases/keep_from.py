"""Who may never get this case: a neighbour, family, somebody involved? Said by the form, changed by who is responsible.

It is a filter on every outcome: the engine asks it of each person it chooses (``routing.never_to``), ``relation`` takes
every right away, and lists leave the case out.
"""

from __future__ import annotations

from app.engine.model.cases import HandedOver, Refusal
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.case_beside import Kept
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.cases.open_case import refused
from app.services.cases.share_case import LONGEST_REASON, UNSHARED
from app.services.errors import Invalid, NotFound
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows, kept_rows
from app.storage.repositories.event_rows import NewEvent

KEPT_FROM, LET_IN = "kept_from", "let_in"


def keep_from(actor: Actor, case_id: str, *, account: str, reason: str) -> tuple[int, ...]:
    """Never let ``account`` have the case; their open tasks in it go to who is responsible, a sharing ends.

    Outbox ids due now. Raises ``Forbidden``, ``NotFound``, ``Invalid`` (``reason_needed``; the responsible person).
    """
    desk = desk_of(actor.municipality)
    worker = desk.world.staffing.workers.get(account)
    if worker is None:
        raise NotFound
    with transaction(desk.municipality) as tx:
        loaded = _loaded(tx, actor, case_id)
        if account == loaded.row["holder"]:
            raise refused(Refusal("kept_is_holder", (("name", worker.name),)))
        said = _said(KEPT_FROM, actor, loaded, account, reason)
        today = relation.local_day(loaded.pin, tx.now)
        if account in relation.shared_with(history.entries(tx, loaded.row["id"]), today):
            said.append(NewEvent(UNSHARED, {"account": account, **_version(loaded)}, by=actor.account))
        wake: tuple[int, ...] = ()
        if any(task["assignee"] == account and task["state"] == "open" for task in loaded.tasks):
            event = HandedOver(loaded.row["holder"], actor.account, of=account)
            wake = move(tx, desk, loaded, event, by=actor.account, events=said).wake
        else:
            event_rows.append_all(tx, loaded.row["id"], said)
        kept_rows.put(tx, loaded.row["id"], {account: False})
    return wake


def let_in(actor: Actor, case_id: str, *, account: str, reason: str) -> None:
    """Take it back. Raises what ``keep_from`` raises."""
    with transaction(actor.municipality) as tx:
        loaded = _loaded(tx, actor, case_id)
        if account not in loaded.kept_from:
            raise NotFound
        event_rows.append_all(tx, loaded.row["id"], _said(LET_IN, actor, loaded, account, reason))
        kept_rows.put(tx, loaded.row["id"], {account: True})


def note(tx: Transaction, actor: Actor, loaded: Loaded, account: str, reason: str) -> None:
    """Beside a hand-over that was just written: whoever had the case may never get it again."""
    event_rows.append_all(tx, loaded.row["id"], _said(KEPT_FROM, actor, loaded, account, reason))
    kept_rows.put(tx, loaded.row["id"], {account: False})


def listed(loaded: Loaded) -> tuple[Kept, ...]:
    """Who may never get it, by name."""
    workers = loaded.pin.world.staffing.workers
    found = (
        Kept(account, workers[account].name if account in workers else account)
        for account in loaded.kept_from
    )
    return tuple(sorted(found, key=lambda item: item.name))


def _loaded(tx: Transaction, actor: Actor, case_id: str) -> Loaded:
    loaded = load(tx, desk_of(actor.municipality), key_of(case_id), lock=True)
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    relation.demand_seen(actor, Act.CASE_KEEP_FROM, found)
    return loaded


def _said(code: str, actor: Actor, loaded: Loaded, account: str, reason: str) -> list[NewEvent]:
    """Who it is stays sealed: that somebody is close to a resident is confidential."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason_needed")
    content = {"text": reason, "account": account}
    return [NewEvent(code, _version(loaded), by=actor.account, content=content)]


def _version(loaded: Loaded) -> dict[str, str]:
    return {VERSION: str(loaded.row["version"])}
