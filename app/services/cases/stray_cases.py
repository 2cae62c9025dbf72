"""A card came in while its contact person was being closed: who has it now?

Whoever submits reads the staff just before, and whoever closes an account proves it at that moment; between the two a
case can still reach the one who left. A while after every closing it is looked for, and goes to who holds the contact
point now.
"""

from __future__ import annotations

from app.engine import staff
from app.engine.model.cases import HandedOver
from app.engine.model.people import AccountId
from app.services.cases.load_case import Desk, desk_of, load
from app.services.cases.move_case import move
from app.services.follow_up.fire_timer import LeaseLost
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import account_rows

MOST = 200
"""In one go; there are a handful at most."""


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Give away what still is with somebody who left; outbox ids that are due because of it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    account: AccountId = row.payload["account"]
    worker = desk.world.staffing.workers.get(account)
    wake: tuple[int, ...] = ()
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        if worker is None or worker.active:  # opened again meanwhile
            return ()
        for key in account_rows.cases_touched(tx, account, MOST):
            wake += _give(tx, desk, key, account)
    return wake


def _give(tx: Transaction, desk: Desk, key: int, account: AccountId) -> tuple[int, ...]:
    loaded = load(tx, desk, key, lock=True)
    points = loaded.pin.contact_points
    point = points.get(loaded.row["contact_point"])
    if point is None:
        return ()
    found = staff.holder_of(
        point,
        loaded.row["neighbourhood"],
        desk.world,
        tx.now,
        points=points,
        not_to=loaded.kept_from,
    )
    if not found or found.account == account:
        return ()
    return move(tx, desk, loaded, HandedOver(found.account, "", of=account)).wake
