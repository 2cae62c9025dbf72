"""How is an uploaded file kept? As a sealed row of at most 10 MB, recognised by its content.

Until it is sent it belongs to the account or the browser that uploaded it; what is never sent is removed after a day,
or once its owner has no draft left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.engine.files import KINDS, MIME, UPLOAD_MOST, cut, examine, safe_name
from app.engine.model.answers import Answers, FieldError, FileRef, Value
from app.engine.policy import Actor
from app.engine.values.given import Given, Rejected
from app.services.cases import case_page, load_case
from app.services.cases.case_view import AnswerLine, CasePage
from app.services.errors import Conflict, Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, file_rows

UNSENT = timedelta(days=1)
FILE_READ = "file.read"
"""How handing out a file stands in the read log."""
LOGGED_FROM = 2
"""The privacy class from which that is done."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to hand out, always as an attachment."""

    name: str
    mime: str
    content: bytes


def store(
    actor: Actor,
    name: str,
    content: bytes,
    *,
    accept: tuple[str, ...] = KINDS,
    most: int = UPLOAD_MOST,
    visitor: str = "",
) -> FileRef:
    """Keep a file; what stands for it among the answers. ``name`` is data only.

    Without an account ``visitor`` is the secret of the browser that uploads: only it can send the file with a form.
    Raises ``Invalid`` (``file_empty``, ``file_size``, ``file_kind`` with params): then nothing is kept. Anybody who may
    fill in a form may upload, also without an account.
    """
    try:
        kind = examine(content, accept, min(most, UPLOAD_MOST))
    except Rejected as problem:
        raise Invalid(problem.code, errors=(FieldError("", problem.code, problem.params),)) from problem
    shown, content = safe_name(name, kind), cut(content, kind)
    with transaction(actor.municipality) as tx:
        key = file_rows.insert(tx, shown, kind, content, owner=actor.account, claim=claim_of(visitor))
    return FileRef(ids.to_text(key), shown, kind, len(content))


def own(actor: Actor, given: Given, *, visitor: str = "", token: str = "") -> Given:
    """``given`` with its files as they were stored, whatever the page said of them; one that is not there, was sent
    before or belongs to somebody else becomes the error ``file_gone``. What was sent with this very ``token`` is good:
    a double click."""
    refs = [(name, ref) for name, value in given.values.items() for ref in refs_in(value)]
    if not refs:
        return given
    keys = {key for _, ref in refs if (key := _key(ref.id)) is not None}
    with transaction(actor.municipality, readonly=True) as tx:
        found = file_rows.owned(tx, keys, owner=actor.account, claim=claim_of(visitor), token=token)
    stored = {ids.to_text(key): FileRef(ids.to_text(key), *told) for key, told in found.items()}
    gone = {name for name, ref in refs if ref.id not in stored}
    errors = tuple(FieldError(name, "file_gone") for name in sorted(gone))
    values = {name: _restored(value, stored) for name, value in given.values.items() if name not in gone}
    return Given(values, given.errors + errors, given.blank)


def attach(tx: Transaction, actor: Actor, answers: Answers, submission: int, *, visitor: str = "") -> None:
    """The files among ``answers`` belong to a submission now. Raises ``Conflict`` when one was sent meanwhile."""
    keys = {key for ref in refs_in(answers) if (key := _key(ref.id)) is not None}
    done = file_rows.attach(tx, keys, submission, owner=actor.account, claim=claim_of(visitor))
    if done != len(keys):
        raise Conflict("file_gone")


def claim_of(visitor: str) -> str:
    """What is kept of a visitor's secret; empty without one."""
    return hashlib.sha256(visitor.encode()).hexdigest() if visitor else ""


def refs_in(value: object) -> Iterator[FileRef]:
    """The files in a value, also inside rows."""
    if isinstance(value, FileRef):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from refs_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from refs_in(item)


def _restored(value: Value, stored: Mapping[str, FileRef]) -> Value:
    if isinstance(value, FileRef):
        return stored.get(value.id, value)
    if isinstance(value, Mapping):
        return {name: _restored(item, stored) for name, item in value.items()}
    return tuple(_restored(item, stored) for item in value) if isinstance(value, tuple) else value


def _key(text: str) -> int | None:
    try:
        return ids.from_text(text)
    except ValueError:
        return None


def of_case(actor: Actor, case: str, file: str, *, reason: str = "") -> Upload:
    """A file that was sent with a case. Raises what opening the case raises, and ``NotFound`` for a file that does not
    stand on that person's page of it. Handing out one of class 2-3 is logged beside the reading of the case."""
    page = case_page.show(actor, case, reason=reason)
    line = next((line for line in _lines(page) if line.file == file), None)
    if line is None:
        raise NotFound
    with transaction(actor.municipality, readonly=True) as tx:
        sent = [case_rows.revisions(tx, ids.from_text(item.id)) for item in page.submissions]
        found = _open(tx, load_case.key_of(file), {key for keys in sent for key in keys})
    if line.privacy >= LOGGED_FROM:
        with transaction(actor.municipality) as tx:
            event_rows.log_read(
                tx, account=actor.account, case=load_case.key_of(case), act=FILE_READ, reason=reason.strip()
            )
    return found


def delete_unsent(municipality: str) -> int:
    """Delete uploads that were not sent within a day; how many. For the nightly sweep."""
    with transaction(municipality) as tx:
        return file_rows.delete_unsent(tx, UNSENT)


def _lines(page: CasePage) -> Iterator[AnswerLine]:
    """Every answer on the page of a case, also inside rows."""
    for submission in page.submissions:
        for section in submission.sections:
            for line in section.lines:
                yield line
                for _, cells in line.rows:
                    yield from cells


def _open(tx: Transaction, key: int, submissions: set[int]) -> Upload:
    found = file_rows.opened(tx, key, submissions)
    if found is None:
        raise NotFound
    name, kind, content = found
    return Upload(name, MIME[kind], content)
