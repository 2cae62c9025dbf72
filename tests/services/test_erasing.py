"""Whoever is erased, or past their term, stands nowhere any more: not in a single column, opened with the key."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa

from app.engine.policy import Actor
from app.services.privacy import approvals, erase_person, known, proposals, records
from app.services.staff import staffing
from app.services.tasks import finish_task
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.models import METADATA, Case, Event, Task
from tests.support.bound import MUNICIPALITY
from tests.support.markers import Markers, left, plant_card, plant_person, plant_talk
from tests.support.town import actor, local, press, settle

pytestmark = pytest.mark.usefixtures("town")
BEGIN, END = local("2026-11-09 09:40"), local("2026-11-20 10:00")
A_YEAR, LONG = local("2027-11-22 03:00"), local("2032-01-05 03:00")


def streams() -> list[int]:
    """The chains of cases, those of cases that are gone too."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = (
            sa.select(Event.stream).where(Event.municipality == MUNICIPALITY, Event.stream != 0).distinct()
        )
        return list(tx.execute(query).scalars())


def assert_chains_hold() -> None:
    for stream in streams():
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert history.verify(tx, stream) is None


def carry_out(moment: datetime) -> None:
    """What is past its term at this moment is proposed, approved by two, and goes."""
    with clock.stopped_at(moment):
        proposals.plan(MUNICIPALITY)
        settle()
        (found,) = proposals.listed(actor("karin_thijs"))
        approvals.approve(actor("karin_thijs"), found.id)
        settle()


def test_after_erasing_a_person_nothing_of_them_is_left() -> None:
    mark = Markers()
    with clock.stopped_at(BEGIN):
        case = plant_card(mark)
        person = plant_person(mark, case)
        talk = plant_talk(mark, person)
    with clock.stopped_at(END):
        press(case, "overleden")
        press(talk, "overleden")
        settle()
        planted = left(mark)
        every = set().union(*planted.values())
        assert len(every) >= 60, len(every)
        assert len(planted) >= 11, sorted(planted)
        dpo, head = actor("ilse_verbeke"), actor("karin_thijs")
        before = erase_person.preview(dpo, person)
        assert (len(before.goes), before.stays) == (4, ())
        erase_person.approve(head, erase_person.propose(dpo, person))
        settle()
        assert left(mark) == {}
        assert len(records.listed(dpo)) == 4
    assert_chains_hold()


def test_what_runs_or_is_held_stays_and_says_why() -> None:
    mark = Markers()
    with clock.stopped_at(BEGIN):
        case = plant_card(mark)
        person = plant_person(mark, case)
    with clock.stopped_at(END):
        found = erase_person.preview(actor("ilse_verbeke"), person)
        assert [line.why for line in found.stays] == ["open"]
        erase_person.approve(actor("karin_thijs"), erase_person.propose(actor("ilse_verbeke"), person))
        settle()
        assert "submission" in left(mark)
        assert "person" in left(mark)


def test_deleted_after_its_term_nothing_is_left() -> None:
    mark = Markers()
    with clock.stopped_at(BEGIN):
        case = plant_card(mark)
        plant_person(mark, case)
    with clock.stopped_at(END):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp", open_tasks={})
        settle()
    carry_out(A_YEAR)
    assert set(left(mark)) <= {"draft", "person", "person_merge", "person_search"}
    assert_chains_hold()


def test_anonymised_what_is_counted_stays_and_nobody_is_in_it() -> None:
    mark = Markers()
    with clock.stopped_at(BEGIN):
        talk = plant_talk(mark)
    with clock.stopped_at(END):
        press(talk, "overleden")
        settle()
        _finish_all()
    carry_out(LONG)
    assert left(mark) == {}
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(Case.form, Case.neighbourhood, Case.person, Case.number)).all()
        assert {(row.form, row.neighbourhood) for row in rows} == {("brede_intake", "statie")}
        assert all(row.number.startswith("~") and row.person is None for row in rows)
    assert_chains_hold()


def _finish_all() -> None:
    """Tick off what a closed case still asks: a partner that was written to."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(Task.id, Task.assignee).where(Task.state == "open")
        waiting = [(ids.to_text(row.id), row.assignee) for row in tx.execute(query)]
    for task, account in waiting:
        worker = staffing.world(MUNICIPALITY).staffing.workers[account]
        finish_task.finish(Actor(account, MUNICIPALITY, worker.name, worker.roles), task)


def test_of_every_table_it_is_known_what_becomes_of_it() -> None:
    tables = METADATA.tables
    assert set(tables) == set(known.KNOWN), set(tables) ^ set(known.KNOWN)
    for name, table in tables.items():
        points = {key.referred_table.name for key in table.foreign_key_constraints}
        if {"cases", "person"} & points and name not in ("cases", "person"):
            assert known.KNOWN[name] in (known.CASE, known.PERSON, known.SILENT), name
        if {"submission", "file"} & points and name != "cases":
            assert known.KNOWN[name] in (known.CASE, known.SUBMISSION), name
