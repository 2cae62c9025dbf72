"""Which papers did staff lay with a case: a letter, a certificate, a photo of a bill?

A sealed row of at most 10 MB, recognised by its content, like every upload; of class 2, so read by who may read the
case, and each time written down.
"""

from __future__ import annotations

import hashlib

from app.engine.files import KINDS, MIME, UPLOAD_MOST, cut, examine, safe_name
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor
from app.engine.values.given import Rejected
from app.services import once
from app.services.cases import relation, told
from app.services.cases.apply_decision import VERSION
from app.services.cases.case_beside import CaseFile
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.errors import Forbidden, Invalid, NotFound
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, file_rows
from app.storage.repositories.event_rows import NewEvent

ADDED, READ = "file_added", "file.read"
CONFIDENTIAL = 2
LAID = "laid"
"""Whose a file without an owner is, between being kept and being attached."""


def add(actor: Actor, case_id: str, name: str, content: bytes, *, token: str = "") -> None:
    """Lay a file with a case; with the same ``token`` (minted with the page) once. Raises ``Forbidden``, ``NotFound``,
    ``Invalid`` (``file_empty``, ``file_size``, ``file_kind``) and ``Conflict`` as ``once.first``: then nothing is
    kept."""
    shown, kind = examined(name, content, KINDS)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        _demand(tx, actor, loaded, Act.CASE_NOTE)
        if once.first(tx, actor, token, case_id, shown, hashlib.sha256(content).hexdigest()) is not None:
            return
        lay(tx, loaded, shown, kind, content, by=actor.account)
        params = {VERSION: str(loaded.row["version"])}
        event = NewEvent(ADDED, params, by=actor.account, content={"text": shown})
        event_rows.append_all(tx, loaded.row["id"], [event])


def examined(name: str, content: bytes, accept: tuple[str, ...]) -> tuple[str, str]:
    """The name as it may be shown, and what kind of file it is. Raises ``Invalid`` as ``add``."""
    try:
        kind = examine(content, accept, UPLOAD_MOST)
    except Rejected as problem:
        raise Invalid(problem.code, errors=(FieldError("", problem.code, problem.params),)) from problem
    return safe_name(name, kind), kind


def lay(tx: Transaction, loaded: Loaded, name: str, kind: str, content: bytes, *, by: str) -> None:
    """Keep a file that was examined, with a case; without ``by`` it is the resident's."""
    claim = "" if by else LAID
    key = file_rows.insert(tx, name, kind, cut(content, kind), owner=by, claim=claim)
    file_rows.attach(tx, {key}, loaded.row["submission"], owner=by, claim=claim)
    file_rows.lay(tx, key, loaded.row["id"], by=by, privacy=CONFIDENTIAL)


def listed(tx: Transaction, loaded: Loaded) -> tuple[CaseFile, ...]:
    """The papers of a case, the last first."""
    return tuple(
        CaseFile(
            ids.to_text(row.id), row.name, row.kind, row.size, told.name(row.by, loaded.pin), row.added_at
        )
        for row in file_rows.of_case(tx, loaded.row["id"])
    )


def opened(actor: Actor, case_id: str, file: str) -> tuple[str, str, bytes]:
    """Name, media type and content of a paper; written down. Raises ``Forbidden``, ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id))
        restricted = relation.restricted(loaded.row, loaded.pin)
        _demand(tx, actor, loaded, Act.CASE_READ_RESTRICTED if restricted else Act.CASE_READ)
        key = key_of(file)
        laid = {row.id for row in file_rows.of_case(tx, loaded.row["id"])}
        sent = case_rows.revisions(tx, loaded.row["submission"])  # answers may have been corrected since
        found = file_rows.opened(tx, key, set(sent)) if key in laid else None
        if found is None:
            raise NotFound
        event_rows.log_read(tx, account=actor.account, case=loaded.row["id"], act=READ)
    name, kind, content = found
    return name, MIME[kind], content


def _demand(tx: Transaction, actor: Actor, loaded: Loaded, act: Act) -> None:
    today = relation.local_day(loaded.pin, tx.now)
    shared = relation.shared_with(history.entries(tx, loaded.row["id"]), today)
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
    relation.demand_seen(actor, act, found)
    if loaded.row["blocked"] and not relation.allowed(actor, Act.CASE_READ_BLOCKED, found):
        raise Forbidden(str(act))
