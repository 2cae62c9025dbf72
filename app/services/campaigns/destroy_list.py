"""The end of a list: seen what would go, approved by a second person, destroyed, and written down that it was.

What stays: the run without anybody in it, numbers, and keyed hashes of who is never contacted again.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.policy import Act, Actor
from app.services.campaigns import runs
from app.services.campaigns.loading import Run, day_of, run_of
from app.services.cases.load_case import desk_of
from app.services.errors import Conflict, Invalid
from app.services.follow_up.fire_timer import LeaseLost
from app.services.municipality import municipalities
from app.services.permission import demand
from app.storage import history, ids, outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import campaign_rows, contact_rows
from app.storage.repositories.campaign_rows import DESTROYED, ENDED, OPEN

DESTROY = "campaign_destroy"
AT_ONCE = 200


def propose(actor: Actor, campaign: str) -> None:
    """Ask for the list to be destroyed; also before its term. A second press does nothing.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_running``).
    """
    demand(actor, Act.CAMPAIGN_RUN)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        _demand_ended(run)
        if run.row["proposed_by"] is None:
            campaign_rows.change(tx, run.key, proposed_by=actor.account, proposed_at=tx.now)
            _log(tx, "campaign_destruction_proposed", run, actor.account)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list that somebody asked to have destroyed, and nobody approved yet."""

    campaign: str
    name: str
    by: str


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """What waits for somebody's yes. Raises ``Forbidden``."""
    demand(actor, Act.RETENTION_READ)
    workers = desk_of(actor.municipality).world.staffing.workers
    with transaction(actor.municipality, readonly=True) as tx:
        found = [
            row
            for row in campaign_rows.listed(tx, [ENDED])
            if row["proposed_by"] is not None and row["approved_by"] is None
        ]
    return tuple(
        Waiting(
            ids.to_text(row["id"]),
            row["name"],
            workers[row["proposed_by"]].name if row["proposed_by"] in workers else "",
        )
        for row in found
    )


def approve(actor: Actor, campaign: str) -> tuple[int, ...]:
    """Somebody else says yes: it is carried out; outbox ids that are due.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_running``, ``proposal_gone``), ``Invalid``
    (``approve_other``).
    """
    demand(actor, Act.RETENTION_APPROVE)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        if run.row["state"] == DESTROYED or run.row["approved_by"] is not None:
            return ()
        _demand_ended(run)
        if run.row["proposed_by"] is None:
            raise Conflict("proposal_gone")
        if run.row["proposed_by"] == actor.account:
            raise Invalid("approve_other")
        campaign_rows.change(tx, run.key, approved_by=actor.account)
        _log(tx, "campaign_destruction_approved", run, actor.account)
        fresh = outbox.emit(tx, DESTROY, f"{DESTROY}:{campaign}", {"campaign": campaign})
        return (fresh,) if fresh is not None else ()


def carry_out(municipality: str, row: Leased) -> tuple[int, ...]:
    """Destroy the list, some contacts a transaction: broken off, it goes on where it was. Raises ``LeaseLost``."""
    while not _some(municipality, row):
        pass
    return ()


def end_all() -> int:
    """End the runs whose last day is over; how many. Their batches are nobody's from then on."""
    return sum(_end_over(item.id) for item in municipalities.listed())


def _end_over(municipality: str) -> int:
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        today = day_of(tx.now, desk.world.calendar)
        over = [row["id"] for row in campaign_rows.listed(tx, [OPEN]) if row["ends"] < today]
    for key in over:
        with transaction(municipality) as tx:
            run = run_of(tx, key, lock=True)
            if run.is_open:
                runs.close(tx, desk, run)
    return len(over)


def _some(municipality: str, row: Leased) -> bool:
    with transaction(municipality) as tx:
        if not outbox.extend(tx, row):
            raise LeaseLost
        run = run_of(tx, row.payload["campaign"], lock=True)
        left = contact_rows.all_of(tx, run.key)
        gone = contact_rows.forget(tx, left[:AT_ONCE])
        counts = dict(run.row["counts"])
        counts["campaign_contact"] = int(counts.get("campaign_contact", 0)) + gone
        if len(left) > AT_ONCE:
            campaign_rows.change(tx, run.key, counts=counts)
            return False
        counts["campaign_batch"] = campaign_rows.drop_batches(tx, run.key)
        counts["campaign_import"] = contact_rows.drop_lists(tx, run.key)
        campaign_rows.change(tx, run.key, state=DESTROYED, destroyed_at=tx.now, counts=counts)
        told = {"campaign": row.payload["campaign"], "contacts": str(counts["campaign_contact"])}
        history.append(tx, None, "campaign_destroyed", told)
        if not outbox.complete(tx, row):
            raise LeaseLost
        return True


def _demand_ended(run: Run) -> None:
    if run.row["state"] not in (ENDED, DESTROYED):
        raise Conflict("campaign_running")


def _log(tx: Transaction, code: str, run: Run, by: str) -> None:
    history.append(tx, None, code, {"campaign": ids.to_text(run.key)}, by=by)
