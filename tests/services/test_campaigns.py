"""A campaign from its list to its end: nothing half in, nobody sees more than their own, and what is left then."""

from __future__ import annotations

import secrets
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine import values
from app.engine.policy import Actor
from app.services.campaigns import (
    batches,
    bring_list,
    contacting,
    destroy_list,
    figures,
    fill_list,
    next_rounds,
    paper,
    runs,
    talking,
)
from app.services.campaigns.contacting import BatchPage
from app.services.campaigns.runs import StartCampaign
from app.services.campaigns.talking import Talk
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.storage import clock, ids, outbox
from app.storage.database import transaction
from app.storage.models import Submission
from app.storage.outbox import Leased
from app.storage.repositories import campaign_rows, contact_rows
from tests.support.bound import MUNICIPALITY
from tests.support.calling import begun, filled, given, listed, person, row, swept
from tests.support.town import local

MONDAY, TUESDAY, THURSDAY = local("2026-11-09T09:00"), local("2026-11-10T10:00"), local("2026-11-12T14:00")


def page(batch: str, who: str = "paul_desmet") -> BatchPage:
    """A batch as its holder sees it."""
    return contacting.batch_page(person(who), batch)


def note(batch: str, outcome: str, who: str = "paul_desmet") -> None:
    """How it went with who is next."""
    found = page(batch, who).ready[0]
    contacting.note(person(who), found.id, outcome, found.version, secrets.token_hex(8))


def talk(batch: str, answers: dict[str, object], who: str = "paul_desmet") -> talking.Noted:
    """A talk with who is next; the name and the rest come from the list."""
    found = page(batch, who).ready[0]
    sheet = contacting.sheet_page(person(who), found.id, "gesprek")
    form = sheet.version.form
    told = {name: texts[0] for name, texts in sheet.prefill.items() if texts}
    given_ = values.read_json(form, {**told, "resultaat": "gesprek", **answers})
    asked = Talk(person(who), found.id, found.version, sheet.version.id, given_, secrets.token_hex(8))
    return talking.talk(asked)


QUIET: dict[str, object] = {"hoe_gaat": "goed", "vervolg": "nee"}


def eight_hundred() -> tuple[list[str], dict[int, str]]:
    """800 rows of which 40 are bad, and what is wrong with those: row of the sheet -> its column."""
    rows = [row(n) for n in range(800)]
    wrong: dict[int, str] = {}
    for n in range(10):
        rows[n * 7] = row(n * 7, tel="geen")
        wrong[n * 7 + 2] = "Telefoon"
        rows[300 + n] = row(300 + n, buurt="Elders")
        wrong[302 + n] = "Dorp of wijk"
        rows[400 + n] = row(400 + n, leeftijd="twintig")
        wrong[402 + n] = "Leeftijdsgroep"
        if n < 5:
            rows[500 + n] = row(500 + n, naam="")
            wrong[502 + n] = "Naam"
            rows[700 + n] = row(600 + n)
            wrong[702 + n] = ""
    return rows, wrong


def test_of_800_rows_760_come_in_and_40_are_named_with_row_column_and_reason(town: Flask) -> None:
    karin = person("karin_thijs")
    rows, wrong = eight_hundred()
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        brought = bring_list.bring(karin, campaign, listed(rows), "t1")
        assert bring_list.bring(karin, campaign, listed(rows), "t1") == brought
        columns = bring_list.show(karin, campaign, brought).columns
        assert all(item.place >= 0 for item in columns if item.required)
        bring_list.check(karin, campaign, brought, {item.id: item.place for item in columns})
        seen = bring_list.show(karin, campaign, brought)
        assert (seen.rows, seen.good, seen.bad) == (800, 760, 40)
        assert {item.row: item.column for item in seen.wrong} == wrong
        assert all(item.reason for item in seen.wrong)
        report = bring_list.report_file(karin, campaign, brought)
        assert len(report.splitlines()) == 41
        assert "Kerkstraat" not in report
        bring_list.put_in(karin, campaign, brought)
        assert runs.show(karin, campaign).total == 0
        swept()
        assert runs.show(karin, campaign).total == 760
        assert bring_list.show(karin, campaign, brought).state == "done"
        assert bring_list.put_in(karin, campaign, brought) == ()


