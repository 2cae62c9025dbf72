from __future__ import annotations

from datetime import date

import pytest

from app.engine import staff
from app.engine.model.people import Absence
from app.services.cases import case_page
from app.services.errors import AlreadyDone, Forbidden, Invalid
from app.services.intake.submit_form import Receipt
from app.services.staff import staff_absences, staffing
from app.services.tasks import claim_task, finish_task, overview, queue
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def group_card() -> Receipt:
    """A card for the group queue of the reception desk."""
    return send_card(zorgen=["vertel_liever_zelf"], persoon__geboorte=1980)


def test_pages_follow_each_other_without_gap_or_double() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        numbers = [send_card().number for _ in range(5)]
        seen, cursor = [], ""
        for _ in range(3):
            page = queue.page(joris, cursor=cursor, size=2)
            seen += [row.number for row in page.rows]
            cursor = page.next
    assert seen == numbers
    assert cursor == ""


def test_views_and_their_numbers_agree() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        for _ in range(3):
            send_card()
    for moment, expected in (
        ("2026-11-09 10:00", {"overdue": 0, "today": 0, "week": 3, "waiting": 0, "all": 3}),
        ("2026-11-13 10:00", {"overdue": 0, "today": 3, "week": 3, "waiting": 0, "all": 3}),
        ("2026-11-14 10:00", {"overdue": 3, "today": 0, "week": 0, "waiting": 0, "all": 3}),
    ):
        with clock.stopped_at(local(moment)):
            for view, n in expected.items():
                page = queue.page(joris, view)
                assert (view, len(page.rows), getattr(page.counts, view)) == (view, n, n)


def test_a_next_attempt_waits_until_another_part_of_the_day() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        card = send_card()
        page = case_page.show(joris, card.case)
        form = next(action.form for action in page.actions if action.id == "niet_bereikt")
        assert form is not None
        answers = {f.id: f.options.ids[0] if f.options else "x" for f in form.fields() if f.required}
        press(card.case, "niet_bereikt", answers)
        waiting = queue.page(joris, "waiting")
    assert [row.waits_until for row in waiting.rows] == [date(2026, 11, 10)]
    assert waiting.counts.all == waiting.counts.waiting == 1
    assert waiting.counts.week == 0


def test_a_row_says_why_it_is_here_without_what_it_is_about() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        (row,) = queue.page(actor("joris_maes")).rows
    assert row.why == "Joris Maes is Aanspreekpunt 65+."
    assert "kat" not in str(row)
    assert "enzaam" not in str(row)


def test_only_who_looks_after_the_work_sees_everybodys() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        with pytest.raises(Forbidden):
            queue.page(actor("joris_maes"), scope="team")
        with pytest.raises(Forbidden):
            queue.page(actor("tom_aerts"))
        assert queue.page(actor("karin_thijs"), scope="team").counts.all == 1


@pytest.mark.parametrize("bad", [{"view": "x"}, {"scope": "x"}, {"cursor": "x"}, {"cursor": "2026-11-09.zz"}])
def test_an_address_nobody_gave_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        queue.page(actor("joris_maes"), **bad)  # type: ignore[arg-type]


def test_a_group_task_is_taken_once() -> None:
    hilde, veerle = actor("hilde_claes"), actor("veerle_naessens")
    with clock.stopped_at(MONDAY):
        group_card()
        (row,) = queue.page(veerle, scope="group").rows
        assert row.claimable
        claim_task.claim(veerle, row.task)
        with pytest.raises(AlreadyDone):
            claim_task.claim(hilde, row.task)
        assert queue.page(veerle, scope="group").rows == ()
        assert case_page.holder("zandlede", row.case) == veerle.account
        assert len(queue.page(veerle).rows) == 1


def test_nobody_takes_a_task_of_a_group_that_is_not_theirs() -> None:
    with clock.stopped_at(MONDAY):
        group_card()
        (row,) = queue.page(actor("hilde_claes"), scope="group").rows
        with pytest.raises(Forbidden):
            claim_task.claim(actor("an_goethals"), row.task)


def test_the_main_task_is_not_ticked_off() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        (row,) = queue.page(actor("joris_maes")).rows
        with pytest.raises(Invalid):
            finish_task.finish(holder_of(card.case), row.task)


def test_the_overview_counts_without_opening_anything() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        group_card()
    with clock.stopped_at(local("2026-11-16 10:00")):
        seen = overview.show(actor("karin_thijs"))
        with pytest.raises(Forbidden):
            overview.show(actor("joris_maes"))
    loads = {load.name: load for load in seen.loads}
    assert loads["Joris Maes"].overdue == 1
    assert seen.open_cases == 2
    assert len(seen.unclaimed) == 1
    assert seen.late[0].days < 0


def test_a_substitute_sees_the_work_of_their_own_neighbourhoods_only() -> None:
    bram, hour = actor("bram_de_coster"), local("2026-11-10 10:00")
    with clock.stopped_at(MONDAY):
        places = {
            place: send_card(buurt=place, persoon__geboorte=1980, zorgen=["eenzaam"])
            for place in ("oosthoek", "statie")
        }
    held = {place: case_page.holder(MUNICIPALITY, card.case) for place, card in places.items()}
    world = staffing.world(MUNICIPALITY)
    mine = {
        place
        for place, account in held.items()
        if bram.account in staff.substitutes_of(account, "buurtzorgregisseur", place, world, hour)
    }
    karin = actor("karin_thijs")
    with clock.stopped_at(hour):
        for account in set(held.values()) - {bram.account}:
            staff_absences.save(karin, Absence(account, date(2026, 11, 10), date(2026, 11, 10)))
        page = queue.page(bram, scope="substitute")
    assert {row.number for row in page.rows} == {places[place].number for place in mine}
    assert page.counts.all == len(page.rows) == dict(page.totals)["substitute"]
