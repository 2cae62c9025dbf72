"""How are answers of a case corrected? As a new revision beside what was sent, with a line in the history.

The process looks again at once: its automatic exits may depend on what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.engine import values
from app.engine.facts_of import laid_over
from app.engine.model.answers import Answers
from app.engine.model.cases import FactsChanged
from app.services.cases.load_case import Desk, Loaded, opened
from app.services.cases.move_case import Moved, move
from app.services.cases.open_case import submission_row
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows
from app.storage.repositories.event_rows import NewEvent


def own_answers(tx: Transaction, loaded: Loaded) -> Answers:
    """What the form that opened the case says now, without the forms behind its buttons."""
    (sent,) = case_rows.submissions(tx, [loaded.row["submission"]])
    return opened(tx, sent, loaded.pin.form)


def revise(
    tx: Transaction, desk: Desk, loaded: Loaded, answers: Answers, events: Sequence[NewEvent]
) -> Moved:
    """``answers`` stand instead of those of the form from now on; ``loaded`` was loaded with ``lock``. Raises what
    ``move`` raises."""
    (sent,) = case_rows.submissions(tx, [loaded.row["submission"]])
    key = ids.new_id()
    row = submission_row(tx, key, loaded.pin.form_version, values.to_json(loaded.pin.form, answers))
    row.update(
        {name: sent[name] for name in ("audience", "by", "referrer_link")},
        token=f"own:{ids.to_text(key)}",
        revision=sent["revision"] + 1,
        replaces=sent["id"],
    )
    case_rows.insert_submission(tx, row)
    now = replace(loaded.case, answers=laid_over(loaded.pin.form, answers, loaded.case.answers))
    changed = replace(loaded, case=now)
    return move(tx, desk, changed, FactsChanged(), events=events, columns={"submission": key})
