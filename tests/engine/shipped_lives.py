"""Cases of the shipped definitions in Zandlede."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine import calendar
from app.engine.judge import judge
from app.engine.model.cases import Decision
from app.engine.values import read_json
from tests.engine.deciding import Life
from tests.support.shipped import catalog, zandlede
from tests.support.zandlede import at

Json = Mapping[str, object]
MONDAY = "2026-11-09T09:40"
SUB_CASE = "wettelijke_termijn"


def started(workflow: str, form: str, answers: Json, when: str = MONDAY) -> Life:
    """A case of ``form`` handed in at local time ``when``; answers that are missing do not stop it."""
    pinned = catalog().forms[form]
    moment = calendar.local(zandlede().calendar, at(when))
    life = Life(
        judge(pinned, read_json(pinned, answers), moment).answers,
        zandlede(),
        flow=catalog().workflows[workflow],
        form=pinned,
        points=catalog().contact_points,
    )
    of_sub_case = {"contact_point": "maatschappelijk_werker", "parent": "BI-2026-00001"}
    assert life.submit(when, **(of_sub_case if workflow == SUB_CASE else {})).refusal is None
    return life


def refused(decision: Decision) -> str:
    """Why a press did nothing, in its own words where the definition has them."""
    assert decision.refusal is not None
    return dict(decision.refusal.params).get("message", decision.refusal.code)
