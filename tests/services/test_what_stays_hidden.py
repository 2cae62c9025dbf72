"""What would tell of a case that is not there for somebody, and what is said of a task that is nobody's case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import values
from app.services.cases import case_page, keep_from, read_log
from app.services.definitions import catalogs
from app.services.errors import Forbidden, NotFound
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.people import person_page, resident_asks
from app.services.people.resident_asks import From
from app.services.people.resident_codes import ResidentKey
from app.services.tasks import queue
from app.storage import clock, ids
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.referring import TALK
from tests.support.town import actor, card, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _talk(**changes: object) -> Receipt:
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    given = values.read_json(version.form, {**TALK, **changes})
    return submit(SubmitForm(actor("hilde_claes"), version.id, given, token="t", audience="reception"))


def _next_card_of(case: str) -> Receipt:
    """A card of the same person, entered at the counter."""
    person = case_page.show(holder_of(case), case).person
    paper = replace(
        card(), actor=actor("hilde_claes"), audience="reception", person=person, make_person=False
    )
    return submit(paper)


def test_who_follows_a_restricted_case_does_not_show_in_the_route_of_the_next_one() -> None:
    with clock.stopped_at(MONDAY):
        restricted = _talk(**{"domeinen.veiligheid": "zorgen"}).case
        assert holder_of(restricted).name == "Sofie Wouters"
        sent = _next_card_of(restricted)
        assert holder_of(sent.case).name == "Joris Maes"
        assert "Sofie" not in repr(case_page.show(actor("joris_maes"), sent.case).why)
        assert sent.contact.name == "Joris Maes"


def test_who_follows_an_open_case_of_theirs_still_gets_the_next_one() -> None:
    with clock.stopped_at(MONDAY):
        first = _talk(buurt="oosthoek").case
        assert holder_of(_next_card_of(first).case).account == holder_of(first).account


def test_a_request_about_data_is_not_said_to_be_a_case_the_officer_follows() -> None:
    with clock.stopped_at(MONDAY):
        case = send_card().case
        resident_asks.ask_for(From(ResidentKey(MUNICIPALITY, case, 1), "t"), "copy")
        (row,) = (row for row in queue.page(actor("ilse_verbeke"), "all").rows if row.case == case)
    assert "waakt over de gegevens" in row.why
    assert "volgt dit dossier op" not in row.why


def test_the_officer_gives_a_reason_too_for_what_consent_was_withdrawn_for() -> None:
    ilse = actor("ilse_verbeke")
    with clock.stopped_at(MONDAY):
        case = send_card().case
        press(case, "intrekken", {})
        assert case_page.show(ilse, case).content == "reason"
        assert case_page.show(ilse, case, reason="op vraag van Maria").content == "full"
        (line,) = read_log.of_case(ilse, case)[:1]
    assert (line.act, line.reason) == ("case.read_with_reason", "op vraag van Maria")


def test_who_opened_the_page_of_a_person_is_listed_with_who_read_their_cases() -> None:
    hilde, ilse = actor("hilde_claes"), actor("ilse_verbeke")
    with clock.stopped_at(MONDAY):
        case = _talk().case
        page = case_page.show(holder_of(case), case)
        person_page.show(hilde, page.person)
        found = read_log.of_person(ilse, page.person)
        assert ("Hilde Claes", "person.find", "") in {
            (line.who, line.act, line.case_number) for line in found
        }
        assert page.number in {line.case_number for line in found}
        assert {"own"} <= {line.ground for line in found}
        text = read_log.as_csv(found)
        assert text.count("\r\n") == len(found) + 1
        assert "Het blad van de persoon geopend" in text
        with pytest.raises(Forbidden):
            read_log.of_person(hilde, page.person)
        for who, person in ((replace(ilse, municipality=NEIGHBOUR), page.person), (ilse, ids.to_text(1))):
            with pytest.raises(NotFound):
                read_log.of_person(who, person)


def test_what_may_never_be_theirs_is_not_counted_either() -> None:
    nele = actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        kept, other = send_card().case, send_card().case
        before = dict(queue.page(nele, "all", scope="points").totals)
        keep_from.keep_from(actor("joris_maes"), kept, account=nele.account, reason="buurvrouw")
        page = queue.page(nele, "all", scope="points")
        assert {row.case for row in page.rows} == {other}
        assert dict(page.totals)["points"] == page.counts.all == len(page.rows) == before["points"] - 1
        assert page.counts.week == 1
        keep_from.let_in(actor("joris_maes"), kept, account=nele.account, reason="vergissing")
        assert dict(queue.page(nele, "all", scope="points").totals) == before
