"""Is it told before somebody is away who gets what, and does nothing wait for who is not there?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.engine.model.people import Absence
from app.services.cases import case_page
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import caught_mail
from app.services.staff import staff_absences, staffing
from app.services.staff.staff_change import ToArrange
from app.services.tasks import queue
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def who(key: str) -> str:
    return staffing.account_id(MUNICIPALITY, key)


def missing(caught: pytest.ExceptionInfo[ToArrange]) -> list[tuple[str, str]]:
    return [(fault.code, fault.point) for fault in caught.value.faults]


def test_before_saving_it_is_told_who_gets_what() -> None:
    joris, nele = actor("joris_maes"), who("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        send_card()
        away = Absence(joris.account, date(2026, 11, 12), date(2026, 11, 20))
        seen = staff_absences.preview(joris, away)
        assert [(item.point, item.person) for item in seen.news] == [("aanspreekpunt_65plus", nele)]
        assert [(item.person, item.tasks, item.due, item.urgent) for item in seen.open] == [(nele, 1, 1, 0)]
        staff_absences.save(joris, away)
        assert [row.account for row in staff_absences.upcoming(joris, own=True)[1]] == [joris.account]


def test_the_only_substitute_away_too_is_told_and_another_replacement_solves_it() -> None:
    karin, joris = actor("karin_thijs"), actor("joris_maes")
    days = (date(2026, 11, 16), date(2026, 11, 20))
    with clock.stopped_at(MONDAY):
        for key in ("nele_lambrecht", "bram_de_coster"):
            other = "griet_cools" if key == "nele_lambrecht" else "an_goethals"
            staff_absences.save(karin, Absence(who(key), *days, who(other)))
        with pytest.raises(ToArrange) as caught:
            staff_absences.save(joris, Absence(joris.account, *days))
        assert missing(caught) == [("nobody_there", "aanspreekpunt_65plus")]
        staff_absences.save(joris, Absence(joris.account, *days, who("jens_willems")))


def test_ill_today_mails_the_stand_in_what_cannot_wait() -> None:
    karin = actor("karin_thijs")
    lotte, stijn = actor("lotte_pauwels"), who("stijn_haerinck")
    with clock.stopped_at(MONDAY):
        card = send_card(dringend="vandaag")
        assert case_page.holder(MUNICIPALITY, card.case) == lotte.account
        today = date(2026, 11, 9)
        seen = staff_absences.preview(karin, Absence(lotte.account, today, today, stijn))
        assert seen.open[0].urgent
        done = staff_absences.save(karin, Absence(lotte.account, today, today, stijn))
        assert len(done.wake) == 1
        settle()
        assert "stijn.haerinck@zandlede.example" in {
            mail.recipient for mail in caught_mail.page(actor("tom_aerts")).mails
        }
        assert [row.number for row in queue.page(actor("stijn_haerinck"), scope="substitute").rows] == [
            card.number
        ]


def test_back_early_ends_it_and_one_plans_only_ones_own() -> None:
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        away = Absence(joris.account, date(2026, 11, 9), date(2026, 11, 20))
        (key,) = staff_absences.save(joris, away).absences
        (later,) = staff_absences.save(
            joris, Absence(joris.account, date(2026, 12, 1), date(2026, 12, 1))
        ).absences
        with pytest.raises(Forbidden):
            staff_absences.end(nele, key)
        with pytest.raises(Forbidden):
            staff_absences.save(nele, replace(away, start=date(2026, 12, 7), end=date(2026, 12, 7)))
    with clock.stopped_at(local("2026-11-11 08:00")):
        staff_absences.end(joris, key)
        staff_absences.end(joris, later)
        with pytest.raises(NotFound):
            staff_absences.end(joris, later)
        assert staff_absences.upcoming(joris, own=True)[1] == ()
    assert [item.end for item in staffing.world(MUNICIPALITY).staffing.absences] == [date(2026, 11, 10)]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2026, 11, 13), date(2026, 11, 12), "absence_order"),
        (date(2026, 11, 2), date(2026, 11, 6), "absence_over"),
        (date(2026, 11, 13), date(2036, 11, 12), "absence_long"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(start: date, end: date, code: str) -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY), pytest.raises(Invalid, match=code):
        staff_absences.save(joris, Absence(joris.account, start, end))
