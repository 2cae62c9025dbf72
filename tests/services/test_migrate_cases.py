"""Do running cases go over to a new version as was shown, once each, with nothing lost unseen, and back again?"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine import values
from app.engine.policy import Actor
from app.services.cases import add_note, case_page
from app.services.cases.load_case import desk_of, load
from app.services.cases.open_case import submission_row
from app.services.definitions import catalogs, definition_drafts
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.follow_up import deliver_outbox
from app.services.follow_up.fire_timer import LeaseLost
from app.services.intake.submit_form import submit
from app.services.moving import migrate_batch, migrate_cases
from app.services.moving.migrate_cases import Batch
from app.storage import clock, ids, outbox
from app.storage.database import transaction
from app.storage.models import Outbox
from app.storage.repositories import case_rows, outbox_rows, task_rows
from app.storage.task_counts import recount
from tests.services.test_definition_drafts import admin
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit, publish
from tests.support.town import actor, asked, card, holder_of, leases_run_out, local, press, send_card, settle

FLOW = "warme_doorverwijzing"
PATH = f"workflows/{FLOW}.yaml"
CARD = "formdefs/doorverwijskaart.yaml"
MONDAY = local("2026-11-09 09:40")
TUESDAY = local("2026-11-10 10:00")


def second(an: Actor) -> None:
    """Version 2: a state called otherwise, another ladder, and a question that is gone."""
    edit(an, PATH, "label: Toegewezen", "label: Bij jou")
    edit(an, PATH, "remind: [1 working day before, on the day]", "remind: [on the day]")
    edit(an, CARD, "field: toelichting", "field: uitleg")
    _without_examples(an, CARD)
    publish(an)


def _without_examples(an: Actor, path: str) -> None:
    opened = definition_drafts.open_text(an, path)
    definition_drafts.save(an, path, opened.text.partition("\nexamples:")[0] + "\n", opened.seen)


def prepared(an: Actor, states: Mapping[str, str] | None = None) -> Batch:
    found = migrate_cases.flow(an, FLOW)
    move, _ = migrate_cases.prepare(an, FLOW, frozenset(group.key for group in found.groups), states or {})
    settle()
    return migrate_cases.show(an, move)


def applied(an: Actor, batch: Batch) -> Batch:
    migrate_cases.apply(an, batch.id, "Nieuwe afspraken")
    settle()
    return migrate_cases.show(an, batch.id)


def row_of(case: str) -> dict[str, Any]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return case_rows.get(tx, ids.from_text(case)) or {}


def everything(case: str) -> tuple[object, ...]:
    """All that undoing has to bring back."""
    key = ids.from_text(case)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = {name: value for name, value in (case_rows.get(tx, key) or {}).items() if name != "version"}
        tasks = [task for task in task_rows.of_case(tx, key) if task["state"] == "open"]
        timers = outbox.timers(tx, key)
    return row, tasks, sorted(timers)


def mails(case: str) -> int:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return len(outbox_rows.of_case(tx, ids.from_text(case), "mail"))


def test_a_case_goes_over_as_it_was_shown_and_back_again(town: Flask) -> None:
    an = admin()
    with clock.stopped_at(MONDAY):
        case = send_card().case
        settle()
    before, sent, submission = everything(case), mails(case), row_of(case)["submission"]
    with clock.stopped_at(TUESDAY):
        second(an)
        batch = prepared(an)
        (line,) = batch.lines
        assert (line.standing, line.state_from, line.state_to) == ("movable", "Toegewezen", "Bij jou")
        assert line.lost == ("Wil je er iets over zeggen?",)
        assert everything(case) == before
        done = applied(an, batch)
        assert (done.progress.moved, done.progress.busy, done.note) == (1, False, "Nieuwe afspraken")
        page = case_page.show(actor("joris_maes"), case)
        assert page.state_label == "Bij jou"
        assert "Geheimpje over de kat" not in str(page.submissions)
        assert any("Nieuwe afspraken" in line.text for line in page.timeline)
        now = row_of(case)
        live = catalogs.live(MUNICIPALITY)
        assert (now["form_version"], now["workflow_version"]) == (
            live.form("doorverwijskaart").id,
            live.workflow(FLOW).id,
        )
        with transaction(MUNICIPALITY, readonly=True) as tx:
            (old, new) = case_rows.submissions(tx, [submission, now["submission"]])
            assert (new["replaces"], new["revision"], old["revision"]) == (submission, 2, 1)
            assert list(recount(tx)) == []
        migrate_cases.undo(an, batch.id)
        settle()
        assert everything(case) == before
        assert migrate_cases.show(an, batch.id).counts["undone"] == 1
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert list(recount(tx)) == []
    assert mails(case) == sent


def test_the_same_card_sent_twice_still_finds_its_case(town: Flask) -> None:
    an, request = admin(), card()
    first = submit(request)
    second(an)
    assert applied(an, prepared(an)).progress.moved == 1
    assert submit(request).case == first.case


def test_a_state_that_is_gone_needs_another_and_a_case_in_it_waits_until_one_is_chosen(town: Flask) -> None:
    an = admin()
    with clock.stopped_at(MONDAY):
        case = send_card().case
    with clock.stopped_at(TUESDAY):
        press(case, "bereikt", asked(case, "bereikt"))
        settle()
        before = everything(case)
        _rename_state(an)
        found = migrate_cases.flow(an, FLOW)
        assert [ref for ref, _ in found.gone] == ["in_opvolging"]
        assert "loopt" in {ref for ref, _ in found.targets}
        with pytest.raises(Invalid, match="move_state"):
            prepared(an, {"in_opvolging": "afgesloten"})
        (line,) = prepared(an).lines
        assert (line.standing, line.reason) == ("fixed", "state_gone")
        batch = prepared(an, {"in_opvolging": "loopt"})
        assert (batch.lines[0].state_from, batch.lines[0].state_to) == ("In opvolging", "Loopt")
        applied(an, batch)
        page = case_page.show(holder_of(case), case)
        assert page.state == "loopt"
        assert [task.kind for task in page.tasks if task.open] == ["main"]
        migrate_cases.undo(an, batch.id)
        settle()
        assert everything(case) == before


def _rename_state(an: Actor) -> None:
    opened = definition_drafts.open_text(an, PATH)
    text = opened.text.replace("in_opvolging", "loopt").replace("label: In opvolging", "label: Loopt")
    definition_drafts.save(an, PATH, text, opened.seen)
    _without_examples(an, CARD)
    publish(an)


def test_who_acted_in_between_loses_nothing_that_was_not_shown(town: Flask) -> None:
    an = admin()
    with clock.stopped_at(MONDAY):
        moves, ends = send_card().case, send_card(persoon__voornaam="Ann").case
        second(an)
        batch = prepared(an)
        press(moves, "bereikt", asked(moves, "bereikt"))
        press(ends, "wenst_geen_hulp", reason="wenst_geen_hulp")
        done = applied(an, batch)
    assert {(line.standing, line.reason) for line in done.lines} == {("moved", ""), ("skipped", "ended")}
    assert row_of(moves)["state"] == "in_opvolging"


def test_a_case_that_would_lose_more_than_was_shown_is_left_alone(town: Flask) -> None:
    an = admin()
    with clock.stopped_at(MONDAY):
        case = send_card(toelichting=None).case
        second(an)
        batch = prepared(an)
        assert batch.lines[0].lost == ()
        _told_more(case)
        (line,) = applied(an, batch).lines
    assert (line.standing, line.reason) == ("skipped", "more_lost")


def _told_more(case: str) -> None:
    """A correction of the submission, as a later revision in the same form version."""
    desk = desk_of(MUNICIPALITY)
    with transaction(MUNICIPALITY) as tx:
        loaded = load(tx, desk, ids.from_text(case), lock=True)
        answers = {**loaded.case.answers, "toelichting": "Toch iets"}
        key = ids.new_id()
        row = submission_row(tx, key, loaded.pin.form_version, values.to_json(loaded.pin.form, answers))
        row.update(
            token=f"test:{ids.to_text(key)}", audience="referrer", by=None, replaces=loaded.row["submission"]
        )
        case_rows.insert_submission(tx, row)
        version = loaded.row["version"]
        case_rows.update(
            tx, loaded.row["id"], version=version, values={"submission": key, "version": version + 1}
        )


def test_what_somebody_did_since_is_never_undone(town: Flask) -> None:
    an = admin()
    with clock.stopped_at(MONDAY):
        acted, noted = send_card().case, send_card(persoon__voornaam="Ann").case
        second(an)
        batch = applied(an, prepared(an))
        press(acted, "bereikt", asked(acted, "bereikt"))
        add_note.add(holder_of(noted), noted, "Een nota verandert niets")
        migrate_cases.undo(an, batch.id)
        settle()
        found = migrate_cases.show(an, batch.id)
    assert {(line.standing, line.reason) for line in found.lines} == {("left", "acted"), ("undone", "")}
    assert row_of(acted)["state"] == "in_opvolging"
    assert row_of(acted)["workflow_version"] != row_of(noted)["workflow_version"]


def test_two_workers_at_once_move_each_case_once(town: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate_batch, "BATCH", 2)
    an = admin()
    cases = [send_card(persoon__voornaam=f"Ann {n}").case for n in range(6)]
    second(an)
    batch = prepared(an)
    wake = migrate_cases.apply(an, batch.id)
    assert migrate_cases.apply(an, batch.id) == ()

    def work(_: int) -> int:
        with town.app_context():
            return deliver_outbox.deliver(MUNICIPALITY, wake)

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == len(wake)
    settle()
    assert migrate_cases.show(an, batch.id).progress.moved == 6
    assert {row_of(case)["version"] for case in cases} == {row_of(cases[0])["version"]}
    assert [_lines(case) for case in cases] == [1] * 6


def _lines(case: str) -> int:
    page = case_page.show(holder_of(case), case)
    return sum(line.code == "version_moved" for line in page.timeline)


def test_a_worker_that_dies_half_way_leaves_the_rest_to_the_next(town: Flask) -> None:
    an = admin()
    cases = [send_card(persoon__voornaam=f"Ann {n}").case for n in range(4)]
    second(an)
    batch = prepared(an)
    (wake,) = migrate_cases.apply(an, batch.id)
    with transaction(MUNICIPALITY) as tx:
        (leased,) = outbox.claim(tx, [wake])
    desk, move = desk_of(MUNICIPALITY), ids.from_text(batch.id)
    for text in leased.payload["cases"][:2]:  # and then it is killed
        migrate_batch._one(desk, leased, move, ids.from_text(text))
    half = migrate_cases.show(an, batch.id).progress
    assert (half.done, half.total, half.busy) == (2, 4, True)
    with pytest.raises(Conflict, match="move_busy"):
        migrate_cases.undo(an, batch.id)
    assert deliver_outbox.deliver(MUNICIPALITY, [wake]) == 0
    leases_run_out()
    assert deliver_outbox.deliver(MUNICIPALITY, [wake]) == 1
    with pytest.raises(LeaseLost):
        migrate_batch.carry_out(MUNICIPALITY, leased)
    assert migrate_cases.show(an, batch.id).progress.moved == 4
    assert [_lines(case) for case in cases] == [1] * 4


def test_a_case_that_cannot_be_written_is_told_and_holds_nobody_up(town: Flask) -> None:
    an = admin()
    bad, good = send_card().case, send_card(persoon__voornaam="Ann").case
    second(an)
    batch = prepared(an)
    with transaction(MUNICIPALITY) as tx:  # its answers cannot be opened any more
        key = row_of_tx(tx, bad)["submission"]
        tx.execute(sa.text("UPDATE submission SET sealed = :x WHERE id = :k"), {"x": b"stuk", "k": key})
    (wake,) = migrate_cases.apply(an, batch.id)
    for _ in range(migrate_batch.TRIES):
        with transaction(MUNICIPALITY) as tx:
            tx.execute(sa.update(Outbox).where(Outbox.id == wake).values(due_at=tx.now - timedelta(days=1)))
        deliver_outbox.deliver(MUNICIPALITY, [wake])
    found = migrate_cases.show(an, batch.id)
    assert (found.counts["moved"], found.counts["failed"], found.progress.busy) == (1, 1, False)
    assert row_of(good)["version"] > row_of(bad)["version"]


def row_of_tx(tx: Any, case: str) -> dict[str, Any]:
    return case_rows.get(tx, ids.from_text(case)) or {}


def test_a_newer_publication_stops_what_was_shown_for_an_older_one(town: Flask) -> None:
    an = admin()
    send_card()
    second(an)
    batch = prepared(an)
    edit(an, PATH, "label: Bij jou", "label: Nog anders")
    publish(an)
    (line,) = applied(an, batch).lines
    assert (line.standing, line.reason) == ("skipped", "newer")


def test_who_may_not_publish_moves_nothing(town: Flask) -> None:
    an = admin()
    send_card()
    assert migrate_cases.flows(an) == ()
    second(an)
    with pytest.raises(Invalid, match="move_nothing"):
        migrate_cases.prepare(an, FLOW, frozenset(), {})
    batch = prepared(an)
    for refused in (migrate_cases.flows, migrate_cases.latest):
        with pytest.raises(Forbidden):
            refused(actor("joris_maes"))
    with pytest.raises(Forbidden):
        migrate_cases.apply(actor("joris_maes"), batch.id)
    assert "moved" not in {line.standing for line in migrate_cases.show(an, batch.id).lines}
