from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.engine.policy import Actor
from app.services.cases import case_page
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.intake.submit_form import submit
from app.services.tasks import queue
from app.storage import clock, history, ids
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def test_a_card_lands_with_the_contact_person_first_attempt_and_limit_in_time() -> None:
    with clock.stopped_at(MONDAY):
        receipt = send_card()
        rows = queue.page(actor("joris_maes")).rows
        page = case_page.show(actor("joris_maes"), receipt.case)
    assert receipt.contact.name == "Joris Maes"
    assert receipt.contact_by == date(2026, 11, 24)
    assert [(row.number, row.due_on) for row in rows] == [(receipt.number, date(2026, 11, 13))]
    assert [(limit.id, limit.due_on) for limit in page.limits] == [("eerste_contact", date(2026, 11, 24))]
    assert page.content == "full"


def test_numbers_count_on_without_holes() -> None:
    with clock.stopped_at(MONDAY):
        first = send_card()
        with pytest.raises(Invalid):
            send_card(buurt=None)
        second = send_card()
    assert (first.number, second.number) == ("DVK-2026-00001", "DVK-2026-00002")


def test_a_double_click_makes_one_case_and_gives_the_same_receipt() -> None:
    with clock.stopped_at(MONDAY):
        first, again = send_card("token-a"), send_card("token-a")
        everything = queue.page(actor("karin_thijs"), scope="team")
    assert again.again
    assert (again.number, again.status_code) == (first.number, first.status_code)
    assert everything.counts.all == 1


def test_the_same_token_with_other_answers_is_refused_and_stores_nothing() -> None:
    with clock.stopped_at(MONDAY):
        send_card("token-b")
        with pytest.raises(Conflict):
            send_card("token-b", toelichting="iets anders")
        assert queue.page(actor("karin_thijs"), scope="team").counts.all == 1


def test_eight_clicks_at_the_same_moment_make_one_case(town: Flask) -> None:
    with clock.stopped_at(MONDAY):
        request = card("token-c")

        def click(_: int) -> str:
            with town.app_context():
                return submit(request).case

        with ThreadPoolExecutor(8) as hands:
            cases = list(hands.map(click, range(8)))
        assert len(set(cases)) == 1
        assert queue.page(actor("karin_thijs"), scope="team").counts.all == 1


def test_what_is_missing_comes_back_beside_its_field() -> None:
    with clock.stopped_at(MONDAY), pytest.raises(Invalid) as problem:
        send_card(akkoord_contact=None)
    assert "akkoord_contact" in {error.field for error in problem.value.errors}
    assert problem.value.judgement is not None


def test_a_form_is_only_for_its_audience() -> None:
    request = card()
    with pytest.raises(Forbidden):
        submit(replace(request, audience="volunteer"))
    with pytest.raises(Forbidden):
        submit(replace(request, actor=Actor("", MUNICIPALITY), audience="reception"))


def test_a_card_that_reception_enters_makes_a_person_with_a_contact_person() -> None:
    request = card()
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        receipt = submit(replace(request, actor=hilde, audience="reception"))
        page = case_page.show(holder_of(receipt.case), receipt.case)
    assert page.person
    assert page.called


def test_the_history_of_a_case_is_a_whole_chain() -> None:
    with clock.stopped_at(MONDAY):
        receipt = send_card()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert history.verify(tx, ids.from_text(receipt.case)) is None
        assert len(history.entries(tx, ids.from_text(receipt.case))) >= 3
