"""Is what a button's form said kept, read back as the latest, and gone with the case?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.engine import values
from app.engine.model.answers import Answers
from app.services.cases import case_page
from app.services.cases.load_case import desk_of, load
from app.services.definitions import catalogs
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import erase_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press

pytestmark = pytest.mark.usefixtures("town")
PLAN: Mapping[str, Any] = {
    "voor_wie": "straat",
    "straat": "Molenstraat",
    "stappen": [{"wat": "Een bank"}],
    "volgend_moment": "2026-11-20",
}


def plan() -> Receipt:
    version = catalogs.live(MUNICIPALITY).form("trajectplan")
    coach = actor("karin_thijs").account
    answers = {**PLAN, "coach": {"kind": "staff", "id": coach}}
    return submit(
        SubmitForm(
            actor=actor("griet_cools"),
            form_version=version.id,
            given=values.read_json(version.form, answers),
            token=secrets.token_hex(16),
            audience="reception",
        )
    )


def answers_of(case: str) -> Answers:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return load(tx, desk_of(MUNICIPALITY), ids.from_text(case)).case.answers


def test_the_latest_press_is_read_back_and_dates_the_task() -> None:
    with clock.stopped_at(local("2026-11-12 11:00")):
        case = plan().case
    with clock.stopped_at(local("2026-11-20 11:00")):
        press(case, "gezien", {"gebeurd": "Gezellig", "volgend_moment": "2026-12-04"})
        press(case, "andere_dag", {"volgend_moment": "2026-12-11"})
        page = case_page.show(holder_of(case), case)
    later = {name: value for name, value in answers_of(case).items() if name.startswith("stap_traject.")}
    assert later == {"stap_traject.volgend_moment": date(2026, 12, 11)}
    assert [task.due_on for task in page.tasks if task.kind == "main" and task.open] == [date(2026, 12, 11)]
    assert any("11/12/2026, zoals afgesproken" in line.text for line in page.timeline)


def test_the_coach_reads_the_plan_and_a_colleague_does_not() -> None:
    with clock.stopped_at(local("2026-11-12 11:00")):
        case = plan().case
        assert case_page.show(actor("karin_thijs"), case).submissions
        assert not case_page.show(actor("bram_de_coster"), case).submissions


def test_nothing_of_a_later_form_outlives_its_case() -> None:
    with clock.stopped_at(local("2026-11-12 11:00")):
        case = plan().case
        press(case, "gezien", {"gebeurd": "Gezellig", "volgend_moment": "2026-12-04"})
    with transaction(MUNICIPALITY) as tx:
        assert erase_rows.case(tx, [ids.from_text(case)])["submission"] == 2
