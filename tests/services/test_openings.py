"""Is a closed form closed to who comes, and kind to who was busy with it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.engine.policy import Actor
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.intake import drafts, submit_form
from app.services.municipality import openings
from app.services.staff import staffing
from app.storage import clock
from tests.support import town
from tests.support.bound import MUNICIPALITY
from tests.support.town import local

CARD = "doorverwijskaart"
SENTENCE = "We zijn even dicht. Bel 09 000 00 00."
BEFORE, CLOSES, FRIDAY, MONDAY, TUESDAY = (
    local(f"2026-11-{moment}") for moment in ("12 16:00", "13 10:00", "13 15:00", "16 17:30", "17 00:01")
)


@pytest.fixture
def closed(town: Flask) -> Flask:
    """The card was closed on Friday at ten, until somebody opens it."""
    with clock.stopped_at(CLOSES):
        openings.close(admin(), CARD, None, None, SENTENCE)
    return town


def admin() -> Actor:
    """Who opens and closes."""
    return town.actor("tom_aerts")


def test_who_comes_after_it_closed_is_told_why(closed: Flask) -> None:
    with clock.stopped_at(FRIDAY):
        standing = openings.standing(
            staffing.world(MUNICIPALITY), catalogs.live(MUNICIPALITY).form(CARD).form
        )
        assert standing.closed
        assert standing.sentence == SENTENCE
        with pytest.raises(Invalid, match=openings.CLOSED) as refused:
            town.send_card()
        assert refused.value.params == {"sentence": SENTENCE}


@pytest.mark.parametrize("when", [FRIDAY, MONDAY])
def test_who_opened_it_before_may_send_until_the_end_of_the_next_working_day(
    closed: Flask, when: object
) -> None:
    with clock.stopped_at(when):  # type: ignore[arg-type]
        assert submit_form.submit(replace(town.card(), began=BEFORE)).number


def test_after_that_or_when_opened_later_it_is_too_late(closed: Flask) -> None:
    for began, now in ((BEFORE, TUESDAY), (FRIDAY, MONDAY)):
        with clock.stopped_at(now), pytest.raises(Invalid, match=openings.CLOSED):
            submit_form.submit(replace(town.card(), began=began))


def test_a_draft_that_was_begun_before_stays_is_read_and_may_be_sent_a_while(town: Flask) -> None:
    desk = _desk()
    with clock.stopped_at(BEFORE):
        draft = drafts.start(desk, _card().form_version, {"toelichting": ["al getypt"]})
    with clock.stopped_at(CLOSES):
        openings.close(admin(), CARD, None, None, SENTENCE)
    with clock.stopped_at(TUESDAY):
        assert drafts.load(desk, draft.id).raw == {"toelichting": ["al getypt"]}
        with pytest.raises(Invalid, match=openings.CLOSED):
            submit_form.submit(_card(draft.id))
        assert drafts.load(desk, draft.id)
    with clock.stopped_at(MONDAY):
        assert submit_form.submit(_card(draft.id)).number


def test_a_paper_card_that_came_in_before_can_still_be_entered(closed: Flask) -> None:
    with clock.stopped_at(MONDAY):
        assert submit_form.submit(replace(_card(), received_on=date(2026, 11, 12))).number
        with pytest.raises(Invalid, match=openings.CLOSED):
            submit_form.submit(replace(_card(), received_on=date(2026, 11, 16)))


def test_sent_twice_it_gives_the_first_receipt_though_it_closed_in_between(town: Flask) -> None:
    with clock.stopped_at(BEFORE):
        card = replace(_token("een-keer"))
        first = submit_form.submit(card)
    with clock.stopped_at(CLOSES):
        openings.close(admin(), CARD, None, None, SENTENCE)
    with clock.stopped_at(TUESDAY):
        again = submit_form.submit(card)
    assert again.again
    assert again.number == first.number


def test_it_closes_and_opens_by_itself_on_the_days_that_were_said(town: Flask) -> None:
    with clock.stopped_at(BEFORE):
        openings.close(admin(), CARD, date(2026, 11, 16), date(2026, 11, 20), SENTENCE)
    world = staffing.world(MUNICIPALITY)
    shut = []
    for moment in ("13 17:00", "16 00:00", "20 23:59", "21 00:00"):
        with clock.stopped_at(local(f"2026-11-{moment}")):
            shut.append(openings.standing(world, catalogs.live(MUNICIPALITY).form(CARD).form).closed)
    assert shut == [False, True, True, False]
    with clock.stopped_at(local("2026-11-17 10:00")):
        standing = openings.standing(world, catalogs.live(MUNICIPALITY).form(CARD).form)
        assert (standing.starts, standing.until, standing.opens) == (
            date(2026, 11, 16),
            date(2026, 11, 20),
            date(2026, 11, 21),
        )


def test_changing_the_sentence_does_not_begin_the_grace_again(closed: Flask) -> None:
    with clock.stopped_at(MONDAY):
        openings.close(admin(), CARD, None, date(2026, 11, 30), "Nog even dicht.")
        standing = openings.standing(
            staffing.world(MUNICIPALITY), catalogs.live(MUNICIPALITY).form(CARD).form
        )
    assert standing.opening.closed_from == CLOSES
    with clock.stopped_at(TUESDAY), pytest.raises(Invalid, match=openings.CLOSED):
        submit_form.submit(replace(town.card(), began=BEFORE))


def test_opened_again_it_takes_cards(closed: Flask) -> None:
    with clock.stopped_at(FRIDAY):
        openings.reopen(admin(), CARD)
        assert town.send_card().number


def test_a_closing_says_why_and_ends_after_it_begins(town: Flask) -> None:
    with clock.stopped_at(CLOSES):
        for start, last, sentence in (
            (None, None, " "),
            (date(2026, 11, 20), date(2026, 11, 16), SENTENCE),
            (None, date(2026, 11, 12), SENTENCE),
        ):
            with pytest.raises(Invalid):
                openings.close(admin(), CARD, start, last, sentence)
        with pytest.raises(NotFound):
            openings.close(admin(), "bestaat_niet", None, None, SENTENCE)
        with pytest.raises(Forbidden):
            openings.close(_desk(), CARD, None, None, SENTENCE)


def test_a_short_address_is_of_one_form_and_leads_nowhere_behind_a_login(town: Flask) -> None:
    openings.set_word(admin(), CARD, "Kaart")
    world = staffing.world(MUNICIPALITY)
    assert openings.by_word(world, "kaart") == CARD
    with pytest.raises(NotFound):
        openings.by_word(world, "")
    with pytest.raises(Invalid, match="form_behind_login"):
        openings.set_word(admin(), "brede_intake", "intake")
    with pytest.raises(Invalid):
        openings.set_word(admin(), CARD, "met spatie")
    other = next(
        line.form.id for line in openings.listed(admin()) if line.without_account and line.form.id != CARD
    )
    with pytest.raises(Conflict, match="short_word_taken"):
        openings.set_word(admin(), other, "kaart")
    assert openings.by_word(staffing.world(MUNICIPALITY), "kaart") == CARD


def test_only_origins_may_frame_and_nothing_behind_a_login(town: Flask) -> None:
    openings.set_origins(admin(), CARD, ["https://www.zandlede.be/pagina", "", "https://www.zandlede.be"])
    assert staffing.world(MUNICIPALITY).openings[CARD].origins == ("https://www.zandlede.be",)
    with pytest.raises(Invalid):
        openings.set_origins(admin(), CARD, ["*"])
    with pytest.raises(Invalid, match="form_behind_login"):
        openings.set_origins(admin(), "brede_intake", ["https://www.zandlede.be"])


def _desk() -> Actor:
    return town.actor("hilde_claes")


def _card(draft: str = "") -> submit_form.SubmitForm:
    return replace(town.card(), actor=_desk(), audience="reception", draft=draft)


def _token(token: str) -> submit_form.SubmitForm:
    return town.card(token)
