"""What happens when post comes back, or a mail bounces later?

The address is remembered as dead, the contact person gets one task for it, and what follows takes another way.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.policy import Actor
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, load
from app.services.errors import AlreadyDone, NotFound
from app.services.follow_up import letters, outside, print_queue, ways
from app.services.follow_up.ask_to_call import NOT_ARRIVED, ask_to_call
from app.services.follow_up.ways import REFERRER, RESIDENT
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, letter_rows, outbox_rows, resident_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.resident_rows import POST

RETURNED, BOUNCED = "letter_returned", "bounced"
_OUT = (letter_rows.PRINTED, letter_rows.POSTED)


@dataclass(frozen=True, slots=True)
class CameBack:
    """What was written down: ``what`` is letter or mail; ``task``: somebody was asked to try another way (not when the
    address was known to be dead)."""

    what: str
    number: str
    holder: str
    task: bool
    wake: tuple[int, ...] = ()


def came_back(actor: Actor, number: str, *, to: str = "") -> CameBack:
    """Somebody typed or scanned the number of a letter, or that of a case of which a mail came back (``to`` says whose:
    resident or referrer). Raises ``Forbidden``, ``NotFound``, ``AlreadyDone`` (this letter came back before)."""
    print_queue.demand(actor)
    wanted = number.strip().upper()
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        row = letter_rows.by_number(tx, wanted)
        if row is not None:
            return _letter(tx, desk, actor, row)
        case = case_rows.by_number(tx, wanted)
        if case is None or to not in (RESIDENT, REFERRER):
            raise NotFound
        return _mail(tx, load(tx, desk, case["id"], lock=True), actor, to)


def _letter(tx: Transaction, desk: Desk, actor: Actor, row: letter_rows.Row) -> CameBack:
    loaded = load(tx, desk, row["case"], lock=True)
    values = {"state": letter_rows.RETURNED, "returned_at": tx.now, "returned_by": actor.account}
    if not letter_rows.change(tx, row["id"], _OUT, **values):
        raise AlreadyDone("letter_returned") if row["state"] == letter_rows.RETURNED else NotFound
    letters.tell(tx, loaded, RETURNED, row["number"], by=actor.account)
    address = ", ".join(ways.of(tx, loaded, row["recipient"]).address)
    fresh = bool(address) and resident_rows.bury(tx, row["case"], POST, address)
    payload = {"to": row["recipient"], "message": row["message"], "event": ids.to_text(row["event"])}
    return _asked(tx, loaded, payload, "letter", row["number"], fresh)


def _mail(tx: Transaction, loaded: Loaded, actor: Actor, to: str) -> CameBack:
    sent = [
        item
        for item in outbox_rows.of_case(tx, loaded.row["id"], "mail")
        if item["payload"].get("to") == to and item["state"] == "done" and not item["error"]
    ]
    if not sent:
        raise NotFound
    params = {"to": to, VERSION: str(loaded.row["version"])}
    event_rows.append_all(tx, loaded.row["id"], [NewEvent(BOUNCED, params, by=actor.account)])
    fresh = outside.bury_mail(tx, loaded, to)
    return _asked(tx, loaded, sent[-1]["payload"], "mail", loaded.row["number"], fresh)


def _asked(  # noqa: PLR0917 - what came back, of which case
    tx: Transaction, loaded: Loaded, payload: dict[str, str], what: str, number: str, fresh: bool
) -> CameBack:
    wake: tuple[int, ...] = ()
    if fresh and not loaded.row["silent"]:
        reach = ways.of(tx, loaded, payload["to"])
        mark = f"{what}:{ids.to_text(ids.new_id())}"
        wake = ask_to_call(tx, loaded, payload, NOT_ARRIVED, mark, reach)
    worker = loaded.pin.world.staffing.workers.get(loaded.row["holder"])
    return CameBack(what, number, worker.name if worker else "", fresh and not loaded.row["silent"], wake)
