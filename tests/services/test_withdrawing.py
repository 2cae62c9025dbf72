"""A consent is taken back: what it covered stops at once, nothing else does, and the partner is asked to let go."""

from __future__ import annotations

import secrets

import pytest

from app.engine import consents as engine_consents
from app.engine import heard_by_consent
from app.services.cases import case_page, share_case
from app.services.cases.load_case import desk_of, load
from app.services.errors import NotFound
from app.services.people import partner_page, resident_changes, resident_codes
from app.services.people.resident_asks import From
from app.storage import clock, ids, outbox
from app.storage.database import transaction
from app.storage.repositories import case_rows, outbox_rows
from tests.support.bound import MUNICIPALITY
from tests.support.referring import code_of, mails_to, referrals_of, registered, sent, talk
from tests.support.town import actor, holder_of, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def resident_of(case: str) -> From:
    """Who a case is about, with number and code."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        key = ids.from_text(case)
        row = case_rows.get(tx, key)
        assert row is not None
        code = resident_codes.code_of(tx, key)
    return From(resident_codes.enter(MUNICIPALITY, row["number"], code), secrets.token_hex(8))


def waiting(case: str) -> set[str]:
    """Which messages to the referrer still wait to be sent."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = outbox_rows.of_case(tx, ids.from_text(case), "mail")
    return {
        row["payload"]["message"]
        for row in rows
        if row["state"] == "pending" and row["payload"]["to"] == "referrer"
    }


def test_only_the_mail_that_the_consent_covered_is_cancelled() -> None:
    with clock.stopped_at(MONDAY):
        case = send_card().case
        with transaction(MUNICIPALITY) as tx:
            for message in ("opgestart", "ontvangst"):
                payload = {"case": case, "to": "referrer", "message": message}
                outbox.emit(tx, "mail", f"planted:{message}", payload, case=ids.from_text(case))
        before = waiting(case)
        assert {"opgestart", "ontvangst"} <= before
        resident_changes.take_back(resident_of(case), "akkoord_terug")
        assert waiting(case) == before - {"opgestart"}


def test_what_goes_without_the_consent_too_is_not_covered_by_it() -> None:
    with clock.stopped_at(MONDAY):
        case = send_card().case
        with transaction(MUNICIPALITY, readonly=True) as tx:
            loaded = load(tx, desk_of(MUNICIPALITY), ids.from_text(case))
    found = heard_by_consent.covered(loaded.pin.workflow, "akkoord_terug")
    assert ("referrer", "opgestart") in found
    assert not [message for to, message in found if to == "resident"]


def test_the_link_of_the_partner_is_dead_at_once_and_the_partner_is_asked_to_let_go() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk()
        (referral,) = referrals_of(receipt.case)
        token = sent(referral)
        partner_page.enter(MUNICIPALITY, token, code_of(referral), origin="192.0.2.7")
        consent = _consent(receipt.case)
        resident_changes.take_back(resident_of(receipt.case), consent)
        with pytest.raises(NotFound):
            partner_page.door(MUNICIPALITY, token)
        settle()
        newest = mails_to("onthaal@caw.example")[0]
        assert newest.subject.endswith("is teruggenomen")
        asks = [task.label for task in case_page.show(holder_of(referral), referral).tasks if task.open]
        assert [label for label in asks if label.startswith("Vraag de partner of alles van")]


def test_a_referral_that_was_never_sent_tells_the_partner_nothing() -> None:
    with clock.stopped_at(MONDAY):
        registered()
        receipt = talk()
        resident_changes.take_back(resident_of(receipt.case), _consent(receipt.case))
        settle()
        assert mails_to("onthaal@caw.example") == []


def test_colleagues_on_the_ground_of_consent_read_no_more_others_do() -> None:
    with clock.stopped_at(MONDAY):
        case = send_card().case
        holder = holder_of(case)
        sofie, bram = (actor(key) for key in ("sofie_wouters", "bram_de_coster"))
        share_case.share(holder, case, with_account=sofie.account, reason="samen kijken", basis="toestemming")
        secret = "gedeeld_beroepsgeheim"
        share_case.share(holder, case, with_account=bram.account, reason="samen kijken", basis=secret)
        assert case_page.show(sofie, case).content == "full"
        resident_changes.take_back(resident_of(case), "akkoord_terug")
        assert case_page.show(sofie, case).content != "full"
        assert case_page.show(bram, case).content == "full"


def _consent(case: str) -> str:

    with transaction(MUNICIPALITY, readonly=True) as tx:
        loaded = load(tx, desk_of(MUNICIPALITY), ids.from_text(case))
    given = engine_consents.given(loaded.pin.form, loaded.case.answers)
    return next(name for name, _, _ in given if name.startswith("doorverwijzen"))
