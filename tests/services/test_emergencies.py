"""Reading in an emergency: two others agree, an hour long, written down each time; and every way around it refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.services.cases import case_page, emergencies, emergency_read, keep_from, read_log
from app.services.cases.emergency_read import Request
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.follow_up import caught_mail
from app.services.people import resident_page
from app.services.people.resident_codes import ResidentKey
from app.services.tasks import queue
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.models import Emergency
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.town import actor, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
WHY = "Familie aan de deur, Joris is niet te bereiken"
TOLD = "Geheimpje over de kat"


@pytest.fixture
def case(town: object) -> str:
    """A card of Joris, who follows it up."""
    with clock.stopped_at(MONDAY):
        return send_card().case


def number_of(case: str) -> str:
    return case_page.show(actor("joris_maes"), case).number


def asked(case: str, who: str = "mira_lauwers") -> str:
    """A request of the system administrator, who never sees content otherwise."""
    return emergencies.ask(actor(who), number_of(case), ground="noodtoestand", reason=WHY)[0]


def agreed(case: str) -> str:
    request = asked(case)
    emergencies.answer(actor("karin_thijs"), request, agreed=True)
    emergencies.answer(actor("ilse_verbeke"), request, agreed=True)
    return request


def state(who: str, request: str) -> Request:
    return emergency_read.show(actor(who), request)


def test_two_others_agree_and_an_hour_long_one_case_can_be_read_and_nothing_else(case: str) -> None:
    mira = actor("mira_lauwers")
    with clock.stopped_at(MONDAY):
        request = asked(case)
        with pytest.raises(NotFound):
            emergency_read.read(mira, request)
        emergencies.answer(actor("karin_thijs"), request, agreed=True)
        with pytest.raises(NotFound):
            emergency_read.read(mira, request)
        emergencies.answer(actor("ilse_verbeke"), request, agreed=True)
        running, page = emergency_read.read(mira, request)
        assert running.minutes == 60
        assert TOLD in repr(page.submissions)
        assert not page.actions
        assert not any((page.may_share, page.may_hand_over, page.may_add_task, page.may_keep_from))
        with pytest.raises(NotFound):
            case_page.show(mira, case)
    with clock.stopped_at(MONDAY + timedelta(minutes=59)):
        assert emergency_read.read(mira, request)[0].minutes == 1
        assert [item.number for item in emergency_read.running(mira)] == [page.number]
    with clock.stopped_at(MONDAY + timedelta(minutes=60)):
        assert emergency_read.running(mira) == []
        assert state("mira_lauwers", request).state == "over"
        with pytest.raises(NotFound):
            emergency_read.read(mira, request)


def test_who_approves_hears_it_at_once_by_task_and_mail_without_content(case: str) -> None:
    with clock.stopped_at(MONDAY):
        settle()
        before = {mail.id for mail in caught_mail.page(actor("tom_aerts")).mails}
        request = asked(case)
        settle()
        mails = [mail for mail in caught_mail.page(actor("tom_aerts")).mails if mail.id not in before]
        to = {mail.recipient.partition("@")[0] for mail in mails}
        assert to == {"karin.thijs", "veerle.naessens", "ilse.verbeke"}
        for mail in mails:
            body = caught_mail.show(actor("tom_aerts"), mail.id).body
            assert "/noodinzage" in body
            assert not any(word in mail.subject + body for word in (WHY, number_of(case), "Maria", TOLD))
        for who in ("karin_thijs", "veerle_naessens", "ilse_verbeke"):
            rows = queue.page(actor(who), "all").rows
            assert [row.label for row in rows if "Noodinzage" in row.label], who
        emergencies.answer(actor("karin_thijs"), request, agreed=True)
        emergencies.answer(actor("veerle_naessens"), request, agreed=True)
        left = [
            row.label
            for who in ("karin_thijs", "veerle_naessens")
            for row in queue.page(actor(who), "all").rows
        ]
        assert not [label for label in left if "Noodinzage" in label]
        (review,) = (
            row for row in queue.page(actor("ilse_verbeke"), "all").rows if "Noodinzage" in row.label
        )
        assert "kijk na" in review.label
        assert review.waits_until is None


def test_a_task_to_approve_opens_no_content(case: str) -> None:
    with clock.stopped_at(MONDAY):
        asked(case)
        for who in ("veerle_naessens", "karin_thijs", "ilse_verbeke"):
            assert case_page.show(actor(who), case).content != "full"


def test_nobody_agrees_to_their_own_request_nor_twice(case: str) -> None:
    with clock.stopped_at(MONDAY):
        own = asked(case, "karin_thijs")
        with pytest.raises(Forbidden):
            emergencies.answer(actor("karin_thijs"), own, agreed=True)
        emergencies.answer(actor("ilse_verbeke"), own, agreed=True)
        with pytest.raises(Conflict, match="emergency_said"):
            emergencies.answer(actor("ilse_verbeke"), own, agreed=True)
        with pytest.raises(NotFound):
            emergency_read.read(actor("karin_thijs"), own)
        emergencies.answer(actor("veerle_naessens"), own, agreed=True)
        assert emergency_read.read(actor("karin_thijs"), own)
        with pytest.raises(NotFound):
            emergency_read.read(actor("mira_lauwers"), own)


@pytest.mark.parametrize("who", ["hilde_claes", "joris_maes", "tom_aerts", "pieter_bogaert", "mira_lauwers"])
def test_who_has_no_right_to_approve_does_not_even_see_the_request(case: str, who: str) -> None:
    with clock.stopped_at(MONDAY):
        request = asked(case, "dries_vermeulen" if who == "mira_lauwers" else "mira_lauwers")
        for refused in (
            lambda: emergencies.answer(actor(who), request, agreed=True),
            lambda: state(who, request),
            lambda: emergency_read.read(actor(who), request),
            lambda: emergencies.end(actor(who), request),
        ):
            with pytest.raises((NotFound, Forbidden)):
                refused()


def test_one_refusal_ends_it_and_a_stale_answer_says_so(case: str) -> None:
    with clock.stopped_at(MONDAY):
        request = asked(case)
        emergencies.answer(actor("karin_thijs"), request, agreed=False)
        assert state("ilse_verbeke", request).state == "refused"
        with pytest.raises(Conflict, match="emergency_over"):
            emergencies.answer(actor("ilse_verbeke"), request, agreed=True)
        with pytest.raises(NotFound):
            emergency_read.read(actor("mira_lauwers"), request)


def test_what_nobody_answered_in_four_hours_lapses(case: str) -> None:
    with clock.stopped_at(MONDAY):
        request = asked(case)
        emergencies.answer(actor("karin_thijs"), request, agreed=True)
    with clock.stopped_at(MONDAY + timedelta(hours=4)):
        assert state("ilse_verbeke", request).state == "lapsed"
        with pytest.raises(Conflict, match="emergency_over"):
            emergencies.answer(actor("ilse_verbeke"), request, agreed=True)
        assert asked(case) != request


@pytest.mark.parametrize("who", ["mira_lauwers", "karin_thijs"])
def test_it_ends_by_hand_of_who_asked_or_who_approves(case: str, who: str) -> None:
    with clock.stopped_at(MONDAY):
        request = agreed(case)
        emergencies.end(actor(who), request)
        with pytest.raises(NotFound):
            emergency_read.read(actor("mira_lauwers"), request)
        with pytest.raises(Conflict, match="emergency_over"):
            emergencies.end(actor(who), request)


def test_the_officer_looks_at_it_afterwards(case: str) -> None:
    ilse = actor("ilse_verbeke")
    with clock.stopped_at(MONDAY):
        request = agreed(case)
        with pytest.raises(Conflict, match="emergency_running"):
            emergencies.review(ilse, request, "Het was nodig.")
    with clock.stopped_at(MONDAY + timedelta(hours=2)):
        assert state("ilse_verbeke", request).reviewable
        with pytest.raises(Forbidden):
            emergencies.review(actor("karin_thijs"), request, "Het was nodig.")
        with pytest.raises(Invalid, match="reason_needed"):
            emergencies.review(ilse, request, " ")
        emergencies.review(ilse, request, "Het was nodig.")
        with pytest.raises(Conflict, match="emergency_reviewed"):
            emergencies.review(ilse, request, "Nog eens.")
        assert not [row for row in queue.page(ilse, "all").rows if "Noodinzage" in row.label]


def test_every_reading_stands_in_the_log_the_history_and_the_list_of_the_resident(case: str) -> None:
    with clock.stopped_at(MONDAY):
        request = agreed(case)
        for _ in range(3):
            emergency_read.read(actor("mira_lauwers"), request)
        read = [
            line for line in read_log.of_case(actor("ilse_verbeke"), case) if line.act == "emergency.read"
        ]
        assert len(read) == 3
        assert {(line.ground, line.who) for line in read} == {("emergency", "Mira Lauwers")}
        assert all(request in line.reason and WHY in line.reason for line in read)
        told = resident_page.show(ResidentKey(MUNICIPALITY, case, 1)).readers
        (line,) = (line for line in told if "nood" in line.why)
        assert line.times == 3
        assert "Mira Lauwers" in line.who
        assert not any(WHY in line.why for line in told)
        codes = [line.code for line in case_page.show(actor("joris_maes"), case).timeline]
        assert {"emergency_asked", "emergency_agreed", "emergency_opened"} <= set(codes)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert history.verify(tx, ids.from_text(case)) is None


def test_reasons_are_sealed_in_the_database(case: str) -> None:
    with clock.stopped_at(MONDAY):
        request = agreed(case)
        emergency_read.read(actor("mira_lauwers"), request)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            for table in (
                Emergency.__table__,
                sa.table("read_log", sa.column("reason"), sa.column("sealed")),
            ):
                assert WHY not in repr([tuple(row) for row in tx.execute(sa.select(table))])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ground": "nieuwsgierig"}, "basis_needed"),
        ({"reason": "  "}, "reason_needed"),
        ({"reason": "x" * 501}, "reason_needed"),
        ({"number": "DVK-2026-99999"}, "^$"),
    ],
)
def test_what_is_not_said_is_not_asked(case: str, change: dict[str, str], error: str) -> None:
    given = {"number": number_of(case), "ground": "noodtoestand", "reason": WHY} | change
    with pytest.raises((Invalid, NotFound), match=error):
        emergencies.ask(
            actor("mira_lauwers"), given["number"], ground=given["ground"], reason=given["reason"]
        )


def test_it_is_not_asked_twice_nor_by_who_reads_already(case: str) -> None:
    with clock.stopped_at(MONDAY):
        asked(case)
        with pytest.raises(Invalid, match="emergency_standing"):
            asked(case)
        with pytest.raises(Invalid, match="emergency_needless"):
            asked(case, "joris_maes")
        for who in ("tom_aerts", "pieter_bogaert", "ilse_verbeke"):
            with pytest.raises(Forbidden):
                asked(case, who)


def test_who_is_kept_from_a_case_neither_asks_nor_approves(case: str) -> None:
    with clock.stopped_at(MONDAY):
        for who in ("mira_lauwers", "karin_thijs"):
            keep_from.keep_from(actor("joris_maes"), case, account=actor(who).account, reason="familie")
        with pytest.raises(NotFound):
            asked(case)
        request = asked(case, "dries_vermeulen")
        with pytest.raises(NotFound):
            emergencies.answer(actor("karin_thijs"), request, agreed=True)
        assert emergency_read.listed(actor("karin_thijs")) == []
        keep_from.keep_from(
            actor("joris_maes"), case, account=actor("ilse_verbeke").account, reason="familie"
        )
        with pytest.raises(NotFound):
            state("ilse_verbeke", request)


def test_what_consent_was_withdrawn_for_is_not_read_in_an_emergency_either(case: str) -> None:
    with clock.stopped_at(MONDAY):
        number = number_of(case)
        request = agreed(case)
        press(case, "intrekken", {})
        with pytest.raises(NotFound):
            emergency_read.read(actor("mira_lauwers"), request)
        with pytest.raises(NotFound):
            emergencies.ask(actor("dries_vermeulen"), number, ground="noodtoestand", reason=WHY)


def test_another_municipality_neither_asks_nor_answers(case: str) -> None:
    with clock.stopped_at(MONDAY):
        number, request = number_of(case), asked(case)
        for who in ("karin_thijs", "ilse_verbeke", "mira_lauwers"):
            there = replace(actor(who), municipality=NEIGHBOUR)
            for refused in (
                lambda there=there: emergencies.answer(there, request, agreed=True),
                lambda there=there: emergency_read.show(there, request),
                lambda there=there: emergency_read.read(there, request),
                lambda there=there: emergencies.end(there, request),
                lambda there=there: emergencies.ask(there, number, ground="noodtoestand", reason=WHY),
            ):
                with pytest.raises((NotFound, Forbidden)):
                    refused()
            assert not emergency_read.listed(there)
