"""Somebody lost the role to handle cases at the provider where they sign in: who hands on the cases they have?

They come in without the role at once. One task, on their oldest case, asks a coordinator to hand all of them on;
nothing is moved behind anybody's back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.engine import calendar, staff
from app.engine.model.cases import TaskAdded
from app.engine.model.people import AccountId
from app.engine.policy import can_carry
from app.services.cases.load_case import Desk, desk_of, load
from app.services.cases.move_case import move
from app.services.errors import Invalid
from app.services.follow_up.fire_timer import LeaseLost
from app.storage import ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import account_rows
from app.texts import say

ASKED = ("coordinator", "team_lead", "head_of_service")
"""Who is asked, the first first."""
MOST = 50


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Ask it of the first who may have the task; outbox ids that are due because of it. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    account: AccountId = row.payload["account"]
    worker = desk.world.staffing.workers.get(account)
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        if worker is None or can_carry(worker.roles):  # given back meanwhile
            return ()
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        for key in account_rows.cases_touched(tx, account, MOST):
            for to in _whom(desk, account, today):
                event = _task(tx, desk, (account, to), today)
                try:
                    return move(tx, desk, load(tx, desk, key, lock=True), event).wake
                except Invalid:  # they may not have anything of this case
                    continue
    return ()


def _task(tx: Transaction, desk: Desk, people: tuple[AccountId, AccountId], today: date) -> TaskAdded:
    account, to = people
    cases, tasks = account_rows.open_work(tx, account)
    name = desk.world.staffing.workers[account].name
    return TaskAdded(
        key=f"own:{ids.to_text(ids.new_id())}",
        label=say("outside.roles_gone.label"),
        to=to,
        due_on=calendar.on_or_after(desk.world.calendar, today),
        by=account,
        told=say("outside.roles_gone.told", name=name, cases=cases, tasks=tasks),
    )


def _whom(desk: Desk, account: AccountId, today: date) -> Iterator[AccountId]:
    """Who is there today first, then who is away."""
    people = desk.world.staffing
    found = [
        (staff.absent(people, item.id, today), ASKED.index(role), item.id)
        for item in people.workers.values()
        for role in ASKED
        if role in item.roles and item.active and item.id != account
    ]
    for _, _, to in sorted(found):
        yield to
