"""Does a form begin with what is known, for who may know it, and say where that comes from?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.engine.policy import Actor
from app.services.definitions import catalogs
from app.services.errors import NotFound
from app.services.intake import prefill
from app.services.intake.drafts import Draft
from app.services.intake.submit_form import Receipt, submit
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import Case
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _begin(who: Actor, *, person: str = "", parent: str = "") -> Draft:
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    with clock.stopped_at(MONDAY):
        return prefill.begin(who, version, person=person, parent=parent)


def _spoken() -> Receipt:
    with clock.stopped_at(MONDAY):
        sent = send_card()
        press(sent.case, "bereikt", {"wijze": "bellen", "privacy_info": "mondeling"})
    return sent


def _entered() -> tuple[Receipt, str]:
    with clock.stopped_at(MONDAY):
        sent = submit(replace(card(), actor=actor("hilde_claes"), audience="reception"))
    with transaction(MUNICIPALITY, readonly=True) as tx:
        person = tx.scalar(sa.select(Case.person).where(Case.number == sent.number))
    return sent, ids.to_text(person)


def test_a_talk_that_follows_from_a_card_begins_with_the_card() -> None:
    sent = _spoken()
    draft = _begin(holder_of(sent.case), parent=sent.case)
    assert draft.raw["persoon.naam"] == ["Canariebos"]
    assert draft.raw["contact.tel"] == ["09 000 00 01"]
    assert draft.raw["vraag_eigen_woorden"] == ["Geheimpje over de kat"]
    assert draft.raw[prefill.PARENT] == [sent.case]
    (source,) = prefill.sources_of(draft.raw[prefill.TAKEN][0])
    assert (source.number, source.title, source.day) == (sent.number, "Doorverwijskaart", date(2026, 11, 9))
    assert source.looser == ("vraag_eigen_woorden",)


def test_who_may_not_read_the_case_gets_nothing_of_it() -> None:
    sent = _spoken()
    draft = _begin(actor("sofie_wouters"), parent=sent.case)
    assert draft.raw == {prefill.PARENT: [sent.case]}


def test_a_form_for_somebody_known_begins_with_what_may_be_known_of_them() -> None:
    sent, person = _entered()
    near = _begin(holder_of(sent.case), person=person).raw
    far = _begin(actor("sofie_wouters"), person=person).raw
    assert near["contact.tel"] == ["09 000 00 01"]
    assert "contact.tel" not in far
    assert (far["persoon.voornaam"], far["persoon.naam"]) == (["Maria"], ["Canariebos"])
    assert (far["persoon.geboorte"], far["buurt"]) == (["1941"], ["oosthoek"])
    assert "Geheimpje" not in repr((near, far))
    assert near[prefill.PERSON] == far[prefill.PERSON] == [person]
    assert [source.number for source in prefill.sources_of(far[prefill.TAKEN][0])] == [""]
    with pytest.raises(NotFound):
        _begin(actor("hilde_claes"), person=ids.to_text(ids.new_id()))


@pytest.mark.parametrize("text", ["", "x", "[1]", "[[1, 2]]", '[["a", "b", "geen dag", [], []]]', "{}"])
def test_what_we_did_not_write_tells_nothing(text: str) -> None:
    assert prefill.sources_of(text) == ()