def test_a_worker_that_dies_half_way_leaves_nothing_half_in_and_doubles_nobody(
    town: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    karin = person("karin_thijs")
    monkeypatch.setattr(fill_list, "AT_ONCE", 20)
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        brought = bring_list.bring(karin, campaign, listed(row(n) for n in range(50)), "t1")
        columns = {item.id: item.place for item in bring_list.show(karin, campaign, brought).columns}
        bring_list.check(karin, campaign, brought, columns)
        (waits,) = bring_list.put_in(karin, campaign, brought)
        leased = _lease(waits)
        assert fill_list.some(MUNICIPALITY, leased) is False
        assert bring_list.show(karin, campaign, brought).done == 20
        assert runs.show(karin, campaign).total == 0
        fill_list.carry_out(MUNICIPALITY, leased)
        assert runs.show(karin, campaign).total == 50
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert len(contact_rows.all_of(tx, ids.from_text(campaign))) == 50


def _lease(key: int) -> Leased:
    with transaction(MUNICIPALITY) as tx:
        return outbox.claim(tx, [key])[0]


def test_a_batch_is_one_persons_and_nobody_elses(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(6)])
        mine, theirs = given(campaign, "paul_desmet", 4), given(campaign, "annemie_claeys", 4)
        names = {item.name for item in page(mine).ready}
        others = {item.name for item in page(theirs, "annemie_claeys").ready}
        assert (len(names), len(others), names & others) == (4, 2, set())
        with pytest.raises(NotFound):
            contacting.batch_page(person("annemie_claeys"), mine)
        first = page(mine).ready[0]
        with pytest.raises(NotFound):
            contacting.note(person("annemie_claeys"), first.id, "bezet", first.version, "x")
        with pytest.raises(NotFound):
            contacting.sheet_page(person("karin_thijs"), first.id)
        labels = {label for label, _ in first.lines}
        assert labels == {"Leeftijdsgroep", "Dorp of wijk"}
        for asks in (runs.listed, runs.offered):
            with pytest.raises(Forbidden):
                asks(person("paul_desmet"))


def test_a_batch_taken_back_is_lost_to_nobody(town: Flask) -> None:
    karin = person("karin_thijs")
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(3)])
        mine = given(campaign, "paul_desmet", 3)
        line = runs.show(karin, campaign).batches[0]
        batches.hand_over(karin, campaign, mine, "", "", line.mark)
        with pytest.raises(NotFound):
            page(mine)
        with pytest.raises(Conflict):
            batches.hand_over(karin, campaign, mine, person("annemie_claeys").account, "", line.mark)
        fresh = runs.show(karin, campaign).batches[0].mark
        batches.hand_over(karin, campaign, mine, person("annemie_claeys").account, "", fresh)
        assert len(page(mine, "annemie_claeys").ready) == 3


def test_who_is_not_reached_comes_back_another_day_in_another_part(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(0)])
        mine = given(campaign, "paul_desmet", 1)
        note(mine, "geen_antwoord")
        assert page(mine).ready == ()
        (later,) = page(mine).later
        assert (later.day, later.other) == (date(2026, 11, 12), "am")
        with pytest.raises(Invalid):
            contacting.note(person("paul_desmet"), later.id, "bezet", later.version, "y")
    with clock.stopped_at(THURSDAY):
        note(mine, "voicemail")
    with clock.stopped_at(local("2026-11-13T10:00")):
        note(mine, "bezet")
        karin = person("karin_thijs")
        assert runs.show(karin, campaign).letters == (("after", 1),)
        made, n = paper.letters(karin, campaign, "after")
        assert (made[:4], n) == (b"%PDF", 1)
        assert runs.show(karin, campaign).letters == ()
        with pytest.raises(Invalid):
            paper.letters(karin, campaign, "after")


def test_a_death_stops_all_contact_in_every_campaign_and_on_every_later_list(town: Flask) -> None:
    karin = person("karin_thijs")
    with clock.stopped_at(TUESDAY):
        first, second = begun(), begun()
        filled(first, [row(0), row(1)])
        filled(second, [row(0), row(2)])
        mine = given(first, "paul_desmet", 2)
        theirs = given(second, "annemie_claeys", 2)
        note(mine, "overleden")
        assert len(page(theirs, "annemie_claeys").ready) == 1
        third = begun()
        brought = bring_list.bring(karin, third, listed([row(0), row(3)]), "z")
        columns = {item.id: item.place for item in bring_list.show(karin, third, brought).columns}
        bring_list.check(karin, third, brought, columns)
        assert [item.row for item in bring_list.show(karin, third, brought).wrong] == [2]


def test_a_talk_opens_a_case_with_a_name_only_when_that_was_agreed(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(3)])
        mine = given(campaign, "paul_desmet", 3)
        talk(mine, QUIET)
        talk(mine, {**QUIET, "lukt.vervoer": "hulp_gewenst", "mag_door": "ja"})
        talk(mine, {**QUIET, "hoe_gaat": "moeilijk", "vervolg": "wekelijks", "voorkeur_beller": "ja"})
        kept = _kept_answers()
        assert ["naam" in answers for answers in kept] == [False, True, False]
        assert all(answers["in_belactie"] == "ja" for answers in kept)
        (again,) = page(mine).later
        assert (again.standing, again.day, again.same) == ("recurring", date(2026, 11, 17), True)
        shown = {item.outcome: item.n for item in runs.show(person("karin_thijs"), campaign).outcomes}
        assert shown == {"gesprek": 3}


