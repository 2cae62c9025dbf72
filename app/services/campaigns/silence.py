"""Somebody does not want to be contacted any more, or died: it stops at once, in every campaign, for good.

What is kept of it is a keyed hash, which outlives the list.
"""

from __future__ import annotations

from collections.abc import Collection

from app.definitions.model.campaigns import Campaign
from app.engine import likeness
from app.engine.likeness import Portrait
from app.engine.model.answers import Answers
from app.engine.model.people import World
from app.engine.names import Name
from app.services.campaigns import identity
from app.services.campaigns.loading import contact_of, day_of, run_of, save
from app.services.cases.apply_decision import MAIL
from app.storage import outbox
from app.storage.database import Transaction
from app.storage.repositories import contact_rows, letter_rows, person_rows

REFUSED, DECEASED = "refused", "deceased"


def everywhere(tx: Transaction, world: World, hashes: Collection[str], why: str) -> int:
    """Nobody known by one of these is contacted any more; how many contacts it stopped."""
    contact_rows.opt_out(tx, hashes, why, day_of(tx.now, world.calendar))
    stopped = 0
    for row in contact_rows.under(tx, hashes, lock=True):
        run = run_of(tx, row["campaign"])
        contact = contact_of(run, row)
        save(tx, run, contact, contact.history, world.calendar, stopped=why)
        stopped += 1
    return stopped


def of_record(tx: Transaction, world: World, person: int) -> int:
    """A case says that a resident gets no messages any more: campaigns leave them alone; how many contacts it
    stopped."""
    found = person_rows.get(tx, person)
    if found is None:
        return 0
    return everywhere(tx, world, contact_rows.hashed(tx, identity.texts_of_person(found.kept)), REFUSED)


def stop_mail(tx: Transaction, campaign: Campaign, columns: Answers) -> int:
    """Somebody on a list died: what was still to be sent to them from a case is not; how many cases."""
    texts = set(identity.texts_of(campaign, columns))
    named = campaign.meaning(identity.NAME)
    name = str(columns.get(named.id, "")) if named is not None else ""
    stopped = 0
    for found in person_rows.under(tx, likeness.index_of(Portrait(Name(whole=name)))):
        if not texts & set(identity.texts_of_person(found.kept)):
            continue
        for case in person_rows.cases(tx, [found.id]):
            if case["closed_at"] is None:
                outbox.cancel_kind(tx, case["id"], [MAIL], to="resident")
                letter_rows.drop(tx, case["id"])
                stopped += 1
    return stopped
