"""Do the counters say what a count would say, whatever happened? And is no task skipped or shown twice meanwhile?"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.model.people import Absence
from app.services.cases import case_page, hand_over
from app.services.cases.load_case import desk_of
from app.services.errors import ServiceError
from app.services.staff import staff_absences
from app.services.tasks import claim_task, queue
from app.services.tasks.choice import Choice
from app.services.tasks.queue_scopes import counts_of, scopes_of
from app.storage import clock, ids, task_counts
from app.storage.database import db, transaction
from app.storage.repositories import queue_rows, task_rows
from app.storage.repositories.queue_rows import NO_FILTERS, Filters, Scope, Window
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, asked, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
PLACES = ("oosthoek", "statie", "ter_heide")
VIEWERS = ("joris_maes", "bram_de_coster", "veerle_naessens", "karin_thijs", "nele_lambrecht")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("card", "neighbour", "group", "try", "reached", "give", "claim", "away", "day")),
        st.integers(0, 7),
    ),
    min_size=6,
    max_size=14,
)


def _card(pick: int) -> None:
    send_card(buurt=PLACES[pick % 3])


def _neighbour(pick: int) -> None:
    send_card(buurt=PLACES[pick % 3], persoon__geboorte=1980, zorgen=["eenzaam"])


def _group(_pick: int) -> None:
    send_card(zorgen=["vertel_liever_zelf"], persoon__geboorte=1980)


def _some_case(pick: int) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = queue_rows.page(tx, Scope(), Window(), after=None, size=20)
    return ids.to_text(rows[pick % len(rows)]["case"]) if rows else ""


def _press(pick: int, action: str) -> None:
    case = _some_case(pick)
    if case and any(item.id == action for item in case_page.show(holder_of(case), case).actions):
        press(case, action, asked(case, action))


def _give(pick: int) -> None:
    case = _some_case(pick)
    if case:
        who = holder_of(case)
        version = case_page.show(who, case).version
        to = actor(VIEWERS[pick % 3]).account
        hand_over.hand_over(who, case, to=to, reason="vakantie", version=version)


def _claim(_pick: int) -> None:
    veerle = actor("veerle_naessens")
    for row in queue.page(veerle, scope="group", size=1).rows:
        claim_task.claim(veerle, row.task)


def _away(pick: int) -> None:
    day = clock.now().date()
    staff_absences.save(actor("karin_thijs"), Absence(actor(VIEWERS[pick % 3]).account, day, day))


DO: dict[str, Callable[[int], None]] = {
    "card": _card,
    "neighbour": _neighbour,
    "group": _group,
    "try": lambda pick: _press(pick, "niet_bereikt"),
    "reached": lambda pick: _press(pick, "bereikt"),
    "give": _give,
    "claim": _claim,
    "away": _away,
}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(STEPS)
def test_counters_are_what_a_count_would_be(steps: list[tuple[str, int]]) -> None:
    moment = MONDAY
    for what, pick in steps:
        if what == "day":
            moment += timedelta(hours=7 * (pick + 1))
            continue
        with clock.stopped_at(moment):
            try:
                DO[what](pick)
            except ServiceError:
                continue  # a colleague who may not, somebody who has it already: nothing may have been counted
            moment += timedelta(minutes=1)
    with clock.stopped_at(moment):
        _agree()


def _agree() -> None:
    desk = desk_of(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert task_counts.recount(tx) == []
        today = tx.now.astimezone(desk.world.calendar.zone).date()
        for who in VIEWERS:
            scopes = scopes_of(tx, desk, actor(who), today)
            for name, told in counts_of(tx, scopes, today).items():
                for view in queue.VIEWS:
                    window = queue._window(Choice(view=view), today)
                    rows = queue_rows.whole(tx, scopes[name], window, NO_FILTERS, most=5000)
                    assert (who, name, view, len(rows)) == (who, name, view, getattr(told, view))


def test_nothing_is_skipped_or_doubled_while_others_work() -> None:
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        cards = [send_card() for _ in range(7)]
        seen: list[str] = []
        cursor = queue.page(joris, size=2).next
        seen += [row.number for row in queue.page(joris, size=2).rows]
        press(cards[0].case, "bereikt", asked(cards[0].case, "bereikt"))  # leaves the place it was seen at
        version = case_page.show(joris, cards[2].case).version  # the next in line goes to somebody else
        nele = actor("nele_lambrecht").account
        hand_over.hand_over(joris, cards[2].case, to=nele, reason="vakantie", version=version)
        late = send_card()
        while cursor:
            page = queue.page(joris, cursor=cursor, size=2)
            seen += [row.number for row in page.rows]
            cursor = page.next
    stayed = [card.number for index, card in enumerate(cards) if index not in (0, 2)]
    assert [number for number in seen if number in stayed] == stayed
    assert late.number in seen
    assert seen.count(cards[0].number) == 2  # seen where it stood, and again with its new task
    assert cards[2].number not in seen


def test_what_is_filtered_is_found_however_far_down_and_says_how_far_it_looked() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with transaction(MUNICIPALITY) as tx:
        (task,) = [row for row in task_rows.of_case(tx, ids.from_text(card.case)) if row["kind"] == "main"]
        many = [{**task, "id": ids.new_id(), "key": f"x{n}", "urgent": n == 29} for n in range(30)]
        task_rows.insert(tx, many)
        some, before = Scope(assignees=(task["assignee"],)), queue_rows.MOST_WALKED
        queue_rows.MOST_WALKED = 10
        try:
            found: list[dict[str, Any]] = []
            place, rounds = None, 0
            while not found or place:
                page = queue_rows.walk(tx, some, Window(), Filters(urgent=True), after=place, size=5)
                found, place, rounds = [*found, *page.rows], page.stopped, rounds + 1
        finally:
            queue_rows.MOST_WALKED = before
        assert [row["id"] for row in found if row["key"] == "x29"] == [many[29]["id"]]
        assert rounds > 2


class _Enough(Exception):
    """The rows of a test are not kept."""


@pytest.mark.parametrize(
    ("scope", "index"),
    [("mine", "ix_task_queue"), ("points", "ix_task_point"), ("team", "ix_task_team")],
)
def test_each_scope_walks_along_its_own_index(scope: str, index: str) -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
    with contextlib.suppress(_Enough), transaction(MUNICIPALITY) as tx:
        (task,) = [row for row in task_rows.of_case(tx, ids.from_text(card.case)) if row["kind"] == "main"]
        day = date(2026, 11, 9)
        people = [actor(who).account for who in VIEWERS]
        points = [task["contact_point"], "elders", "nergens", "ergens"]
        spread = [
            {
                "id": ids.new_id(),
                "due_on": day + timedelta(days=n % 60),
                "assignee": people[n % 5],
                "contact_point": points[n % 4],
            }
            for n in range(3000)
        ]
        task_rows.insert(tx, [{**task, **row} for row in spread])
        tx.connection.exec_driver_sql("ANALYZE task")
        scopes = {
            "mine": Scope(assignees=(task["assignee"],)),
            "points": Scope(points=(task["contact_point"], "elders")),
            "team": Scope(),
        }
        asked_of = _statement_of(
            lambda: queue_rows.page(tx, scopes[scope], Window(), after=(day, task["id"]), size=26)
        )
        explain = "EXPLAIN QUERY PLAN" if tx.dialect == "sqlite" else "EXPLAIN"
        plan = tx.connection.exec_driver_sql(f"{explain} {asked_of[0]}", asked_of[1]).fetchall()
        assert index in str(plan), plan
        assert "SCAN task" not in str(plan)
        assert "Seq Scan on task" not in str(plan)
        raise _Enough


def _statement_of(what: Callable[[], object]) -> tuple[str, Any]:
    """The statement that ``what`` sends, with its values."""
    seen: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        seen.append((told[2], told[3]))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        what()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return seen[-1]
