"""Who contacts whom? A list is given out in batches; each is somebody's, or two people's, and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.campaigns import Campaign
from app.engine import campaigns
from app.engine.campaigns import Standing
from app.engine.policy import Act, Actor, Relation
from app.services import once
from app.services.campaigns.loading import Run, day_of, run_of
from app.services.cases.load_case import Desk, desk_of, key_of
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import campaign_rows, contact_rows

IN_BATCHES = tuple(item.value for item in (Standing.WAITING, Standing.RECURRING, Standing.VISIT))


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch: whose it is (empty: nobody's), how many are in it and how many may still be tried. ``away``: its
    holder is absent today."""

    id: str
    number: int
    holder: str
    second: str
    names: str
    total: int
    open: int
    away: bool
    mark: str


@dataclass(frozen=True, slots=True)
class MyBatch:
    """A batch of one's own. ``due``: how many may be tried now."""

    id: str
    number: int
    campaign: str
    title: str
    total: int
    open: int


def people(desk: Desk, campaign: Campaign) -> tuple[tuple[str, str], ...]:
    """Who may be given a batch: account and name, by name."""
    roles = set(campaign.batches.to)
    found = [item for item in desk.world.staffing.workers.values() if item.active and item.roles & roles]
    return tuple((item.id, item.name) for item in sorted(found, key=lambda item: item.name.casefold()))


def lines(tx: Transaction, desk: Desk, run: Run) -> tuple[BatchLine, ...]:
    """The batches of a run."""
    counts = campaign_rows.batch_counts(tx, run.key)
    workers = desk.world.staffing.workers
    today = day_of(tx.now, desk.world.calendar)
    away = {item.account for item in desk.world.staffing.absences if item.start <= today <= item.end}
    found = []
    for row in campaign_rows.batches(tx, run.key):
        mine = {standing: n for (batch, standing), n in counts.items() if batch == row["id"]}
        holders = [item for item in (row["holder"], row["second"]) if item]
        found.append(
            BatchLine(
                id=ids.to_text(row["id"]),
                number=row["number"],
                holder=row["holder"] or "",
                second=row["second"] or "",
                names=" + ".join(workers[item].name for item in holders if item in workers),
                total=sum(mine.values()),
                open=sum(n for standing, n in mine.items() if Standing(standing) in campaigns.OPEN),
                away=any(item in away for item in holders),
                mark=_mark(row["holder"], row["second"]),
            )
        )
    return tuple(found)


def hand_out(actor: Actor, campaign: str, holder: str, second: str, size: int, token: str) -> int:  # noqa: PLR0917 - a form
    """Give somebody the next contacts that nobody has; how many. The same press twice gives them once.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_ended``), ``Invalid`` (``batch_person``,
    ``batch_size``, ``batch_nobody_left``).
    """
    demand(actor, Act.CAMPAIGN_RUN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        again = once.first(tx, actor, token, "batch", campaign, holder, second, size)
        if again is not None:
            return int(again["n"])
        _demand(desk, run, holder, second)
        if not 1 <= size <= run.campaign.batches.of:
            raise Invalid("batch_size", most=str(run.campaign.batches.of))
        found = contact_rows.free(tx, run.key, IN_BATCHES, most=size)
        if not found:
            raise Invalid("batch_nobody_left")
        key = campaign_rows.add_batch(tx, run.key, holder, second)
        contact_rows.into_batch(tx, found, key)
        _log(tx, "campaign_batch_given", run, key, actor)
        once.gave(tx, token, n=str(len(found)))
        return len(found)


def hand_over(actor: Actor, campaign: str, batch: str, holder: str, second: str, seen: str) -> None:  # noqa: PLR0917
    """Give a batch to somebody else, or (``holder`` empty) take it back. ``seen`` is the mark of whom the page showed.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_ended``, ``page_changed``), ``Invalid``.
    """
    demand(actor, Act.CAMPAIGN_RUN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        row = campaign_rows.batch(tx, key_of(batch), lock=True)
        if row is None or row["campaign"] != run.key:
            raise NotFound
        if (row["holder"] or "", row["second"] or "") == (holder, second):
            return
        if seen != _mark(row["holder"], row["second"]):
            raise Conflict("page_changed")
        if holder or second:
            _demand(desk, run, holder, second)
        elif not run.is_open:
            raise Conflict("campaign_ended")
        campaign_rows.give(tx, row["id"], holder, second)
        _log(tx, "campaign_batch_given" if holder else "campaign_batch_back", run, row["id"], actor)


def mine(actor: Actor) -> tuple[MyBatch, ...]:
    """The batches of who asks, of campaigns that run. Raises ``Forbidden``."""
    demand_own(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        found = []
        for row in campaign_rows.batches_of(tx, actor.account):
            run = run_of(tx, row["campaign"])
            counts = campaign_rows.batch_counts(tx, run.key)
            of_it = {standing: n for (batch, standing), n in counts.items() if batch == row["id"]}
            still = sum(n for standing, n in of_it.items() if Standing(standing) in campaigns.OPEN)
            found.append(
                MyBatch(ids.to_text(row["id"]), row["number"], run.row["name"], run.campaign.title,
                        sum(of_it.values()), still)
            )  # fmt: skip
        return tuple(found)


def demand_own(actor: Actor) -> None:
    """Raise ``Forbidden`` unless somebody may contact people of a batch of their own."""
    demand(actor, Act.CAMPAIGN_CALL, Relation.OWN)


def _mark(holder: str | None, second: str | None) -> str:
    return f"{holder or ''}:{second or ''}"


def _demand(desk: Desk, run: Run, holder: str, second: str) -> None:
    if not run.is_open:
        raise Conflict("campaign_ended")
    known = {account for account, _ in people(desk, run.campaign)}
    if holder not in known or (second and (second not in known or second == holder)):
        raise Invalid("batch_person")
    if run.campaign.batches.pairs and not second:
        raise Invalid("batch_pair")


def _log(tx: Transaction, code: str, run: Run, batch: int, actor: Actor) -> None:
    told = {"campaign": ids.to_text(run.key), "batch": ids.to_text(batch)}
    history.append(tx, None, code, told, by=actor.account)
