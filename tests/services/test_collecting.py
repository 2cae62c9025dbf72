"""Do talks join the round that collects them, is it seen how many are lacking, and does nothing show what one said?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.services.cases import case_page, collecting, own_asks, round_files
from app.services.cases.collect_view import Progress
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.follow_up.outgoing import configure, current
from app.services.intake import drafts, prefill
from app.services.tasks import queue
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import erase_rows
from tests.services.test_asks import ACTION, given, hand_in, invite, the_ask
from tests.support.bound import MUNICIPALITY
from tests.support.mail_server import MailServer
from tests.support.town import actor, holder_of, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-16 10:00")
ROUND: Mapping[str, Any] = {"buurt": "oosthoek", "van": "2026-11-16", "tot": "2026-12-18", "doel": "6"}
CODED = {"themas": ["mobiliteit"], "niemand_herkenbaar": True}


def talk(**changes: Any) -> str:
    said = {"type_gesprek": "thuis", "buurt": "oosthoek", "leeftijd": "van_65", "graag_wonen": "vier"}
    return hand_in("buurtgesprek", {**said, **changes}).case


def started(**changes: Any) -> str:
    return hand_in("gespreksronde", {**ROUND, **changes}).case


def read(case: str) -> None:
    """Both readers looked at it."""
    press(case, "verwerkt", CODED)
    press(case, "nagelezen")


def far(case: str) -> Progress:
    found = collecting.of_case(holder_of(case), case)
    assert found is not None
    return found


def test_talks_of_the_neighbourhood_and_the_days_join_and_are_counted_per_age() -> None:
    with clock.stopped_at(MONDAY):
        case = started()
        talk()
        talk(leeftijd="van_25")
        talk(buurt="statie")
        talk(type_gesprek="professional", signalen="De bus is ver.", leeftijd=None, graag_wonen=None)
        used, unused = talk(), talk()
        read(used)
        press(unused, "herkenbaar")
    with clock.stopped_at(local("2026-12-21 10:00")):
        talk()
        found = far(case)
    told = {side.id: (side.came, side.counts, side.wanted, side.short) for side in found.sides}
    assert (found.came, found.counts, found.waits, found.dropped) == (5, 1, 3, 1)
    assert (told["van_65"], told["van_25"]) == ((2, 1, 6, 4), (1, 0, 6, 5))
    assert told[""] == (1, 0, 0, 0)


def test_results_wait_until_all_is_read_and_hide_what_fewer_than_five_said() -> None:
    with clock.stopped_at(MONDAY):
        case = started()
        old = [talk(citaat_mag="ja", citaat=f"Zin {n}", missen=f"Geheim {n}") for n in range(6)]
        young = [talk(leeftijd="tot_25", graag_wonen="een") for _ in range(2)]
        press(case, "stop_verzamelen")
        talk()
        for one in (*old, *young[1:]):
            read(one)
        refused = next(one for one in case_page.show(holder_of(case), case).actions if one.id == "vrijgeven")
        with pytest.raises(Conflict):
            collecting.results(holder_of(case), case)
        read(young[0])
        press(case, "vrijgeven")
        view = collecting.results(holder_of(case), case)
        pdf = round_files.take(holder_of(case), view, round_files.PDF)
        book = round_files.take(holder_of(case), view, round_files.XLSX)
    assert not refused.enabled
    assert view.results.n == 8
    item = view.results.item("graag_wonen")
    assert item is not None
    assert item.whole is not None
    assert item.whole.n == 8
    assert [group for group, spread in item.groups.items() if spread is not None] == []
    themes = view.results.item("themas")
    assert themes is not None
    assert themes.whole is not None
    assert themes.whole.n == 8
    assert [one.texts for one in view.results.remarks] == [tuple(f"Zin {n}" for n in range(6))]
    assert pdf.startswith(b"%PDF")
    assert book.startswith(b"PK")


def test_who_collects_sees_numbers_and_who_does_not_sees_nothing() -> None:
    with clock.stopped_at(MONDAY):
        case = started()
        talk()
        (one,) = collecting.mine(actor("nele_lambrecht"))
        assert (one.case, one.came) == (case, 1)
        stranger = actor("paul_desmet")
        assert collecting.of_case(stranger, case) is None
        with pytest.raises(Forbidden):
            collecting.results(stranger, case)


def test_a_talk_that_is_destroyed_leaves_its_count_and_takes_the_results_away() -> None:
    with clock.stopped_at(MONDAY):
        case = started()
        talks = [talk() for _ in range(6)]
        press(case, "stop_verzamelen")
        for one in talks:
            read(one)
        press(case, "vrijgeven")
        assert far(case).ready
        with transaction(MUNICIPALITY) as tx:
            erase_rows.case(tx, [ids.from_text(talks[0])])
        found = far(case)
    assert (found.came, found.ready, found.gone) == (6, False, True)


def test_an_action_sheet_begins_with_the_point_of_its_own_button() -> None:
    points = {"samenvatting": "Kort.", "aandachtspunt_1": "De bus is ver.", "aandachtspunt_2": "Geen bank."}
    with clock.stopped_at(MONDAY):
        case = started()
        press(case, "stop_verzamelen")
        press(case, "vrijgeven")
        press(case, "gerapporteerd", points)
        press(case, "teruggekoppeld", {"bijeenkomst": "2026-11-16"})
        form = catalogs.live(MUNICIPALITY).form("actiefiche")
        begun = [
            drafts.load(holder_of(case), prefill.begin(holder_of(case), form, parent=case, button=button).id)
            for button in ("actie_1", "actie_2")
        ]
    assert [list(draft.raw["aandachtspunt"]) for draft in begun] == [["De bus is ver."], ["Geen bank."]]
    assert [list(draft.raw["buurt"]) for draft in begun] == [["oosthoek"], ["oosthoek"]]


def test_a_colleague_answers_a_round_from_the_own_list_without_a_link() -> None:
    with clock.stopped_at(MONDAY):
        case = hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning"}).case
        asked = actor("griet_cools")
        mail = "griet.cools@zandlede.example"
        assert own_asks.waiting(asked) == ()
        assert invite(case, f"Griet; {mail.title()}", group="kernpartners") == ["added"]
        (one,) = own_asks.waiting(asked)
        assert own_asks.waiting(actor("bram_de_coster")) == ()
        with pytest.raises(NotFound):
            own_asks.show(actor("bram_de_coster"), one.id)
        said = given("oordeel_visie", {"visie.overleg": "loopt"})
        own_asks.answer(asked, one.id, said)
        own_asks.answer(asked, one.id, said)
        assert own_asks.waiting(asked) == ()
        assert own_asks.show(asked, one.id).state == "done"
        told = [line.text for line in case_page.show(holder_of(case), case).timeline]
    assert the_ask(case).answered == 1
    assert not any("Griet" in line or "antwoordde" in line for line in told)


def test_the_framework_of_actions_begins_with_the_running_action_sheets_of_the_neighbourhood() -> None:
    with clock.stopped_at(MONDAY):
        for where, what in (("oosthoek", "Een bus"), ("oosthoek", "Een bank"), ("statie", "Elders")):
            sheet = hand_in(
                "actiefiche", {**ACTION, "buurt": where, "actie": what, "partners": [{"naam": "X"}]}
            )
            press(sheet.case, "akkoord")
        hand_in("actiefiche", {**ACTION, "buurt": "oosthoek", "actie": "Nog een voorstel"})
        case = hand_in(
            "zelfevaluatie", {"kader": "b_bouwstenen", "fase": "planning", "buurt": "oosthoek"}
        ).case
        invite(case, "Griet; griet.cools@zandlede.example", group="stuurgroep")
        (one,) = own_asks.waiting(actor("griet_cools"))
        begins = own_asks.show(actor("griet_cools"), one.id).begins
    assert begins == {"bouwstenen.sociale_netwerken.acties": ["Een bus; Een bank"]}


def test_a_question_that_does_not_arrive_is_told_once_to_who_follows_the_case() -> None:
    with MailServer() as server, clock.stopped_at(MONDAY):
        before = current()
        configure(replace(before, mail_url=server.url))
        case = hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning"}).case
        invite(case, "Wim; unknown@x.example", "Els; els@x.example", group="kernpartners")
        settle()
        settle()
        configure(before)
        page = case_page.show(holder_of(case), case)
        labels = [row.label for row in queue.page(holder_of(case)).rows if page.number in row.label]
    failed = [task for task in page.tasks if "kwam niet aan" in task.label]
    assert len(failed) == 1
    assert "Wim" in failed[0].label
    assert [label for label in labels if "Wim" in label] == []
    assert f"Een vraag bij {page.number} kwam niet aan" in labels
