"""Does every change of staff leave work with somebody, say what to arrange first, and stand in the log?"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from app.engine.model.people import Holding
from app.services.cases import case_page, hand_over
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.staff import staff_leaving, staff_people, staff_points, staffing
from app.services.staff.staff_change import ToArrange
from app.services.staff.staff_leaving import Choices
from app.services.staff.staff_people import PersonForm
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.repositories import case_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
MIA = PersonForm("Mia Peeters", "mia.peeters@zandlede.example", "0400 00 00 40")


def who(key: str) -> str:
    return staffing.account_id(MUNICIPALITY, key)


def holding(point: str, place: str = "") -> Holding:
    return next(
        item
        for item in staffing.world(MUNICIPALITY).staffing.holdings
        if (item.contact_point, item.neighbourhood) == (point, place)
    )


def last_logged() -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return history.entries(tx, None, limit=1)[0].code


def missing(caught: pytest.ExceptionInfo[ToArrange]) -> list[tuple[str, str]]:
    return [(fault.code, fault.point) for fault in caught.value.faults]


# People --------------------------------------------------------------------------------------------------------------


def test_somebody_new_stands_in_the_list_and_cannot_sign_in_yet() -> None:
    karin = actor("karin_thijs")
    form = replace(MIA, weekdays=frozenset({0, 2}), hours=((2, time(8, 30), time(12)),))
    account = staff_people.add(karin, form)
    _, line = staff_people.one(karin, account)
    assert (line.worker.name, line.worker.weekdays, line.worker.hours) == (
        "Mia Peeters",
        frozenset({0, 2}),
        ((2, time(8, 30), time(12)),),
    )
    assert not line.can_sign_in
    assert last_logged() == "account_created"


def test_an_address_belongs_to_one_person() -> None:
    karin = actor("karin_thijs")
    with pytest.raises(Conflict, match="account_exists"):
        staff_people.add(karin, replace(MIA, email="Joris.Maes@zandlede.example"))
    with pytest.raises(Invalid) as caught:
        staff_people.add(karin, PersonForm("", "mia", "bel mij", frozenset()))
    assert {error.field for error in caught.value.errors} == {"name", "email", "phone", "roles"}


def test_nobody_gives_more_than_they_answer_for() -> None:
    karin, tom, joris = actor("karin_thijs"), actor("tom_aerts"), actor("joris_maes")
    staff_people.add(karin, replace(MIA, roles=frozenset({"contact", "coordinator"})))
    for asks, roles in ((karin, {"system_admin"}), (karin, {"dpo"}), (tom, {"head_of_service"})):
        with pytest.raises(Forbidden, match="role_not_yours"):
            staff_people.add(asks, replace(MIA, email="x@zandlede.example", roles=frozenset(roles)))
    with pytest.raises(Forbidden):
        staff_people.add(joris, replace(MIA, email="x@zandlede.example"))
    mira = staff_people.one(karin, who("mira_lauwers"))[1].worker
    taken_over = PersonForm(mira.name, "karin2@zandlede.example", mira.phone, mira.roles)
    with pytest.raises(Forbidden, match="role_not_yours"):
        staff_people.save(karin, mira.id, taken_over)


def test_the_last_of_a_role_keeps_it_until_somebody_else_has_it() -> None:
    mira = replace(actor("mira_lauwers"), account="")  # somebody with both acts, not the person themselves
    ilse = staff_people.one(mira, who("ilse_verbeke"))[1].worker
    form = PersonForm(ilse.name, ilse.email, ilse.phone, frozenset({"contact"}))
    with pytest.raises(ToArrange) as caught:
        staff_people.save(mira, ilse.id, form)
    assert [(item.code, item.role) for item in caught.value.faults] == [("sole_role", "dpo")]
    marleen = staff_people.one(mira, who("marleen_baert"))[1].worker
    given = PersonForm(marleen.name, marleen.email, marleen.phone, frozenset({"contact", "dpo"}))
    staff_people.save(mira, marleen.id, given)
    staff_people.save(mira, ilse.id, form)


# Leaving -------------------------------------------------------------------------------------------------------------


def test_who_leaves_hands_over_step_by_step_and_one_press_finishes_it() -> None:
    karin, joris, nele = actor("karin_thijs"), who("joris_maes"), who("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        cards = [send_card() for _ in range(5)]
        with pytest.raises(ToArrange) as caught:
            staff_people.deactivate(karin, joris)
        assert missing(caught) == [("left_work", ""), ("holder_gone", "aanspreekpunt_65plus")]
        plan = staff_leaving.plan(karin, joris)
        assert (plan.cases, plan.first["aanspreekpunt_65plus", ""]) == (5, nele)
        place = ("aanspreekpunt_65plus", "")
        staff_leaving.arrange(karin, joris, Choices(holders={place: nele}), seen=plan.version)
        batch = hand_over.give_all(karin, joris, to=nele, reason="Joris stopt", most=3)
        assert (batch.moved, staff_leaving.left(karin, joris)[0]) == (3, 2)
        hand_over.give_all(karin, joris, to=nele, reason="Joris stopt")
        ready = staff_leaving.plan(karin, joris)
        assert ready.ready
        staff_people.deactivate(karin, joris, seen=ready.version)
    assert {case_page.holder(MUNICIPALITY, card.case) for card in cards} == {nele}
    assert holding("aanspreekpunt_65plus") == Holding(
        *place, nele, (who("bram_de_coster"),), who("karin_thijs")
    )
    assert joris not in holding("thuiszorgcoordinator").substitutes
    assert last_logged() == "account_closed"
    staff_people.reactivate(karin, joris)
    assert staffing.world(MUNICIPALITY).staffing.workers[joris].active


def test_a_card_that_still_reached_who_left_finds_somebody_a_moment_later() -> None:
    karin, dries, marleen = actor("karin_thijs"), who("dries_vermeulen"), who("marleen_baert")
    with clock.stopped_at(MONDAY):
        card = send_card()
        staff_leaving.arrange(karin, dries, Choices(holders={("woonloket", ""): marleen}))
        staff_people.deactivate(karin, dries)
        with transaction(MUNICIPALITY) as tx:  # what somebody who read the staff a moment earlier would write
            key = {"holder": dries, "contact_point": "woonloket"}
            assert case_rows.update(tx, ids.from_text(card.case), version=1, values=key)
    with clock.stopped_at(MONDAY + timedelta(minutes=3)):
        settle()
    assert case_page.holder(MUNICIPALITY, card.case) == marleen


def test_a_case_that_may_not_go_to_somebody_stays_and_is_named() -> None:
    karin, joris, nele = actor("karin_thijs"), who("joris_maes"), who("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        card = send_card()
        batch = hand_over.give_all(karin, joris, to=joris, reason="toch niet")
        assert [(item.number, item.code) for item in batch.stays] == [(card.number, "same_holder")]
        again = hand_over.give_all(karin, joris, to=nele, reason="weg", skip=(batch.stays[0].case,))
        assert again.moved == 0
        with pytest.raises(Invalid):
            hand_over.give_all(karin, joris, to=nele, reason=" ")
        with pytest.raises(Forbidden):
            hand_over.give_all(actor("tom_aerts"), joris, to=nele, reason="weg")


def test_the_owner_of_everything_and_only_head_leaves_only_with_successors() -> None:
    mira = actor("mira_lauwers")
    karin, veerle = who("karin_thijs"), who("veerle_naessens")
    with clock.stopped_at(MONDAY):
        plan = staff_leaving.plan(mira, karin)
        owners = {(item.point, item.place): veerle for item in plan.faults if item.code == "owner_gone"}
        assert len(owners) == 24
        assert ("sole_role", "head_of_service") in {(item.code, item.role) for item in plan.faults}
        with pytest.raises(Invalid, match="leaver_chosen"):
            staff_leaving.arrange(mira, karin, Choices(roles={"head_of_service": karin}))
        staff_leaving.arrange(mira, karin, Choices(owners=owners, roles={"head_of_service": veerle}))
        staff_people.deactivate(mira, karin)
    assert "head_of_service" in staffing.world(MUNICIPALITY).staffing.workers[veerle].roles


def test_who_is_on_the_roster_leaves_when_the_roster_is_whole() -> None:
    karin, lotte, stijn = actor("karin_thijs"), who("lotte_pauwels"), who("stijn_haerinck")
    with clock.stopped_at(MONDAY):
        assert {item.code for item in staff_leaving.plan(karin, lotte).faults} == {"roster_gap"}
        staff_leaving.arrange(karin, lotte, Choices(duties=stijn))
        staff_people.deactivate(karin, lotte)
    duties = staffing.world(MUNICIPALITY).staffing.duties
    assert {item.account for item in duties if item.end > MONDAY} == {stijn}
    assert lotte in {item.account for item in duties}


def test_nobody_closes_their_own_account_or_that_of_an_administrator() -> None:
    karin = actor("karin_thijs")
    with pytest.raises(Forbidden):
        staff_people.deactivate(karin, karin.account)
    with pytest.raises(Forbidden):
        staff_leaving.plan(karin, who("mira_lauwers"))
    with pytest.raises(NotFound):
        staff_leaving.plan(karin, "nobody")


# Contact points ------------------------------------------------------------------------------------------------------


def test_a_neighbourhood_gets_a_holder_and_loses_it_again() -> None:
    karin = actor("karin_thijs")
    fresh = Holding("buurtzorgregisseur", "statie", who("griet_cools"), (who("joris_maes"),), karin.account)
    version = staff_points.listed(karin).version
    staff_points.put(karin, fresh, seen=version)
    assert holding("buurtzorgregisseur", "statie") == fresh
    with pytest.raises(Conflict, match="staff_changed"):
        staff_points.put(karin, replace(fresh, holder=who("an_goethals")), seen=version)
    staff_points.drop(karin, "buurtzorgregisseur", "statie")
    _, line = staff_points.one(karin, "buurtzorgregisseur")
    assert "statie" in dict(line.free)
    with pytest.raises(ToArrange) as caught:
        staff_points.drop(karin, "buurtzorgregisseur", "")
    assert missing(caught) == [("no_default", "buurtzorgregisseur")]


@pytest.mark.parametrize("place", ["nergens", "statie"])
def test_only_a_contact_point_per_neighbourhood_has_places(place: str) -> None:
    karin = actor("karin_thijs")
    with pytest.raises(NotFound):
        staff_points.put(karin, replace(holding("woonloket"), neighbourhood=place))


def test_a_roster_in_turn_keeps_its_hour_and_breaks_nowhere() -> None:
    karin = actor("karin_thijs")
    calendar = staffing.world(MUNICIPALITY).calendar
    start = local("2026-12-14 08:30").astimezone(calendar.zone)
    turns = staff_points.in_turn(
        "wachtdienst", [who("griet_cools"), who("jens_willems")], start, every=staff_points.WEEK, times=20
    )
    assert {item.start.astimezone(calendar.zone).time() for item in turns} == {time(8, 30)}
    with clock.stopped_at(MONDAY):
        _, line = staff_points.one(karin, "wachtdienst")
        staff_points.put_duties(karin, "wachtdienst", [*line.duties, *turns])
        with pytest.raises(ToArrange) as caught:
            staff_points.put_duties(karin, "wachtdienst", [*line.duties, *turns[1:]])
        assert missing(caught) == [("roster_gap", "wachtdienst")]
        with pytest.raises(Invalid, match="duty_overlap"):
            staff_points.put_duties(
                karin, "wachtdienst", [*line.duties, *turns, replace(turns[0], account="x")]
            )
    kept = staffing.world(MUNICIPALITY).staffing.duties
    assert len([item for item in kept if item.end <= MONDAY]) == 5  # what is over stays as it was
