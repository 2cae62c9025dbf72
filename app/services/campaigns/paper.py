"""Letters of a campaign: before the first attempt, or for whom the last one did not reach.

They are printed for everybody who waits for one and noted as sent in the same transaction; who prints sees a file, the
municipality keeps none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.definitions.model.campaigns import Campaign, CampaignLetter
from app.definitions.model.forms import FieldType
from app.definitions.placeholders import PLACEHOLDER
from app.documents.house import House, Somebody
from app.documents.letter import Letter, letters_pdf
from app.engine import values
from app.engine.campaigns import Attempt, Standing, part_of
from app.engine.policy import Act, Actor
from app.services.campaigns import figures
from app.services.campaigns.loading import Contact, Run, contact_of, day_of, run_of, save
from app.services.cases.load_case import Desk, desk_of
from app.services.errors import Conflict, Invalid
from app.services.municipality import settings
from app.services.municipality.letterhead import house_of
from app.services.permission import demand
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import contact_rows

BEFORE, AFTER = "before", "after"
MOST = 400
"""Letters in one file; the rest come with the next press."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What every letter of one file needs."""

    desk: Desk
    campaign: Campaign
    letter: CampaignLetter
    house: House
    contact: Somebody
    day: date


def letters(actor: Actor, campaign: str, when: str) -> tuple[bytes, int]:
    """Print the letters that wait, and note them as sent: the PDF, and how many are in it.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``campaign_ended``), ``Invalid`` (``letters_none``).
    """
    demand(actor, Act.CAMPAIGN_RUN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        run = run_of(tx, campaign, lock=True)
        if not run.is_open:
            raise Conflict("campaign_ended")
        letter = run.campaign.letter(before=when == BEFORE)
        people = _waiting(tx, run, when)[:MOST] if letter is not None else []
        if letter is None or not people:
            raise Invalid("letters_none")
        told = _print(tx, desk, run, letter)
        paper = [_letter(told, item) for item in people]
        for item in people:
            _sent(tx, desk, run, item, told.day)
        params = {"campaign": campaign, "letter": letter.id, "n": str(len(people))}
        history.append(tx, None, "campaign_letters", params, by=actor.account)
        at = tx.now
    return letters_pdf(paper, at), len(people)


def _waiting(tx: Transaction, run: Run, when: str) -> list[Contact]:
    wanted = Standing.WAITING if when == BEFORE else Standing.LETTER
    rows = contact_rows.of_campaign(tx, run.key, [wanted.value])
    return [contact_of(run, row) for row in rows if when == AFTER or row["day"] == date.max]


def _sent(tx: Transaction, desk: Desk, run: Run, contact: Contact, day: date) -> None:
    cal = desk.world.calendar
    sent = Attempt(day, part_of(cal, tx.now), letter=True)
    save(tx, run, contact, (*contact.history, sent), cal)
    figures.count_attempt(tx, run, contact, sent)


def _print(tx: Transaction, desk: Desk, run: Run, letter: CampaignLetter) -> _Print:
    house = house_of(tx, desk.world, run.campaign.controller)
    phone = settings.of(desk.world).phone
    worker = desk.world.staffing.workers.get(run.row["made_by"])
    somebody = Somebody(worker.name if worker else house.name, phone or (worker.phone if worker else ""))
    return _Print(desk, run.campaign, letter, house, somebody, day_of(tx.now, desk.world.calendar))


def _letter(told: _Print, contact: Contact) -> Letter:
    words = _words(told, contact)
    paragraphs = _filled(told.letter.text, words).split("\n\n")
    return Letter(
        sender=told.house,
        addressee=_address(told.campaign, words),
        day=told.day,
        subject=_filled(told.letter.subject, words),
        paragraphs=tuple(part.strip() for part in paragraphs if part.strip()),
        contact=told.contact,
    )


def _words(told: _Print, contact: Contact) -> dict[str, str]:
    places = told.desk.world.staffing.neighbourhoods
    return {
        field.id: places.get(str(value), "") or values.show(field, value)
        for field in told.campaign.contacts.columns
        if (value := contact.columns.get(field.id)) is not None
    }


def _address(campaign: Campaign, words: Mapping[str, str]) -> tuple[str, ...]:
    """The name, then what stands for an address; without one, the neighbourhood."""
    named = campaign.meaning("resident.name")
    texts = [item.id for item in campaign.contacts.columns if item.means == "resident.address"]
    texts += [item.id for item in campaign.contacts.columns if item.means == "resident.town"]
    lines = [words.get(named.id, "") if named is not None else "", *(words.get(item, "") for item in texts)]
    if len([line for line in lines if line]) < 2:
        places = [item for item in campaign.contacts.columns if item.type is FieldType.NEIGHBOURHOOD]
        lines += [words.get(item.id, "") for item in places]
    return tuple(line for line in lines if line)


def _filled(text: str, words: Mapping[str, str]) -> str:
    replaced: Callable[..., str] = lambda match: (  # noqa: E731 - a name for the one thing it does
        {"{{": "{", "}}": "}"}.get(match.group(), words.get(match.group(1) or "", ""))
    )
    return PLACEHOLDER.sub(replaced, text)
