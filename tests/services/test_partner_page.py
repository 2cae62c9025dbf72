"""Does a referral leave only with consent to a partner of the register, and does the partner see only that?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.engine.policy import Actor
from app.services.access import accounts
from app.services.cases import case_page
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.people import partner_page, partners
from app.services.people.partner_page import Visit
from app.services.people.partner_record import Protocol
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import Event, Outbox, Referral
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.referring import (
    code_of,
    link_in,
    mails_to,
    referrals_of,
    registered,
    replied,
    sent,
    talk,
    visit,
)
from tests.support.town import actor, holder_of, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
SECRETS = ("Slaapt al weken", "Huurcontract", "psychisch", "Wonen")


# What leaves -----------------------------------------------------------------------------------------------


def test_each_partner_gets_a_case_of_its_own_with_what_the_consent_shares_and_our_holder_keeps_it() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk("caw", "huis_van_het_kind")
        first, second = referrals_of(receipt.case)
        holder = holder_of(receipt.case)
        page = case_page.show(holder, first)
    assert {holder_of(first), holder_of(second)} == {holder}
    assert page.referral
    assert (page.referral.partner, page.referral.state, page.referral.code) == (
        "CAW Zandlede",
        "not_sent",
        "",
    )
    told = [line.field for section in page.submissions[0].sections for line in section.lines]
    assert "vraag_eigen_woorden" in told
    assert not [name for name in told if name.startswith(("domeinen", "afspraken", "doorverwijzen", "buurt"))]


def test_without_consent_there_is_no_referral_and_the_history_says_why() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk(agreed=False)
        page = case_page.show(holder_of(receipt.case), receipt.case)
    assert referrals_of(receipt.case) == []
    assert any("Geef enkel informatie mee" in line.text for line in page.timeline)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "staat niet in het partnerregister"),
        ({"email": ""}, "geen e-mailadres"),
        ({"active": False}, "in het archief"),
        ({"kind": "overheid"}, "protocol"),
        ({"kind": "overheid", "protocol": Protocol("1", "https://x.example", date(2026, 11, 8))}, "verlopen"),
    ],
)
def test_nothing_leaves_for_who_may_not_get_it(change: dict[str, object] | None, words: str) -> None:
    with clock.stopped_at(MONDAY):
        if change is not None:
            registered(**change)
        (referral,) = referrals_of(talk().case)
        button = next(
            item for item in case_page.show(holder_of(referral), referral).actions if item.id == "versturen"
        )
        assert button.invites
        assert words in " ".join(button.invites.stops)
        with pytest.raises(Invalid) as told:
            press(referral, "versturen")
        settle()
    assert words in told.value.errors[0].message
    assert mails_to("onthaal@caw.example") == []
    assert case_page.show(holder_of(referral), referral).state == "klaar_om_te_versturen"


def test_the_mail_says_number_and_link_and_nothing_else() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        token = sent(referral)
        (mail,) = mails_to("onthaal@caw.example")
        number = case_page.show(holder_of(referral), referral).number
        code = code_of(referral)
    assert mail.subject == f"Verwijzing {number}"
    assert code not in mail.body
    assert not [word for word in ("Fatima", "09 000 00 03", "praten", *SECRETS) if word in mail.body]
    with transaction(MUNICIPALITY, readonly=True) as tx:
        stored = [tuple(row) for row in tx.execute(sa.select(*Referral.__table__.columns))]
        stored += [tuple(row) for row in tx.execute(sa.select(Outbox.payload))]
        stored += [tuple(row) for row in tx.execute(sa.select(Event.params))]
    assert token not in str(stored)
    assert code not in str(stored)


# The page --------------------------------------------------------------------------------------------------


def test_link_and_code_open_one_case_and_every_opening_is_kept() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        token = sent(referral)
        door = partner_page.door(MUNICIPALITY, token)
        view = partner_page.show(visit(referral, token))
        page = case_page.show(holder_of(referral), referral)
    assert door.state == "open"
    assert door.contact.phone
    told = {line.field: line.text for section in view.sections for line in section.lines}
    assert told["persoon.roepnaam"] == "Fatima"
    assert not [word for word in SECRETS if word in str(view)]
    assert [button.id for button in view.buttons] == ["aanvaarden", "weigeren"]
    assert [line for line in page.timeline if "CAW Zandlede opende" in line.text]
    assert page.referral
    assert page.referral.state == "opened"


def test_nothing_opens_without_the_code_nor_elsewhere() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        token = sent(referral)
        with pytest.raises(Forbidden):
            partner_page.show(Visit(MUNICIPALITY, token))
        with pytest.raises(Forbidden):
            partner_page.show(Visit(MUNICIPALITY, token, "6911a2b0.deadbeef"))
        with pytest.raises(NotFound):
            partner_page.show(Visit(NEIGHBOUR, token))
        with pytest.raises(NotFound):
            partner_page.door(MUNICIPALITY, token[:-1] + ("0" if token[-1] != "0" else "1"))


def test_wrong_codes_close_the_door_until_a_new_link() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        token, code = sent(referral), code_of(referral)
        wrong = "000000" if code != "000000" else "111111"
        for _ in range(10):
            with pytest.raises(Invalid) as told:
                partner_page.enter(MUNICIPALITY, token, wrong, origin="192.0.2.1")
            assert told.value.code == "partner_code"
        with pytest.raises(Invalid) as told:
            partner_page.enter(MUNICIPALITY, token, code, origin="192.0.2.9")
        assert told.value.code == "partner_over"
        assert partner_page.door(MUNICIPALITY, token).state == "locked"
        press(referral, "nieuwe_link")
        settle()
        fresh = link_in(mails_to("onthaal@caw.example")[0])
        assert fresh != token
        with pytest.raises(NotFound):
            partner_page.door(MUNICIPALITY, token)
        assert partner_page.show(visit(referral, fresh)).number


def test_a_link_is_good_for_fourteen_days_and_a_sitting_dies_with_it() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        token = sent(referral)
        came = visit(referral, token)
    with clock.stopped_at(MONDAY + timedelta(days=13, hours=23)):
        assert partner_page.show(came).number
    with clock.stopped_at(MONDAY + timedelta(days=14)):
        assert partner_page.door(MUNICIPALITY, token).state == "expired"
        with pytest.raises(Forbidden):
            partner_page.show(came)


def test_taken_back_means_at_once() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        came = visit(referral, sent(referral))
        press(referral, "terugnemen", reason="niet_nodig")
        with pytest.raises(NotFound):
            partner_page.show(came)
        with pytest.raises(NotFound):
            partner_page.door(MUNICIPALITY, came.token)


def test_who_withdraws_consent_takes_every_referral_back() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk()
        (referral,) = referrals_of(receipt.case)
        came = visit(referral, sent(referral))
        press(receipt.case, "intrekken")
        with pytest.raises(NotFound):
            partner_page.show(came)
        page = case_page.show(holder_of(referral), referral)
    assert page.state == "teruggenomen"
    assert page.reason_label == "De persoon trok de toestemming in"


def test_a_partner_that_is_archived_sees_nothing_more() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        came = visit(referral, sent(referral))
        partners.archive(actor("tom_aerts"), "caw", seen=1)
        with pytest.raises(NotFound):
            partner_page.show(came)


# The answer ------------------------------------------------------------------------------------------------


def test_a_refusal_with_a_reason_reaches_the_contact_person() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        came = visit(referral, sent(referral))
        view = partner_page.show(came)
        with pytest.raises(Invalid):
            partner_page.answer(came, replied(view, "weigeren"))
        partner_page.answer(came, replied(view, "weigeren", {"waarom": "geen_plaats"}))
        page = case_page.show(holder_of(referral), referral)
    assert page.state == "geweigerd"
    assert "Zoek samen een andere weg" in page.asks[0].label
    told = {line.text for item in page.submissions for section in item.sections for line in section.lines}
    assert "Geen plaats of een te lange wachttijd" in told
    assert [line for line in page.timeline if "CAW Zandlede antwoordde" in line.text]
    after = partner_page.show(came)
    assert (after.buttons, after.sections) == ((), ())


def test_a_partner_accepts_starts_and_finishes_each_once() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        came = visit(referral, sent(referral))
        for action, state in (("aanvaarden", "aanvaard"), ("starten", "gestart"), ("afronden", "afgerond")):
            told = replied(partner_page.show(came), action)
            assert partner_page.answer(came, told).state == state
            assert partner_page.answer(came, told).again
        view = partner_page.show(came)
    assert (view.ended, view.sections, view.buttons) == (True, (), ())


def test_a_partner_who_waits_is_reminded_and_then_our_holder_calls() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        (referral,) = referrals_of(talk().case)
        sent(referral)
    with clock.stopped_at(local("2026-11-13 09:00")):
        settle()
        page = case_page.show(holder_of(referral), referral)
        first, second = mails_to("onthaal@caw.example")
        assert first.subject.startswith("Herinnering")
        assert link_in(first) == link_in(second)
    assert page.state == "herinnerd"
    assert page.asks[0].label == "Bel de partner, er kwam nog geen antwoord"


# The case it came from -------------------------------------------------------------------------------------


def _spoken(case: str) -> None:
    press(case, "bereikt", {"wijze": "bureau", "privacy_info": "blad"})


def test_a_case_does_not_close_while_a_partner_works_on_it_and_nobody_says_what_happens() -> None:
    rows = {"wonen": "beantwoord", "psychisch": "doorverwezen"}
    tasks = {"also:1:psychisch": "done", "also:2:0": "done", "also:1:wonen": "done"}
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk()
        (referral,) = referrals_of(receipt.case)
        came = visit(referral, sent(referral))
        _spoken(receipt.case)
        page = case_page.show(holder_of(receipt.case), receipt.case)
        close = next(item for item in page.actions if item.id == "afsluiten")
        (running,) = close.referrals
        assert (running.partner, dict(running.ways)["terugnemen:niet_nodig"]) == (
            "CAW Zandlede",
            "Neem de verwijzing terug: Niet meer nodig",
        )
        with pytest.raises(Invalid) as told:
            press(receipt.case, "afsluiten", reason="beantwoord", row_reasons=rows, open_tasks=tasks)
        assert told.value.code == "open_referrals"
        assert partner_page.show(came).number
        said = {**tasks, running.key: "terugnemen:niet_nodig"}
        press(receipt.case, "afsluiten", reason="beantwoord", row_reasons=rows, open_tasks=said)
        with pytest.raises(NotFound):
            partner_page.show(came)
        assert case_page.show(holder_of(referral), referral).state == "teruggenomen"
        assert case_page.show(holder_of(receipt.case), receipt.case).ended


# Somebody of the partner with an account -------------------------------------------------------------------


def test_a_partner_with_an_account_sees_the_same_in_a_list_of_their_own() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        operator = accounts.operator(MUNICIPALITY)
        account = accounts.create(
            operator, accounts.NewAccount("An Peeters", "an.peeters@caw.example", ("partner",))
        )
        other = accounts.create(operator, accounts.NewAccount("Bo", "bo@elders.example", ("partner",)))
        an, bo = (Actor(item, MUNICIPALITY, roles=frozenset({"partner"})) for item in (account, other))
        (referral,) = referrals_of(talk().case)
        assert partner_page.listed(an) == []
        sent(referral)
        (line,) = partner_page.listed(an)
        view = partner_page.show(Visit(MUNICIPALITY, actor=an, case=line.case))
        partner_page.answer(Visit(MUNICIPALITY, actor=an, case=line.case), replied(view, "aanvaarden"))
        assert case_page.show(holder_of(referral), referral).state == "aanvaard"
        assert partner_page.listed(bo) == []
        with pytest.raises(NotFound):
            partner_page.show(Visit(MUNICIPALITY, actor=bo, case=line.case))
        with pytest.raises(Forbidden):
            partner_page.listed(actor("joris_maes"))
