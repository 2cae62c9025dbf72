"""An attempt is written down: with the contact, in the numbers, and where all contact stops, everywhere."""

from __future__ import annotations

from datetime import date

from app.definitions.model.campaigns import Campaign
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Form
from app.engine import calendar, campaigns
from app.engine.campaigns import Attempt, Part
from app.engine.facts_of import Reading
from app.engine.model.answers import Answers
from app.engine.model.cases import Case
from app.services.campaigns import figures, silence
from app.services.campaigns.loading import Contact, Run, day_of, save
from app.services.cases.load_case import Desk
from app.storage.database import Transaction

PARTS = (Part.MORNING, Part.AFTERNOON, Part.EVENING)


def add(tx: Transaction, desk: Desk, run: Run, contact: Contact, answers: Answers, sheet: Form) -> None:  # noqa: PLR0917
    """Write an attempt with these answers of the sheet (of a contact held locked)."""
    cal = desk.world.calendar
    attempt = attempt_of(run.campaign, answers, day_of(tx.now, cal), campaigns.part_of(cal, tx.now))
    first = contact.first or _vulnerable(tx, desk, run.campaign, answers, sheet)
    save(tx, run, contact, (*contact.history, attempt), cal, first=first)
    asked = attempt.outcome in run.campaign.talk and _holds(tx, desk, run.campaign.asked, answers, sheet)
    figures.count_attempt(tx, run, contact, attempt, asked=asked)
    outs = run.campaign.opt_outs
    why = (
        silence.DECEASED
        if attempt.outcome in outs.deceased
        else silence.REFUSED
        if attempt.outcome in outs.refused
        else ""
    )
    if why:
        hashes = figures.hashes_of(tx, run.campaign, contact.columns)
        silence.everywhere(tx, desk.world, hashes, why)
    if why == silence.DECEASED:
        silence.stop_mail(tx, run.campaign, contact.columns)


def attempt_of(campaign: Campaign, answers: Answers, day: date, part: Part) -> Attempt:
    """What of the answers the campaign goes on with; nothing else of them is kept with the list."""
    outcome = str(answers.get(campaign.outcome) or "")
    later, recurring = campaign.attempts.later, campaign.recurring
    on = answers.get(later.on) if later is not None else None
    asked = str(answers.get(later.part) or "") if later is not None else ""
    at = PARTS[min(later.parts.index(asked), 2)] if later is not None and asked in later.parts else None
    every = str(answers.get(recurring.every) or "") if recurring is not None else ""
    weeks = answers.get(recurring.weeks) if recurring is not None else None
    same = answers.get(recurring.same) if recurring is not None else None
    return Attempt(
        day=day,
        part=part,
        outcome=outcome,
        on=on if isinstance(on, date) else None,
        at=at,
        every=every,
        weeks=int(weeks) if isinstance(weeks, int) else 0,
        same=same == "ja",
    )


def _vulnerable(tx: Transaction, desk: Desk, campaign: Campaign, answers: Answers, sheet: Form) -> bool:
    """Whether a following round begins with them."""
    return _holds(tx, desk, campaign.next_round, answers, sheet)


def _holds(tx: Transaction, desk: Desk, condition: Condition | None, answers: Answers, sheet: Form) -> bool:
    """Whether a condition of the campaign holds for a sheet; never without one."""
    if condition is None:
        return False
    moment = calendar.local(desk.world.calendar, tx.now)
    return Reading(sheet, Case("", "", sheet.id, answers=answers), moment).holds(condition)
