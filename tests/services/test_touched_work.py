"""Is it told before publishing how much runs on what changes, and what would have no place any more?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.engine.policy import Actor
from app.services.definitions import catalogs, definition_drafts, publish_drafts
from app.services.definitions.touched_work import Touched, touched
from app.services.errors import Forbidden
from app.services.intake import drafts
from tests.services.test_definition_drafts import admin
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit
from tests.support.town import actor, send_card

CARD = "formdefs/doorverwijskaart.yaml"
FLOW = "workflows/warme_doorverwijzing.yaml"


def _shown(who: Actor) -> Touched:
    review = publish_drafts.review(who)
    return touched(who, review.renewal.made, review.after)


def test_open_cases_are_counted_by_the_state_they_are_in(town: Flask) -> None:
    an = admin()
    send_card()
    send_card(persoon__voornaam="Ann")
    edit(an, FLOW, "label: Toegewezen", "label: Bij jou")
    (state,) = _shown(an).states
    assert (state.state, state.label, state.number, state.cases, state.gone) == (
        "toegewezen", "Toegewezen", 1, 2, False,
    )  # fmt: skip


def test_drafts_of_people_are_counted_by_form(town: Flask) -> None:
    an = admin()
    drafts.start(actor("hilde_claes"), catalogs.live(MUNICIPALITY).form("brede_intake").id)
    edit(an, "formdefs/brede_intake.yaml", "title: ", "title: Nieuwe ")
    (line,) = _shown(an).drafts
    assert (line.form, line.number, line.drafts) == ("brede_intake", 1, 1)


def test_answers_that_would_have_no_place_are_counted_not_shown(town: Flask) -> None:
    an = admin()
    send_card()
    send_card(toelichting=None)
    opened = definition_drafts.open_text(an, CARD)
    renamed = opened.text.replace("field: toelichting", "field: uitleg")
    definition_drafts.save(an, CARD, renamed, opened.seen)
    edit(an, "formdefs/lists/zorgen.yaml", "id: eenzaam", "id: alleen")
    lost = [(item.field, item.shown, item.cases) for item in _shown(an).lost]
    assert ("toelichting", "", 1) in lost
    assert ("zorgen", 2) in {(field, cases) for field, _, cases in lost}
    assert len(lost) == 2


def test_what_does_not_change_is_not_told(town: Flask) -> None:
    an = admin()
    send_card()
    edit(an, "formdefs/contactpoging.yaml", "title: ", "title: Nieuwe ")
    found = _shown(an)
    assert (found.lost, found.drafts) == ((), ())
    with pytest.raises(Forbidden):
        touched(actor("hilde_claes"), (), publish_drafts.review(an).after)