def _kept_answers() -> list[dict[str, object]]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(Submission.id, Submission.sealed).order_by(Submission.id))
        return [tx.sealer.open_json(("submission", row.id, "sealed"), row.sealed) for row in rows]


def test_the_same_press_counts_once_and_the_second_of_two_is_told(town: Flask) -> None:
    paul = person("paul_desmet")
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(0)])
        mine = given(campaign, "paul_desmet", 1)
        first = page(mine).ready[0]
        for _ in range(2):
            contacting.note(paul, first.id, "bezet", first.version, "same")
        assert runs.show(person("karin_thijs"), campaign).outcomes[0].n == 1
        with pytest.raises(Conflict):
            contacting.note(paul, first.id, "overleden", first.version, "other")


def test_at_the_end_the_list_goes_after_two_agreed_and_the_numbers_stay(town: Flask) -> None:
    karin, ilse = person("karin_thijs"), person("ilse_verbeke")
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(5)])
        mine = given(campaign, "paul_desmet", 5)
        note(mine, "wil_geen_oproep")
        with pytest.raises(Conflict):
            destroy_list.propose(karin, campaign)
        runs.end(karin, campaign)
        with pytest.raises(NotFound):
            page(mine)
        destroy_list.propose(karin, campaign)
        with pytest.raises(Invalid):
            destroy_list.approve(karin, campaign)
        destroy_list.approve(ilse, campaign)
        swept()
        left = runs.show(karin, campaign)
        assert (left.state, left.total, left.destroyed["campaign_contact"]) == ("destroyed", 0, 5)
        assert [item.n for item in left.outcomes] == [1]
        assert [item.n for item in figures.campaign_counts(karin)] == [1]
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert contact_rows.all_of(tx, ids.from_text(campaign)) == []
            assert contact_rows.brought_for(tx, ids.from_text(campaign)) == []
            assert campaign_rows.batches(tx, ids.from_text(campaign)) == []


def test_a_campaign_ends_by_itself_after_its_last_day(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        campaign = begun()
    with clock.stopped_at(local("2026-12-19T09:00")):
        assert destroy_list.end_all() == 1
        found = runs.show(person("karin_thijs"), campaign)
        assert (found.state, found.destroy_on) == ("ended", date(2027, 1, 15))


def test_a_second_round_begins_with_who_was_found_to_need_it(town: Flask) -> None:
    karin = person("karin_thijs")
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(3)])
        mine = given(campaign, "paul_desmet", 3)
        talk(mine, QUIET)
        needs = page(mine).ready[0].name
        talk(mine, {**QUIET, "hoe_gaat": "moeilijk"})
        note(mine, "verhuisd")
        asked = StartCampaign(
            karin, "winter_75plus", "Tweede", "", "", date(2026, 11, 16), date(2026, 12, 18), "r2"
        )
        second = next_rounds.next_round(asked, campaign)
        assert next_rounds.next_round(asked, campaign) == second
        batch = given(second, "annemie_claeys", 20)
        assert [item.name for item in page(batch, "annemie_claeys").ready][:1] == [needs]
        assert len(page(batch, "annemie_claeys").ready) == 2


def test_visits_are_for_two_and_wait_for_the_letter(town: Flask) -> None:
    karin = person("karin_thijs")
    with clock.stopped_at(MONDAY):
        campaign = begun("huisbezoeken_65plus", date(2026, 11, 9))
        rows = [row(n, leeftijd="65-74") for n in range(2)]
        filled(campaign, rows)
        with pytest.raises(Invalid):
            batches.hand_out(karin, campaign, person("paul_desmet").account, "", 2, "a")
        second: Actor = person("youssef_benali")
        batches.hand_out(karin, campaign, person("paul_desmet").account, second.account, 2, "b")
        mine = batches.mine(second)[0].id
        assert page(mine, "youssef_benali").ready == ()
        paper.letters(karin, campaign, "before")
    with clock.stopped_at(local("2026-11-24T10:00")):
        assert len(page(mine).ready) == len(page(mine, "youssef_benali").ready) == 2
        note(mine, "niet_thuis")
        found = page(mine).ready[0]
        with pytest.raises(Invalid):
            contacting.note(person("paul_desmet"), found.id, "bezocht", found.version, "c")
