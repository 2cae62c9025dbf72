"""Can the queue be filtered, ordered, kept under a name, searched and worked through in one go, within its bounds?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.services.cases import case_page, read_log
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.intake.submit_form import Receipt, submit
from app.services.tasks import choice, queue, saved_views, sealed_words, search, together
from app.services.tasks.choice import Choice
from app.storage import clock
from tests.support.town import actor, asked, card, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _numbers(who: str, **chosen: object) -> list[str]:
    return [row.number for row in queue.show(actor(who), Choice(**chosen)).rows]  # type: ignore[arg-type]


def _three() -> tuple[Receipt, Receipt, Receipt]:
    """Three cards of Joris: Zana of Oosthoek, Anna of Statie who was called in vain, Mia of Oosthoek, in that order."""
    zana = send_card(persoon__voornaam="Zana", persoon__naam="Peeters", buurt="oosthoek")
    anna = send_card(persoon__voornaam="Anna", persoon__naam="Claes", buurt="statie")
    mia = send_card(persoon__voornaam="Mia", persoon__naam="Janssens", buurt="oosthoek")
    press(anna.case, "niet_bereikt", asked(anna.case, "niet_bereikt"))
    return zana, anna, mia


def test_filters_and_orders_do_what_they_say() -> None:
    with clock.stopped_at(MONDAY):
        zana, anna, mia = _three()
        assert set(_numbers("joris_maes", neighbourhood="oosthoek")) == {zana.number, mia.number}
        assert set(_numbers("joris_maes", untried=True)) == {zana.number, mia.number}
        assert _numbers("joris_maes", dossier="brede_intake") == []
        assert len(_numbers("joris_maes", dossier="doorverwijskaart", kind="main")) == 3
        assert _numbers("joris_maes", due_before=MONDAY.date()) == []
        assert _numbers("joris_maes", sort="name") == [anna.number, mia.number, zana.number]
        assert _numbers("joris_maes", sort="received") == [zana.number, mia.number, anna.number]
        assert _numbers("joris_maes", sort="place") == [zana.number, mia.number, anna.number]


@pytest.mark.parametrize("sort", choice.SORTS)
def test_every_order_goes_on_where_the_last_page_ended(sort: str) -> None:
    with clock.stopped_at(MONDAY):
        cards = _three()
        seen, cursor = [], ""
        for _ in cards:
            page = queue.show(actor("joris_maes"), Choice(sort=sort), cursor=cursor, size=1)
            seen += [row.number for row in page.rows]
            cursor = page.next
    assert cursor == ""
    assert sorted(seen) == sorted(item.number for item in cards)


def test_a_list_too_long_to_order_says_so_and_keeps_the_usual_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.tasks.queue_pages.MOST_NAMED", 2)
    with clock.stopped_at(MONDAY):
        _three()
        page = queue.show(actor("joris_maes"), Choice(sort="name"))
    assert page.too_many
    assert len(page.rows) == 3


def test_names_order_no_list_but_ones_own() -> None:
    with pytest.raises(Invalid):
        queue.show(actor("karin_thijs"), Choice(scope="team", sort="name"))


def test_my_contact_points_show_what_colleagues_do_and_not_for_whom() -> None:
    with clock.stopped_at(MONDAY):
        zana, *_ = _three()
        nele = actor("nele_lambrecht")
        rows = queue.show(nele, Choice(scope="points")).rows
    assert {row.assignee for row in rows if row.number == zana.number} == {"Joris Maes"}
    assert {row.called for row in rows} == {""}


def test_a_row_says_how_its_date_was_counted() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        (row,) = queue.page(actor("joris_maes")).rows
    assert row.why_then == (
        "Te doen tegen 13/11/2026: 3 werkdagen vanaf 9 november; 11 november (Wapenstilstand) telt niet."
    )


def test_a_view_is_kept_begun_with_renamed_and_forgotten() -> None:
    joris = actor("joris_maes")
    wanted = Choice(neighbourhood="oosthoek", due_before=MONDAY.date(), untried=True)
    first = saved_views.save(joris, "Mijn dorp", wanted, first=True)
    saved_views.save(joris, "Later", Choice(view="waiting"), first=True)
    views = {view.name: view for view in saved_views.of(joris)}
    assert views["Mijn dorp"].choice == wanted
    assert [view.name for view in views.values() if view.first] == ["Later"]
    saved_views.change(joris, first, name="Oosthoek")
    assert "Oosthoek" in {view.name for view in saved_views.of(joris)}
    saved_views.remove(joris, first)
    assert [view.name for view in saved_views.of(joris)] == ["Later"]


def test_a_view_is_its_owners_and_only_who_leads_gives_it_to_the_team() -> None:
    joris, nele, karin = actor("joris_maes"), actor("nele_lambrecht"), actor("karin_thijs")
    own = saved_views.save(joris, "Van mij", Choice(urgent=True))
    with pytest.raises(Forbidden):
        saved_views.save(joris, "Van ons", Choice(urgent=True), shared=True)
    with pytest.raises(NotFound):
        saved_views.remove(nele, own)
    with pytest.raises(NotFound):
        saved_views.change(nele, own, name="x")
    saved_views.save(karin, "Dringend", Choice(urgent=True), shared=True)
    saved_views.save(karin, "Alles van ons", Choice(scope="team"), shared=True)
    assert [view.name for view in saved_views.of(nele)] == ["Dringend"]
    assert [view.name for view in saved_views.of(joris)] == ["Van mij", "Dringend"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "VAN mij"])
def test_a_view_needs_a_name_of_its_own(name: str) -> None:
    joris = actor("joris_maes")
    saved_views.save(joris, "Van mij", Choice())
    with pytest.raises(Invalid):
        saved_views.save(joris, name, Choice())


# Search ----------------------------------------------------------------------------------------------------


def test_a_number_is_found_as_it_was_heard_by_whoever_may_know_it_exists() -> None:
    with clock.stopped_at(MONDAY):
        sent = send_card()
        short = sent.number.rpartition("-")[2].lstrip("0")
        for typed in (sent.number.lower().replace("-", " "), short, f"dvk{short}"):
            (hit,) = search.find(actor("hilde_claes"), typed).hits
            assert (hit.number, hit.holder, hit.called, hit.mine) == (sent.number, "Joris Maes", "", False)
            assert hit.why == ("op nummer",)


def test_what_was_told_is_found_in_ones_own_cases_only_and_the_reading_is_written_down() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        sent = send_card(toelichting="Ze mist haar kat Felix", persoon__voornaam="Zoë")
        send_card()
        found = search.find(joris, "felix")
        assert [hit.number for hit in found.hits] == [sent.number]
        assert "felix" not in str(found.hits).casefold()
        assert (found.opened, found.whole) == (2, True)
        assert search.find(actor("nele_lambrecht"), "felix").hits == ()
        assert [hit.number for hit in search.find(joris, "zoe").hits] == [sent.number]
        reasons = [line.reason for line in read_log.of_case(actor("ilse_verbeke"), sent.case)]
    assert reasons == ["Gevonden met een zoekopdracht"]


def test_a_case_whose_consent_was_withdrawn_is_not_even_there() -> None:
    with clock.stopped_at(MONDAY):
        sent = send_card()
        press(sent.case, "intrekken")
        for who in ("joris_maes", "hilde_claes"):
            assert search.find(actor(who), sent.number).hits == ()


def test_somebody_elses_resident_is_found_by_the_whole_name_only() -> None:
    hilde = actor("hilde_claes")
    with clock.stopped_at(MONDAY):
        told = card(persoon__voornaam="Maria", persoon__naam="Vandenbulcke")
        submit(replace(told, actor=hilde, audience="reception", make_person=True))
        (person,) = search.find(hilde, "Maria Vandenbulcke").people
        assert person.contact_person == "Joris Maes"
        assert search.find(hilde, "Vandenbulcke").people == ()


def test_a_place_leads_to_its_filter_and_too_little_to_nothing() -> None:
    hilde = actor("hilde_claes")
    assert ("neighbourhood", "oosthoek") in {(o.field, o.value) for o in search.find(hilde, "oosth").offered}
    with pytest.raises(Invalid):
        search.find(hilde, "ab")
    with pytest.raises(Forbidden):
        search.find(actor("tom_aerts"), "DVK-2026-00001")


def test_words_in_an_address_open_for_their_author_only() -> None:
    joris = actor("joris_maes")
    words = sealed_words.sealed(joris, "de kat Félix")
    assert "kat" not in words
    assert sealed_words.opened(joris, words) == "de kat Félix"
    for who, text in (
        (actor("nele_lambrecht"), words),
        (joris, words[:-2] + "AA"),
        (joris, "é"),
        (joris, ""),
    ):
        with pytest.raises(NotFound):
            sealed_words.opened(who, text)


# Many at once ----------------------------------------------------------------------------------------------


def _tasks(who: str, scope: str = "mine") -> list[str]:
    return [row.task for row in queue.page(actor(who), scope=scope).rows]


def test_many_go_over_at_once_and_what_cannot_says_why() -> None:
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        first, second, third = _three()
        tasks = _tasks("joris_maes")
        press(third.case, "intrekken")
        other = send_card(zorgen=["vertel_liever_zelf"], persoon__geboorte=1980)
        tasks += _tasks("veerle_naessens", "group")
        lines = {line.number: line.refusal for line in together.lines(joris, "hand_over", tasks)}
        assert (lines[first.number], lines[second.number]) == ("", "")
        assert lines[other.number] == "Dit is niet aan jou."
        done = together.do(joris, "hand_over", tasks, to=nele.account, reason="verlof")
        assert done.done == 2
        assert {line.number for line in done.stays} >= {other.number}
        assert {case_page.holder("zandlede", item.case) for item in (first, second)} == {nele.account}
        again = together.do(joris, "hand_over", tasks[:1], to=nele.account, reason="verlof")
        assert again.done == 0


def test_what_is_left_over_goes_on_in_the_next_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "AT_ONCE", 2)
    joris, nele = actor("joris_maes"), actor("nele_lambrecht")
    with clock.stopped_at(MONDAY):
        _three()
        done = together.do(joris, "hand_over", _tasks("joris_maes"), to=nele.account, reason="verlof")
        assert (done.done, len(done.left)) == (2, 1)
        rest = together.do(joris, "hand_over", done.left, to=nele.account, reason="verlof")
        assert (rest.done, rest.left) == (1, ())
        assert _tasks("joris_maes") == []


def test_a_group_is_emptied_and_main_tasks_are_not_ticked_off() -> None:
    veerle = actor("veerle_naessens")
    with clock.stopped_at(MONDAY):
        for _ in range(2):
            send_card(zorgen=["vertel_liever_zelf"], persoon__geboorte=1980)
        tasks = _tasks("veerle_naessens", "group")
        assert together.do(veerle, "claim", tasks).done == 2
        assert _tasks("veerle_naessens", "group") == []
        refused = together.lines(veerle, "finish", _tasks("veerle_naessens"))
        assert {line.refusal for line in refused} == {"Dit is de hoofdtaak. Kies een knop in het dossier."}
        with pytest.raises(Invalid):
            together.do(veerle, "hand_over", tasks, to=veerle.account, reason=" ")
