"""By when does somebody try to reach the resident for the first time?"""

from __future__ import annotations

from datetime import date

from app.services.cases.load_case import due_of, key_of
from app.storage.database import transaction
from app.storage.repositories import case_rows, task_rows

MAIN = "main"


def first_attempt(municipality: str, case_id: str) -> date | None:
    """The day on which the first task of a case is due, as long as nothing happened since it came in.

    For who handed it in: nothing else of the case. Raises NotFound for an id that is none.
    """
    key = key_of(case_id)
    with transaction(municipality, readonly=True) as tx:
        row = case_rows.get(tx, key)
        if row is None or row["version"] != 1:
            return None
        waits = (task for task in task_rows.of_case(tx, key) if task["state"] == "open")
        return next((due_of(task) for task in waits if task["key"] == MAIN), None)
