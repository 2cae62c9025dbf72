"""Is a sender without an account known again, and never turned away for good?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.services.access.accounts import operator
from app.services.cases import case_page
from app.services.errors import Invalid
from app.services.follow_up import sending_limits
from app.services.intake.submit_form import SubmitForm, submit
from app.services.people import referrer_links
from app.services.tasks import queue
from app.storage import clock
from app.storage.repositories import sending_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _from(origin: str, link: str = "") -> SubmitForm:
    return replace(card(), origin=origin, link=link)


def test_a_link_that_was_used_says_when() -> None:
    link, token = referrer_links.make(operator(MUNICIPALITY), "Dokter Peeters")
    assert referrer_links.listed(operator(MUNICIPALITY))[0].used_at is None
    referrer = referrer_links.open_link(MUNICIPALITY, token)
    with clock.stopped_at(MONDAY):
        submit(_from("192.0.2.7", referrer.link))
    assert [(line.id, line.used_at) for line in referrer_links.listed(operator(MUNICIPALITY))] == [
        (link, MONDAY)
    ]


def test_one_origin_that_sends_far_too_much_waits_and_others_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_rows, "MOST", 2)
    with clock.stopped_at(MONDAY):
        submit(_from("2001:db8:1:2::1"))
        submit(_from("2001:db8:1:2:ffff::9"))
        with pytest.raises(Invalid) as problem:
            submit(_from("2001:db8:1:2:3::3"))
        assert problem.value.code == sending_limits.TOO_MANY
        submit(_from("2001:db8:1:3::1"))
        assert queue.page(actor("karin_thijs"), scope="team").counts.all == 3


def test_staff_are_never_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_rows, "MOST", 0)
    with clock.stopped_at(MONDAY):
        submit(replace(_from("192.0.2.7"), actor=actor("hilde_claes"), audience="reception"))


@pytest.mark.parametrize(
    ("origin", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("geen adres", ""),
        ("", ""),
    ],
)
def test_an_origin_is_what_one_sender_can_hardly_change(origin: str, network: str) -> None:
    assert sending_limits.network_of(origin) == network


def test_a_card_that_perhaps_no_person_sent_is_kept_and_somebody_looks() -> None:
    with clock.stopped_at(MONDAY):
        receipt = submit(replace(card(), suspect=True))
        page = case_page.show(holder_of(receipt.case), receipt.case)
    assert [task.due_on for task in page.tasks if "echt" in task.label] == [MONDAY.date()]
    assert any("mensen niet zien" in line.text for line in page.timeline)
