"""Whom is a task in my own list about? A name says more than a number to whoever follows somebody up.

Names are class 1 and only for whoever may open the case: its assignee or a substitute; never for an onlooker, never
once consent was withdrawn, and in a restricted contact point only for the responsible person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.load_case import Desk
from app.services.definitions import catalogs
from app.services.people import residents
from app.storage.database import Transaction
from app.storage.repositories import case_rows

Task = Mapping[str, Any]
_RELATION = {"mine": Relation.OWN, "substitute": Relation.SUBSTITUTE}


def names(tx: Transaction, desk: Desk, actor: Actor, tasks: Sequence[Task], scope: str) -> dict[int, str]:
    """Case id -> the resident's name, for the tasks of one page."""
    relation = _RELATION.get(scope)
    if relation is None or not may(actor, Act.CASE_READ, relation):
        return {}
    allowed = [task for task in tasks if _may_know(desk, actor, task)]
    called: dict[int, str] = {}
    for submission in case_rows.submissions(tx, list({task["submission"] for task in allowed})):
        if submission["sealed"] is not None:
            form = catalogs.cached_form(desk.municipality, submission["form_version"])
            kept = tx.sealer.open_json(("submission", submission["id"], "sealed"), submission["sealed"])
            called[submission["id"]] = residents.listed(form, kept)
    return {task["case"]: called.get(task["submission"], "") for task in allowed}


def _may_know(desk: Desk, actor: Actor, task: Task) -> bool:
    point = desk.catalog.contact_points.get(task["contact_point"])
    restricted = point is not None and point.restricted
    return (
        not task["onlooker"] and not task["blocked"] and (not restricted or task["holder"] == actor.account)
    )
