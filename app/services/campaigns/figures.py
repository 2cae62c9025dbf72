"""What do campaigns come to, with nobody in it?

Counted while people are contacted, per week and neighbourhood, so that the numbers outlive the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.definitions.model.campaigns import Campaign
from app.definitions.model.reports import STAGES
from app.engine.campaigns import LETTER, STAGE_MARK, Attempt
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.services.campaigns import identity
from app.services.campaigns.loading import Contact, Run
from app.services.cases.load_case import Desk
from app.services.permission import demand
from app.storage.database import Transaction, transaction
from app.storage.repositories import campaign_rows, contact_rows

ADDRESSED, REACHED, TALKED, ASKED = STAGES


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """How often something came out of attempts of one run."""

    outcome: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class CampaignCount:
    """A number of one run: ``ref`` is the campaign, ``name`` of the run, ``week`` its Monday. Not yet suppressed: who
    shows them together hides small ones."""

    ref: str
    name: str
    week: date
    neighbourhood: str
    outcome: str
    n: int


def campaign_counts(actor: Actor) -> tuple[CampaignCount, ...]:
    """The numbers of all runs, also of those whose list is destroyed. Raises ``Forbidden``."""
    demand(actor, Act.REPORTS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        runs = {row["id"]: row for row in campaign_rows.listed(tx)}
        return tuple(
            CampaignCount(
                runs[row["campaign"]]["ref"], runs[row["campaign"]]["name"], row["week"],
                row["neighbourhood"], row["outcome"], row["n"],
            )
            for row in campaign_rows.counts(tx)
            if not row["outcome"].startswith(STAGE_MARK)
        )  # fmt: skip


def count(tx: Transaction, campaign: int, day: date, neighbourhood: str, outcome: str) -> None:
    """One more attempt of that week that came to this."""
    campaign_rows.count(tx, campaign, day - timedelta(days=day.weekday()), neighbourhood, outcome)


def count_attempt(
    tx: Transaction, run: Run, contact: Contact, attempt: Attempt, *, asked: bool = False
) -> None:
    """An attempt or letter, and each stage it brings somebody to for the first time; ``asked``: the talk brought a
    question. Stages count in the week in which somebody was first addressed, so that each lies within the one before.
    """
    before, place = contact.history, contact.row["neighbourhood"]
    count(tx, run.key, attempt.day, place, LETTER if attempt.letter else attempt.outcome)
    came = _came(run.campaign, before)
    stages = [stage for stage in _stages(run.campaign, attempt) if stage not in came]
    if asked and TALKED in stages:
        stages.append(ASKED)
    for stage in stages:
        count(tx, run.key, (*before, attempt)[0].day, place, f"{STAGE_MARK}{stage}")


def _came(campaign: Campaign, history: Sequence[Attempt]) -> set[str]:
    return {stage for attempt in history for stage in _stages(campaign, attempt)}


def _stages(campaign: Campaign, attempt: Attempt) -> Iterator[str]:
    """Addressed by any attempt or letter; reached when somebody answered, also to say not now or never."""
    yield ADDRESSED
    later = campaign.attempts.later
    answered = {*campaign.talk, *campaign.opt_outs.refused, *((later.outcome,) if later is not None else ())}
    if attempt.outcome in answered:
        yield REACHED
    if attempt.outcome in campaign.talk:
        yield TALKED


def by_outcome(tx: Transaction, desk: Desk, run: Run) -> tuple[OutcomeLine, ...]:
    """The numbers of one run over all weeks and neighbourhoods, in the order of its outcomes."""
    found: Counter[str] = Counter()
    for row in campaign_rows.counts(tx, run.key):
        found[row["outcome"]] += row["n"]
    labels = labels_of(desk, run.campaign)
    return tuple(OutcomeLine(item, label, found[item]) for item, label in labels.items() if found[item])


def labels_of(desk: Desk, campaign: Campaign) -> dict[str, str]:
    """The outcomes of a campaign with their words, in order."""
    live = desk.catalog.forms.get(campaign.sheet)
    field = live.form.field(campaign.outcome) if live is not None else None
    options = field.options.options if field is not None and field.options is not None else ()
    return {item.id: item.label for item in options}


def hashes_of(tx: Transaction, campaign: Campaign, columns: Answers) -> set[str]:
    """The keyed hashes somebody is known by."""
    return contact_rows.hashed(tx, identity.texts_of(campaign, columns))


__all__ = [
    "CampaignCount",
    "OutcomeLine",
    "by_outcome",
    "campaign_counts",
    "count_attempt",
    "hashes_of",
    "labels_of",
]
