"""What is past its term is proposed by night, approved, and goes; what must stay stays, and says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.engine.durations import add_months
from app.services.cases import add_note
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import deliver_outbox
from app.services.people import link_case
from app.services.privacy import approvals, holds, proposals, records
from app.services.privacy.proposals import Proposal
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.repositories import case_rows, retention_rows, search_rows
from tests.support.bound import MUNICIPALITY
from tests.support.referring import referrals_of, registered, talk
from tests.support.town import actor, holder_of, local, press, send_card, settle

BEGIN, END = "2026-11-09 09:40", "2026-11-20 10:00"
A_YEAR_ON = "2027-11-22 03:00"


def declined(**changes: Any) -> str:
    """A card whose resident wanted no help: kept for twelve months; its case."""
    with clock.stopped_at(local(BEGIN)):
        case = send_card(**changes).case
        settle()
        add_note.add(holder_of(case), case, "Kanarienota")
    with clock.stopped_at(local(END)):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
    return case


def tonight(moment: str) -> Proposal | None:
    """What is proposed in the night of ``moment``."""
    with clock.stopped_at(local(moment)):
        proposals.plan(MUNICIPALITY)
        settle()
        found = proposals.listed(actor("karin_thijs"))
    return found[0] if found else None


def approve(proposal: Proposal, moment: str, *, by: str = "karin_thijs", **fields: Any) -> str:
    """Approve it, and have it carried out."""
    with clock.stopped_at(local(moment)):
        state, _ = approvals.approve(actor(by), proposal.id, **fields)
        settle()
    return state


def test_it_is_proposed_a_year_after_it_was_closed_and_gone_once_somebody_said_so(town: Flask) -> None:
    case = declined()
    assert tonight("2027-11-19 03:00") is None
    found = tonight(A_YEAR_ON)
    assert found is not None
    (line,) = found.lines
    assert (line.then, line.since, line.due_on) == ("delete", date(2026, 11, 20), date(2027, 11, 20))
    assert "hulp" in line.rule
    assert approve(found, A_YEAR_ON) == "running"
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = ids.from_text(case)
        assert history.verify(tx, key) is None
        last = history.entries(tx, key)[0]
        assert case_rows.get(tx, key) is None
    assert (last.code, last.params["number"], last.content) == ("destroyed", "DVK-2026-00001", None)
    (record,) = records.listed(actor("ilse_verbeke"))
    assert (record.number, record.then, record.approved) == ("DVK-2026-00001", "delete", ("Karin Thijs",))


def test_one_night_makes_one_list_and_the_next_takes_its_place(town: Flask) -> None:
    declined()
    first = tonight(A_YEAR_ON)
    again = tonight(A_YEAR_ON)
    assert first is not None
    assert again is not None
    assert again.id == first.id
    second = tonight("2027-11-23 03:00")
    assert second is not None
    assert second.id != first.id
    with pytest.raises(NotFound):
        approve(first, "2027-11-23 09:00")


def test_what_is_kept_for_a_reason_stays_and_comes_back_after_half_a_year(town: Flask) -> None:
    case = declined()
    found = tonight(A_YEAR_ON)
    assert found is not None
    with pytest.raises(Invalid, match="keep_reason"):
        approve(found, A_YEAR_ON, keep={case: " "})
    assert approve(found, A_YEAR_ON, keep={case: "Er loopt een klacht"}) == "done"
    assert tonight("2027-12-24 03:00") is None
    assert tonight("2028-06-01 03:00") is not None


def test_a_hold_keeps_it_also_when_it_comes_after_the_approval(town: Flask) -> None:
    case = declined()
    karin = actor("karin_thijs")
    found = tonight(A_YEAR_ON)
    assert found is not None
    with clock.stopped_at(local(A_YEAR_ON)):
        approvals.approve(karin, found.id)
        holds.set_on_case(karin, case, "Beroep")
        settle()
        done = proposals.one(karin, found.id)
    assert (done.state, [line.why for line in done.excepted]) == ("done", ["held"])
    held = tonight("2027-11-23 03:00")
    assert held is not None
    assert [line.why for line in held.excepted] == ["held"]
    holds.lift(karin, holds.of_case(karin, case).standing[0].id, "Voorbij")
    free = tonight("2027-11-24 03:00")
    assert free is not None
    assert [line.number for line in free.lines] == ["DVK-2026-00001"]


def test_a_hold_on_the_person_keeps_all_their_cases(town: Flask) -> None:
    with clock.stopped_at(local(BEGIN)):
        case = send_card().case
        person = link_case.make(holder_of(case), case)
    with clock.stopped_at(local(END)):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
        settle()
    holds.set_on_person(actor("ilse_verbeke"), person, "Onderzoek")
    found = tonight(A_YEAR_ON)
    assert found is not None
    assert [line.why for line in found.excepted] == ["held"]


def test_two_people_approve_more_than_a_hundred(town: Flask) -> None:
    case = declined()
    found = tonight(A_YEAR_ON)
    assert found is not None
    with transaction(MUNICIPALITY) as tx:
        key = ids.from_text(found.id)
        retention_rows.settle(tx, key, ids.from_text(case), counts={"cases": 101})
    assert approve(found, A_YEAR_ON) == "second"
    with pytest.raises(Invalid, match="approve_other"):
        approve(found, A_YEAR_ON)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert case_rows.get(tx, ids.from_text(case)) is not None
    assert approve(found, A_YEAR_ON, by="ilse_verbeke") == "running"
    (record,) = records.listed(actor("ilse_verbeke"))
    assert record.approved == ("Karin Thijs", "Ilse Verbeke")


def test_broken_off_it_goes_on_where_it_was(town: Flask) -> None:
    first, second = declined(), declined(persoon__voornaam="Godelieve")
    found = tonight(A_YEAR_ON)
    assert found is not None
    with clock.stopped_at(local(A_YEAR_ON)):
        _, wake = approvals.approve(actor("karin_thijs"), found.id)
        assert deliver_outbox.deliver(MUNICIPALITY, wake[:1]) == 1
        assert deliver_outbox.deliver(MUNICIPALITY, wake[:1]) == 0
        half = proposals.one(actor("karin_thijs"), found.id)
        assert (half.state, half.done, len(half.lines)) == ("running", 1, 1)
        settle()
        whole = proposals.one(actor("karin_thijs"), found.id)
    assert (whole.state, whole.done) == ("done", 2)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert not case_rows.many(tx, [ids.from_text(first), ids.from_text(second)])


def test_what_still_runs_beside_it_keeps_it(town: Flask) -> None:
    with clock.stopped_at(local(BEGIN)):
        registered()
        case = talk().case
        (referral,) = referrals_of(case)
    with clock.stopped_at(local(END)):
        press(referral, "terugnemen", reason="niet_nodig")
        settle()
    found = tonight("2032-01-05 03:00")
    assert found is not None
    assert [line.why for line in found.excepted] == ["linked_open"]


def test_nobody_else_approves_or_holds(town: Flask) -> None:
    case = declined()
    found = tonight(A_YEAR_ON)
    assert found is not None
    for key in ("joris_maes", "tom_aerts", "hilde_claes"):
        with pytest.raises(Forbidden):
            approvals.approve(actor(key), found.id)
        with pytest.raises(Forbidden):
            holds.set_on_case(actor(key), case, "x")
        with pytest.raises(Forbidden):
            records.listed(actor(key))


def test_the_term_is_that_of_the_calendar() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2027, 1, 31), 3) == date(2027, 4, 30)


def test_old_searches_are_forgotten(town: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        search_rows.add(tx, actor("hilde_claes").account, "page", {"name": ["Maria"]}, 1)
        assert search_rows.forget_older(tx, timedelta(days=365)) == 0
        assert search_rows.forget_older(tx, timedelta(days=-1)) == 1
