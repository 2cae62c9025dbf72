"""Does somebody hear once that a conversation still lies there?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.services import housekeeping
from app.services.definitions import catalogs
from app.services.follow_up import digest
from app.services.intake import drafts
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import CaughtMail, Draft
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, settle

pytestmark = pytest.mark.usefixtures("town")
LINE = "- Nog niet af sinds 05/11/2026: Brede intake aan het onthaal"


def _begun(at: str) -> drafts.Draft:
    with clock.stopped_at(local(at)):
        version = catalogs.live(MUNICIPALITY).form("brede_intake").id
        return drafts.start(actor("hilde_claes"), version, {"persoon.roepnaam": ["Geheimenaam"]})


def _morning(day: str) -> list[str]:
    """The lines about drafts in all mails so far, after 8.30 of ``day``."""
    with clock.stopped_at(local(f"{day} 08:00")):
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local(f"{day} 08:35")):
        settle()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        mails = [row[0] for row in tx.execute(sa.select(CaughtMail.body))]
    assert not any("Geheimenaam" in body for body in mails)
    return [line for body in mails for line in body.splitlines() if line.startswith("- Nog niet af")]


def test_after_five_working_days_the_owner_hears_of_it_once_in_the_mail_of_the_morning() -> None:
    _begun("2026-11-05 10:00")
    assert _morning("2026-11-12") == []  # the 11th is a holiday
    assert _morning("2026-11-13") == [LINE]
    assert _morning("2026-11-16") == [LINE]


def test_a_save_starts_the_count_again() -> None:
    draft = _begun("2026-11-05 10:00")
    with clock.stopped_at(local("2026-11-12 16:00")):
        drafts.save(actor("hilde_claes"), draft.id, rev=1, changes={"x": ["y"]})
    assert _morning("2026-11-13") == []


def test_the_page_says_how_long_it_lies_there() -> None:
    _begun("2026-11-05 10:00")
    waits = []
    for day in ("2026-11-12", "2026-11-13", "2026-11-16"):
        with clock.stopped_at(local(f"{day} 09:00")):
            waits.append(drafts.list_mine(actor("hilde_claes"))[0].waits)
    assert waits == [0, 5, 6]


def test_it_goes_after_the_days_its_form_says() -> None:
    _begun("2026-11-05 10:00")
    for day, left in (("2026-12-05 09:00", 1), ("2026-12-05 11:00", 0)):
        with clock.stopped_at(local(day)):
            housekeeping.daily()
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert tx.scalar(sa.select(sa.func.count()).select_from(Draft)) == left
