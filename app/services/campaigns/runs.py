"""Begin a campaign, see how it goes, end it, begin a round after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.engine import calendar, campaigns
from app.engine.campaigns import Standing
from app.engine.policy import Act, Actor, may
from app.services import once
from app.services.campaigns import batches, figures
from app.services.campaigns.batches import BatchLine
from app.services.campaigns.figures import OutcomeLine
from app.services.campaigns.loading import Run, day_of, run_of
from app.services.cases.load_case import Desk, desk_of
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.permission import demand
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import campaign_rows, contact_rows

LONGEST = 120


@dataclass(frozen=True, slots=True)
class Offered:
    """A campaign that can be begun: what the definition says of it."""

    id: str
    title: str
    target: str
    source: str
    basis: tuple[str, ...]
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list. ``contacts`` are on the list, ``open`` of them may still be tried."""

    id: str
    name: str
    title: str
    state: str
    starts: date
    ends: date
    contacts: int
    open: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that was brought: ``state`` as ``bring_list`` knows it."""

    id: str
    state: str
    at: datetime
    rows: int
    done: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything about one run that its coordinator sees; nobody on the list is in it."""

    id: str
    ref: str
    name: str
    title: str
    target: str
    source: str
    basis: tuple[str, ...]
    state: str
    starts: date
    ends: date
    destroy_on: date
    over: bool
    visits: bool
    pairs: bool
    size: int
    lists: tuple[ListLine, ...]
    standings: tuple[tuple[str, int], ...]
    total: int
    free: int
    batches: tuple[BatchLine, ...]
    people: tuple[tuple[str, str], ...]
    outcomes: tuple[OutcomeLine, ...]
    letters: tuple[tuple[str, int], ...]
    proposed_by: str
    mine: bool
    may_approve: bool
    destroyed: Mapping[str, int]
    destroyed_at: datetime | None
    round_of: str


@dataclass(frozen=True, slots=True)
class StartCampaign:
    """What is asked at the start."""

    actor: Actor
    ref: str
    name: str
    target: str
    source: str
    starts: date
    ends: date
    token: str = ""


def offered(actor: Actor) -> tuple[Offered, ...]:
    """The campaigns that are published, by title. Raises ``Forbidden``."""
    demand(actor, Act.CAMPAIGN_RUN)
    live = catalogs.live(actor.municipality)
    found = sorted(live.campaigns.values(), key=lambda version: version.campaign.title.casefold())
    return tuple(_offered(version.campaign) for version in found)


def start(request: StartCampaign) -> str:
    """Begin a run; its id. The same press twice begins one.

    Raises ``Forbidden``, ``NotFound``, ``Invalid`` (``campaign_name``, ``campaign_period``).
    """
    demand(request.actor, Act.CAMPAIGN_RUN)
    name = " ".join(request.name.split())[:LONGEST]
    if not name:
        raise Invalid("campaign_name")
    if request.ends < request.starts:
        raise Invalid("campaign_period")
    desk = desk_of(request.actor.municipality)
    version = desk.catalog.campaigns.get(request.ref)
    if version is None:
        raise Invalid("campaign_unknown")
    with transaction(desk.municipality) as tx:
        body = (request.ref, name, request.target, request.source, str(request.starts), str(request.ends))
        again = once.first(tx, request.actor, request.token, "campaign", *body)
        if again is not None:
            return str(again["campaign"])
        row = _row(desk, version.campaign, request, name) | {"version": version.id, "made_at": tx.now}
        key = campaign_rows.insert(tx, row)
        _log(tx, "campaign_started", key, request.actor)
        once.gave(tx, request.token, campaign=ids.to_text(key))
        return ids.to_text(key)


def listed(actor: Actor) -> tuple[RunLine, ...]:
    """All runs, the newest first. Raises ``Forbidden``."""
    demand(actor, Act.CAMPAIGN_RUN)
    with transaction(actor.municipality, readonly=True) as tx:
        return tuple(_line(tx, row) for row in campaign_rows.listed(tx))


