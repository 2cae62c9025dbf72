from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

import pytest

from app.engine import values
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.tasks import finish_task, queue
from app.storage import clock, ids, task_counts
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, asked, holder_of, local, press

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
TALK: dict[str, Any] = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Fatima",
    "contact.tel": "09 000 00 03",
    "vraag_eigen_woorden": "Ik kan de huur niet meer betalen",
    "dringend": "nee",
    "geldvraag": "nee",
    "buurt": "statie",
    "domeinen.wonen": "dringend",
    "domeinen.inkomen": "zorgen",
    "domeinen.netwerk": "kan_beter",
}


def intake(**changes: Any) -> Receipt:
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    answers = {**TALK, "afspraken": [{"wat": "Huurcontract meebrengen", "wie": "staff"}], **changes}
    return submit(
        SubmitForm(
            actor=actor("hilde_claes"),
            form_version=version.id,
            given=values.read_json(version.form, answers),
            token=secrets.token_hex(16),
            audience="reception",
        )
    )


def test_several_domains_become_sub_tasks_under_one_contact_person() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake()
        page = case_page.show(holder_of(receipt.case), receipt.case)
    assert page.contact_point == "Woonloket"
    kinds = Counter(task.kind for task in page.tasks)
    assert kinds["main"] == 1
    assert kinds["sub"] >= 2
    assert len({task.assignee.account for task in page.tasks}) >= 2


def test_who_got_a_part_ticks_it_off() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake()
        page = case_page.show(holder_of(receipt.case), receipt.case)
        part = next(task for task in page.tasks if task.kind == "sub")
        worker = next(
            name
            for name in ("veerle_naessens", "dries_vermeulen", "sofie_wouters", "hilde_claes")
            if actor(name).account == part.assignee.account
        )
        finish_task.finish(actor(worker), part.id)
        after = case_page.show(holder_of(receipt.case), receipt.case)
    assert next(task for task in after.tasks if task.id == part.id).outcome == "done"
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == []


def test_a_question_for_money_opens_the_statutory_case_with_only_what_it_needs() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake(geldvraag="ja")
        parent = case_page.show(holder_of(receipt.case), receipt.case)
        (child,) = [item for item in parent.linked if item.relation == "child"]
        page = case_page.show(holder_of(child.id), child.id)
    assert receipt.prints == (f"ontvangstbewijs:{child.id}",)
    assert page.workflow_title == "Wettelijke termijn OCMW"
    assert any(limit.statutory for limit in page.limits)
    assert "huur niet meer" not in str(page.submissions)
    assert "Fatima" in str(page.submissions)


def test_lists_hide_what_a_part_is_about_and_the_case_says_it_to_who_may_read() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake()
        (listed,) = [
            row.label
            for row in queue.page(actor("veerle_naessens")).rows
            if row.number == receipt.number and not row.onlooker
        ]
        parts = [
            task.label
            for task in case_page.show(actor("veerle_naessens"), receipt.case).tasks
            if task.assignee.name == "Veerle Naessens"
        ]
        lead = case_page.show(actor("karin_thijs"), receipt.case)
    assert parts != [listed]
    assert "Geld" in parts[0]
    assert "Geld" not in listed
    assert not any("Geld" in task.label for task in lead.tasks)


def test_closing_asks_what_becomes_of_each_open_part() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake()
        press(receipt.case, "bereikt", asked(receipt.case, "bereikt"))
        page = case_page.show(holder_of(receipt.case), receipt.case)
        closing = next(
            action for action in page.actions if action.ends and action.open_tasks and action.reasons
        )
        parts = [task for task in page.tasks if task.kind == "sub"]
        assert {task.key for task in closing.open_tasks} == {task.key for task in parts}
        reasons = {"reason": closing.reasons[0].id}
        rows = {row.id: closing.reasons[0].id for row in closing.rows}
        with pytest.raises(Invalid) as problem:
            press(receipt.case, closing.id, asked(receipt.case, closing.id), row_reasons=rows, **reasons)
        said = dict.fromkeys((task.key for task in parts), "done") | {parts[0].key: "kept"}
        press(
            receipt.case,
            closing.id,
            asked(receipt.case, closing.id),
            row_reasons=rows,
            open_tasks=said,
            **reasons,
        )
        after = case_page.show(holder_of(receipt.case), receipt.case)
    assert problem.value.code == "open_tasks"
    assert after.ended
    assert [task.key for task in after.tasks if task.open] == [parts[0].key]
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert list(task_counts.recount(tx)) == []


def test_a_part_of_another_workflow_is_listed_under_its_own_name() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake(geldvraag="ja")
        parent = case_page.show(holder_of(receipt.case), receipt.case)
        (child,) = [item for item in parent.linked if item.relation == "child"]
        titles = {
            row.form_title for row in queue.page(holder_of(child.id), size=100).rows if row.case == child.id
        }
    assert titles == {"Wettelijke termijn OCMW"}


def test_an_urgent_question_goes_to_who_is_on_duty_and_is_due_today() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake(dringend="ja")
        (row,) = [
            item for item in queue.page(actor("lotte_pauwels"), "today").rows if item.number == receipt.number
        ]
    assert row.urgent
    assert row.days == 0


def test_ids_on_pages_lead_back_to_rows() -> None:
    with clock.stopped_at(MONDAY):
        receipt = intake()
    assert ids.to_text(ids.from_text(receipt.case)) == receipt.case
