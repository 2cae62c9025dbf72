"""How are changed answers of a case kept? As a new revision of what was sent; the first stays what it was."""

from __future__ import annotations

from app.engine import values
from app.engine.model.answers import Answers
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Loaded
from app.services.cases.open_case import submission_row
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows


def own_answers(tx: Transaction, loaded: Loaded) -> Answers:
    """What the form that opened the case says now, without the forms behind its buttons."""
    (sent,) = case_rows.submissions(tx, [loaded.row["submission"]])
    return opened(tx, sent, loaded.pin.form)


def insert(tx: Transaction, loaded: Loaded, answers: Answers) -> tuple[int, str]:
    """Keep ``answers`` as the next revision: its key, for the case to point at, and whose form it was (audience)."""
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
    return key, str(sent["audience"] or "")