def show(actor: Actor, campaign: str) -> RunPage:
    """One run. Raises ``Forbidden``, ``NotFound``."""
    if not may(actor, Act.RETENTION_APPROVE):
        demand(actor, Act.CAMPAIGN_RUN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return _page(tx, desk, actor, run_of(tx, campaign))


def end(actor: Actor, campaign: str) -> None:
    """Nobody of it is contacted any more. A second press does nothing. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.CAMPAIGN_RUN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        if run.is_open:
            close(tx, desk, run, by=actor.account)


def close(tx: Transaction, desk: Desk, run: Run, *, by: str = "") -> None:
    """End a run that is held locked: its batches are nobody's, and the term of its list begins."""
    cal = desk.world.calendar
    last = min(day_of(tx.now, cal), run.row["ends"])
    due = calendar.term_after(cal, last, run.campaign.contacts.delete)
    campaign_rows.change(tx, run.key, state=campaign_rows.ENDED, ended_at=tx.now, destroy_on=due)
    for row in campaign_rows.batches(tx, run.key):
        campaign_rows.give(tx, row["id"], "", "")
    history.append(tx, None, "campaign_ended", {"campaign": ids.to_text(run.key)}, by=by)


def _row(desk: Desk, campaign: Campaign, request: StartCampaign, name: str) -> dict[str, Any]:
    due = calendar.term_after(desk.world.calendar, request.ends, campaign.contacts.delete)
    return {
        "ref": campaign.id,
        "name": name,
        "target": request.target.strip()[:500],
        "source": request.source.strip()[:200] or campaign.contacts.source,
        "state": campaign_rows.OPEN,
        "starts": request.starts,
        "ends": request.ends,
        "destroy_on": due,
        "round_of": None,
        "made_by": request.actor.account,
    }


def _line(tx: Transaction, row: Mapping[str, Any]) -> RunLine:
    campaign = catalogs.campaign_version(tx.municipality, row["version"]).campaign
    counts = campaign_rows.batch_counts(tx, row["id"])
    still = sum(n for (_, standing), n in counts.items() if Standing(standing) in campaigns.OPEN)
    return RunLine(
        ids.to_text(row["id"]), row["name"], campaign.title, row["state"], row["starts"], row["ends"],
        sum(counts.values()), still,
    )  # fmt: skip


def _page(tx: Transaction, desk: Desk, actor: Actor, run: Run) -> RunPage:
    row, campaign = run.row, run.campaign
    counts = campaign_rows.batch_counts(tx, run.key)
    by_standing: Counter[str] = Counter()
    for (_, standing), n in counts.items():
        by_standing[standing] += n
    workers = desk.world.staffing.workers
    proposer = workers.get(row["proposed_by"] or "")
    return RunPage(
        id=ids.to_text(run.key),
        ref=campaign.id,
        name=row["name"],
        title=campaign.title,
        target=row["target"],
        source=row["source"],
        basis=tuple(campaign.contacts.form.legal_basis.values()),
        state=row["state"],
        starts=row["starts"],
        ends=row["ends"],
        destroy_on=row["destroy_on"],
        over=day_of(tx.now, desk.world.calendar) >= row["destroy_on"],
        visits=campaign.way.value == "visit",
        pairs=campaign.batches.pairs,
        size=campaign.batches.of,
        lists=tuple(
            ListLine(ids.to_text(item["id"]), item["state"], item["at"], item["rows"], item["done"])
            for item in contact_rows.brought_for(tx, run.key)
        ),
        standings=tuple(
            (item.value, by_standing[item.value]) for item in Standing if by_standing[item.value]
        ),
        total=sum(by_standing.values()),
        free=sum(n for (batch, kind), n in counts.items() if batch is None and kind in campaigns.OPEN),
        batches=batches.lines(tx, desk, run),
        people=batches.people(desk, campaign),
        outcomes=figures.by_outcome(tx, desk, run),
        letters=_letters(tx, run, by_standing),
        proposed_by=proposer.name if proposer is not None else "",
        mine=row["proposed_by"] == actor.account,
        may_approve=may(actor, Act.RETENTION_APPROVE),
        destroyed=row["counts"],
        destroyed_at=row["destroyed_at"],
        round_of=ids.to_text(row["round_of"]) if row["round_of"] is not None else "",
    )


def _letters(tx: Transaction, run: Run, standings: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The letters that wait to be printed: ``before`` or ``after``, and how many."""
    found = []
    if run.campaign.letter(before=True) is not None:
        waiting = contact_rows.unannounced(tx, run.key)
        found.append(("before", waiting))
    if standings.get(Standing.LETTER.value):
        found.append(("after", standings[Standing.LETTER.value]))
    return tuple((when, n) for when, n in found if n)


def _offered(campaign: Campaign) -> Offered:
    basis = tuple(campaign.contacts.form.legal_basis.values())
    source = campaign.contacts.source
    return Offered(
        campaign.id, campaign.title, campaign.target, source, basis, campaign.starts, campaign.ends
    )


def _log(tx: Transaction, code: str, key: int, actor: Actor) -> None:
    history.append(tx, None, code, {"campaign": ids.to_text(key)}, by=actor.account)
