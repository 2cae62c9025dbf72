"""How is an uploaded file kept? As a sealed row of at most 10 MB, recognised by its content.

What was uploaded and never sent with a form is removed after a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.engine.files import KINDS, MIME, UPLOAD_MOST, examine, safe_name
from app.engine.model.answers import FieldError, FileRef
from app.engine.policy import Actor
from app.engine.values.given import Rejected
from app.services import case_page, load_case
from app.services.errors import Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, file_rows

UNSENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to hand out, always as an attachment."""

    name: str
    mime: str
    content: bytes


def store(
    actor: Actor, name: str, content: bytes, *, accept: tuple[str, ...] = KINDS, most: int = UPLOAD_MOST
) -> FileRef:
    """Keep a file; what stands for it among the answers. ``name`` is data only.

    Raises ``Invalid`` (``file_empty``, ``file_size``, ``file_kind`` with params): then nothing is kept. Anybody who may
    fill in a form may upload, also without an account.
    """
    try:
        kind = examine(content, accept, min(most, UPLOAD_MOST))
    except Rejected as problem:
        raise Invalid(problem.code, errors=(FieldError("", problem.code, problem.params),)) from problem
    shown = safe_name(name, kind)
    with transaction(actor.municipality) as tx:
        key = file_rows.insert(tx, shown, kind, content, owner=actor.account)
    return FileRef(ids.to_text(key), shown, kind, len(content))


def of_case(actor: Actor, case: str, file: str, *, reason: str = "") -> Upload:
    """A file that was sent with a case. Raises what opening the case raises, and ``NotFound``."""
    case_page.show(
        actor, case, reason=reason
    )  # whoever may read the case may read what came with it; logged there
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.get(tx, load_case.key_of(case))
        if row is None:
            raise NotFound
        later = [ids.from_text(e["params"]["submission"]) for e in load_case.filled_forms(tx, row["id"])]
        return _open(tx, load_case.key_of(file), {row["submission"], *later})


def delete_unsent(municipality: str) -> int:
    """Delete uploads that were not sent within a day; how many. For the nightly sweep."""
    with transaction(municipality) as tx:
        return file_rows.delete_unsent(tx, UNSENT)


def _open(tx: Transaction, key: int, submissions: set[int]) -> Upload:
    found = file_rows.opened(tx, key, submissions)
    if found is None:
        raise NotFound
    name, kind, content = found
    return Upload(name, MIME[kind], content)
