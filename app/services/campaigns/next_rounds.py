"""A round after another one: whom it reached, and first of them whom it found to need it."""

from __future__ import annotations

from typing import Any

from app.engine import campaigns
from app.engine.campaigns import SILENT, Standing
from app.services.campaigns import figures
from app.services.campaigns.loading import Run, contact_of, content_of, placed, run_of
from app.services.campaigns.runs import StartCampaign, start
from app.services.cases.load_case import Desk, desk_of
from app.services.errors import Conflict
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import campaign_rows, contact_rows


def next_round(request: StartCampaign, campaign: str) -> str:
    """Begin a run after another one: whom it reached, those first who were found to need it. Who refused or died, or
    was asked nothing, stays out. Its id.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_destroyed``), ``Invalid`` as ``start``.
    """
    made = start(request)
    desk = desk_of(request.actor.municipality)
    with transaction(desk.municipality) as tx:
        before, run = run_of(tx, campaign, lock=True), run_of(tx, made, lock=True)
        if before.row["state"] == campaign_rows.DESTROYED:
            raise Conflict("campaign_destroyed")
        if run.row["round_of"] is not None:
            return made
        campaign_rows.change(tx, run.key, round_of=before.key)
        _carry(tx, desk, before, run)
    return made


def _carry(tx: Transaction, desk: Desk, before: Run, run: Run) -> None:
    rows = contact_rows.of_campaign(tx, before.key)
    people = [contact_of(before, row) for row in rows if Standing(row["standing"]) not in SILENT]
    reached = [item for item in people if any(one.outcome in before.campaign.talk for one in item.history)]
    begins = placed(campaigns.next_of(run.campaign, (), desk.world.calendar))
    fresh: list[dict[str, Any]] = []
    keys: dict[int, set[str]] = {}
    for place, item in enumerate(sorted(reached, key=lambda one: (not one.first, one.row["place"])), 1):
        key = ids.new_id()
        keys[key] = figures.hashes_of(tx, run.campaign, item.columns)
        fresh.append({
            "id": key, "campaign": run.key, "imported": None, "row": place, "place": place, "staged": False,
            "neighbourhood": item.row["neighbourhood"], "sealed": content_of(item.columns, (), run), **begins,
        })  # fmt: skip
    contact_rows.insert(tx, fresh, keys)
