"""Who is too close to a resident gets the case by no way at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.engine.model.people import Absence
from app.engine.policy import Actor
from app.services.cases import (
    add_task,
    case_page,
    hand_over,
    keep_from,
    share_case,
    takeovers,
)
from app.services.cases.case_view import CasePage
from app.services.cases.takeover_view import Chosen
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import caught_mail, digest
from app.services.intake.submit_form import submit
from app.services.staff import staff_absences
from app.services.tasks import claim_task, finish_task, queue
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
SECRET = "Geheimpje"


def page_of(name: str, case: str) -> CasePage:
    return case_page.show(actor(name), case)


@pytest.fixture
def case(town: object) -> str:
    """A card of Joris."""
    with clock.stopped_at(MONDAY):
        return send_card().case


def _keep_nele_away(case: str) -> Actor:
    """Nele stands in for Joris; from now on she may never get this case."""
    nele = actor("nele_lambrecht")
    keep_from.keep_from(actor("joris_maes"), case, account=nele.account, reason="buurvrouw")
    return nele


def test_who_is_too_close_gets_the_case_by_no_way_at_all(case: str) -> None:
    joris, karin = actor("joris_maes"), actor("karin_thijs")
    with clock.stopped_at(MONDAY):
        assert page_of("nele_lambrecht", case).content == "full"
        nele = _keep_nele_away(case)
        with pytest.raises(NotFound):
            page_of("nele_lambrecht", case)
        version = page_of("joris_maes", case).version
        assert nele.account not in {item.account for item in hand_over.candidates(joris, case)}
        assert nele.account not in {item.account for item in page_of("joris_maes", case).substitutes}
        with pytest.raises(Invalid) as handed:
            hand_over.hand_over(joris, case, to=nele.account, reason="even", version=version)
        assert handed.value.code == "not_to"
        with pytest.raises(NotFound):
            hand_over.take_over(nele, case, reason="ik doe het", version=version)
        with pytest.raises(Invalid) as shared:
            share_case.share(joris, case, with_account=nele.account, reason="x", basis="toestemming")
        assert shared.value.code == "not_to"
        with pytest.raises(Invalid) as tasked:
            add_task.add(joris, case, "bel even", to=nele.account, due_on=date(2026, 11, 12))
        assert tasked.value.code == "not_to"
        for taker in (nele, karin):  # in bulk: by herself, and by a lead for her
            over = takeovers.begin(taker, joris.account, Chosen(), to=nele.account, reason="ziek")
            takeovers.carry_on(taker, over)
            (stays,) = takeovers.standing(taker, over).stays
            assert stays.case == case
        assert holder_of(case).account == joris.account


def test_who_is_too_close_stands_in_for_nobody_there_not_in_lists_nor_in_mail(case: str) -> None:
    with clock.stopped_at(MONDAY):
        other = send_card(persoon__voornaam="Jef")
        nele = _keep_nele_away(case)
        away = Absence(actor("joris_maes").account, date(2026, 11, 9), date(2026, 11, 20), nele.account)
        staff_absences.save(actor("joris_maes"), away)
        rows = queue.page(nele, scope="substitute").rows
        assert [row.number for row in rows] == [other.number]
        with pytest.raises(NotFound):
            finish_task.finish(nele, page_of("joris_maes", case).tasks[0].id)
    with clock.stopped_at(local("2026-11-13 07:00")):
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local("2026-11-13 08:40")):
        settle()
    mail = next(
        item
        for item in caught_mail.page(actor("mira_lauwers")).mails
        if item.recipient == "nele.lambrecht@zandlede.example"
    )
    number = page_of("joris_maes", case).number
    assert other.number in mail.body
    assert number not in mail.body


def test_who_is_too_close_does_not_look_along_when_it_is_late(case: str) -> None:
    with clock.stopped_at(MONDAY):
        nele = _keep_nele_away(case)
    with clock.stopped_at(local("2026-11-18 10:00")):  # two working days late: the substitute looks along
        settle()
        lines = [task for task in page_of("joris_maes", case).tasks if task.escalation]
    assert lines
    assert nele.account not in {task.assignee.account for task in lines}


def _from_reception(**changes: Any) -> str:
    """A card typed at the desk, where is asked who may never get it."""
    return submit(replace(card(**changes), actor=actor("hilde_claes"), audience="reception")).case


def test_whom_the_form_names_never_gets_it_from_the_start() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        person = {"id": joris.account, "kind": "staff", "name": joris.name}
        case = _from_reception(niet_door=[person])
        assert holder_of(case).account != joris.account
        with pytest.raises(NotFound):
            page_of("joris_maes", case)


def test_only_who_is_responsible_says_it_with_a_reason_and_it_can_be_taken_back(case: str) -> None:
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        with pytest.raises(Forbidden):
            keep_from.keep_from(actor("karin_thijs"), case, account=nele.account, reason="x")
        with pytest.raises(Invalid):
            keep_from.keep_from(joris, case, account=nele.account, reason=" ")
        with pytest.raises(Invalid) as own:
            keep_from.keep_from(joris, case, account=joris.account, reason="mijn tante")
        assert own.value.code == "kept_is_holder"
        _keep_nele_away(case)
        assert [item.name for item in page_of("joris_maes", case).kept_from] == [nele.name]
        assert any("buurvrouw" in line.text for line in page_of("joris_maes", case).timeline)
        keep_from.let_in(joris, case, account=nele.account, reason="toch niet")
        assert page_of("nele_lambrecht", case).content == "full"


def test_who_finds_out_it_is_family_hands_over_and_never_gets_it_back(case: str) -> None:
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        version = page_of("joris_maes", case).version
        hand_over.hand_over(
            joris, case, to=nele.account, reason="mijn tante", version=version, too_close=True
        )
        with pytest.raises(NotFound):
            page_of("joris_maes", case)
        back = page_of("nele_lambrecht", case).version
        with pytest.raises(Invalid):
            hand_over.hand_over(nele, case, to=joris.account, reason="terug", version=back)


def test_a_group_case_cannot_be_claimed_by_who_is_too_close() -> None:
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        person = {"id": hilde.account, "kind": "staff", "name": hilde.name}
        case = _from_reception(zorgen=["andere"], persoon__geboorte=1990, niet_door=[person])
        task = case_page.show(holder_of(case), case).tasks[0].id
        with pytest.raises(NotFound):
            claim_task.claim(hilde, task)
        assert queue.page(hilde, scope="group").rows == ()
