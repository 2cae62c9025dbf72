"""How is a recorded case played again: a submission, then presses, each at its moment?

A record (``tests/golden/*.json``) holds what people did and what became of it. ``play`` does it again and says what
becomes of it now; ``between`` is called halfway, before the press with the number ``record["halfway"]``.
``python -m tests.support.golden`` plays what was written without an outcome and writes that down.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from app.engine import values
from app.engine.policy import by_link
from app.services.cases import case_page
from app.services.cases.case_view import CasePage
from app.services.definitions import catalogs
from app.services.intake.submit_form import SubmitForm, submit
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import Case
from tests.support.bound import MUNICIPALITY, bound
from tests.support.town import actor, holder_of, local, peopled, press, settle

FOLDER = Path(__file__).parents[1] / "golden"
Json = Mapping[str, Any]


def records() -> dict[str, Json]:
    """All recorded cases, by workflow and number."""
    found: dict[str, Json] = {}
    for path in sorted(FOLDER.glob("*.json")):
        for place, record in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1):
            found[f"{path.stem}-{place}"] = record
    return found


def play(record: Json, between: Callable[[], None] = lambda: None) -> list[Json]:
    """What the case looks like after it began and after each press."""
    with clock.stopped_at(local(record["at"])):
        case = _begun(record)
        settle()
        seen = [_looks(case)]
    for number, act in enumerate(record["acts"]):
        if number == record["halfway"]:
            between()
        with clock.stopped_at(local(act["at"])):
            settle()
            more = {name: act[name] for name in ("reason", "row_reasons", "open_tasks") if name in act}
            press(case, act["action"], act.get("answers"), **more)
            settle()
            seen.append(_looks(case))
    return seen


def _begun(record: Json) -> str:
    """Submit the form; the case, or the one opened beside it that the record is about."""
    version = catalogs.live(MUNICIPALITY).form(record["form"])
    who = actor(record["by"]) if record["by"] else by_link(MUNICIPALITY)
    receipt = submit(
        SubmitForm(
            actor=who,
            form_version=version.id,
            given=values.read_json(version.form, record["answers"]),
            token=secrets.token_hex(16),
            audience=record["audience"],
        )
    )
    return _beside(receipt.case) if record.get("beside") else receipt.case


def _beside(case: str) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(Case.id).where(
            Case.municipality == MUNICIPALITY, Case.parent == ids.from_text(case)
        )
        return ids.to_text(int(tx.scalar(query)))


def _looks(case: str) -> Json:
    """What matters of a case to those who work on it, as plain JSON."""
    page: CasePage = case_page.show(holder_of(case), case)
    tasks = sorted((task.kind, task.label, str(task.due_on or "")) for task in page.tasks if task.open)
    return {
        "state": page.state,
        "label": page.state_label,
        "ended": page.ended,
        "reason": page.reason_label,
        "contact_point": page.contact_point,
        "tasks": [list(task) for task in tasks],
        "limits": [[limit.id, str(limit.due_on), limit.met] for limit in page.limits],
        "marks": sorted(name for name, _ in page.marks),
        "buttons": [action.id for action in page.actions],
        "submissions": [[item.title, item.action] for item in page.submissions],
    }


def later(moment: str, days: float) -> str:
    """A local moment some days on, as a record writes it."""
    return (local(moment) + timedelta(days=days)).isoformat()


def record(folder: Path) -> None:
    """Write what becomes of every case that has no ``outcome`` yet; ``folder`` is a place for a database."""
    place = f"sqlite:///{folder / 'golden.sqlite3'}"
    peopled(place)
    with bound(place):
        for path in sorted(FOLDER.glob("*.json")):
            found = json.loads(path.read_text(encoding="utf-8"))
            if any("outcome" not in item for item in found):
                made = [item if "outcome" in item else {**item, "outcome": play(item)} for item in found]
                path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as somewhere:
        record(Path(somewhere))
