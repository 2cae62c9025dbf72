"""How are answers of a case corrected? As a new revision beside what was sent, with a line in the history.

The process looks again at once: its automatic exits may depend on what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.engine.facts_of import laid_over
from app.engine.model.answers import Answers
from app.engine.model.cases import FactsChanged
from app.services.cases import answer_revisions, lending
from app.services.cases.load_case import Desk, Loaded
from app.services.cases.move_case import Moved, move
from app.storage.database import Transaction
from app.storage.repositories.event_rows import NewEvent


def revise(
    tx: Transaction, desk: Desk, loaded: Loaded, answers: Answers, events: Sequence[NewEvent]
) -> Moved:
    """``answers`` stand instead of those of the form from now on; ``loaded`` was loaded with ``lock``. Raises what
    ``move`` raises, and Invalid when there is not enough left of what they lend."""
    lending.changed(tx, loaded.row["id"], loaded.pin.form, loaded.case.answers, answers)
    key, _ = answer_revisions.insert(tx, loaded, answers)
    now = replace(loaded.case, answers=laid_over(loaded.pin.form, answers, loaded.case.answers))
    changed = replace(loaded, case=now)
    return move(tx, desk, changed, FactsChanged(), events=events, columns={"submission": key})
