"""Who stands on the list of a campaign reads it in their own copy, and is off it once they are erased."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.services.people import link_case
from app.services.privacy import erase_person, requests
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import CampaignContact
from tests.support.bound import MUNICIPALITY
from tests.support.calling import begun, filled, row
from tests.support.town import actor, holder_of, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
TUESDAY, LATER = local("2026-11-10 10:00"), local("2026-11-20 10:00")
MARIA = {"naam": "Maria Vandenbulcke", "tel": "0400 00 00 34", "straat": "Kerkweg 12"}


def listed() -> int:
    """How many stand on the list."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(sa.func.count()).select_from(CampaignContact)
        return int(tx.execute(query.where(CampaignContact.municipality == MUNICIPALITY)).scalar_one())


def known() -> tuple[str, str]:
    """A case of Maria, who stands on the list too with her telephone, and the record of her."""
    filled(begun(), [row(1), row(2, **MARIA)])
    case = send_card(
        persoon__voornaam="Maria", persoon__naam="Vandenbulcke", contact__tel="0400 00 00 34"
    ).case
    return case, link_case.make(holder_of(case), case)


def test_a_copy_says_that_somebody_stands_on_a_list_and_nothing_of_others() -> None:
    with clock.stopped_at(TUESDAY):
        _, maria = known()
        dpo = actor("ilse_verbeke")
        told = [item.text for item in requests.work(dpo, requests.begin(dpo, maria)).file.items()]
    assert any("Kerkweg 12" in text for text in told)
    assert not any("Inwoner" in text for text in told)


def test_whoever_is_erased_stands_on_no_list_any_more_and_others_do() -> None:
    with clock.stopped_at(TUESDAY):
        case, maria = known()
        assert listed() == 2
    with clock.stopped_at(LATER):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
        erase_person.approve(actor("karin_thijs"), erase_person.propose(actor("ilse_verbeke"), maria))
        settle()
        assert listed() == 1
