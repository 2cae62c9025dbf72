"""What do administrators work on before it is published?

One working copy a municipality: what runs, and over it at most one text a file that somebody changed in the studio.
``seen`` is what somebody last saw of a file (``OpenText.seen``); whoever saves over what they never saw is told so and
gets the other's text, so that two people at once never overwrite each other. A broken text may be saved: publishing is
what refuses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.definitions.compiler import kind_of
from app.definitions.model.catalog import Compiled
from app.definitions.yaml_nodes import MAX_BYTES
from app.engine.policy import Act, Actor
from app.services.definitions import catalogs
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.storage.database import Transaction, transaction
from app.storage.repositories import definition_rows, work_rows
from app.storage.repositories.definition_rows import FileHashes, hash_of
from app.storage.repositories.work_rows import NewWork, WorkRow

LIVE, CHANGED, NEW, REMOVED = "live", "changed", "new", "removed"
MOST_FILES = 1_000
_PATH = re.compile(r"(formdefs/((blocks|lists)/)?|workflows/(campaigns/)?)[a-z][a-z0-9_]{0,39}\.yaml")
_TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.+?)\1[ \t]*$", re.MULTILINE)
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A file of the working copy.

    ``kind`` is form, workflow, block, list, contact_points or empty (unknown); ``ref`` its id, ``title`` what people
    call it (the id when it has none). ``standing`` is live (as it runs), changed, new or removed. ``author`` is an
    account id, empty for what nobody changed; ``at`` is when they did.
    """

    path: str
    kind: str
    ref: str
    title: str
    standing: str
    seen: str
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenText:
    """The text of a file as it is being worked on; of a removed file what runs. ``live`` is what runs, ``""`` for a
    new file. ``seen`` goes back with whatever is done with it. ``author`` (account id) and ``at``: who changed it."""

    path: str
    text: str
    seen: str
    live: str = ""
    author: str = ""
    at: datetime | None = None


def listed(actor: Actor) -> tuple[WorkFile, ...]:
    """All files of the working copy, by path. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        files, work = definition_rows.files(tx), work_rows.everything(tx)
    titles = _titles(actor.municipality)
    return tuple(_file(path, files.get(path), work.get(path), titles) for path in sorted({*files, *work}))


def open_text(actor: Actor, path: str) -> OpenText:
    """The text of one file. Raises ``NotFound``, ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        found = _look(tx, path).opened
    if not found.seen:
        raise NotFound
    return found


def save(actor: Actor, path: str, text: str, seen: str) -> OpenText:
    """Keep ``text`` as the work on a file; ``seen`` is empty for a new one. Text that runs already is no work.

    Raises ``Conflict("edited_meanwhile")`` with the ``OpenText`` that stands there as ``current``, ``Invalid``
    (``definition_path``, ``definition_size``, ``definition_text``), ``Forbidden``.
    """
    demand(actor, Act.DEFINITIONS_EDIT)
    text = _cleaned(text)
    with transaction(actor.municipality) as tx:
        found = _look(tx, path)
        standing = found.opened
        if not standing.seen:
            _assert_name(tx, path)
        if hash_of(text) == standing.seen:
            return standing
        _assert_seen(standing, seen)
        _put(tx, found, NewWork(path, text, found.live, actor.account))
        return _look(tx, path).opened


def remove(actor: Actor, path: str, seen: str) -> None:
    """The file goes at the next publication; a new one goes at once. Raises ``Conflict`` as ``save``, ``NotFound``,
    ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    with transaction(actor.municipality) as tx:
        found = _look(tx, path)
        if not found.opened.seen:
            raise NotFound
        if found.opened.seen == REMOVED:
            return
        _assert_seen(found.opened, seen)
        _put(tx, found, NewWork(path, found.opened.live, found.live, actor.account, removed=True))


def discard(actor: Actor, path: str, seen: str) -> None:
    """Forget the work on a file; what runs stays. Nothing happens when there is none. Raises ``Conflict`` as ``save``,
    ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    with transaction(actor.municipality) as tx:
        found = _look(tx, path)
        if found.row is None:
            return
        _assert_seen(found.opened, seen)
        _changed(tx, path, done=work_rows.forget(tx, found.row))


def work_texts(actor: Actor, replace: Mapping[str, str] = _NOTHING) -> Mapping[str, str]:
    """Path -> text of the whole working copy, with ``replace`` laid over it. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        running = {path: file.current for path, file in definition_rows.files(tx).items()}
        texts = definition_rows.texts(tx, running)
        work = work_rows.everything(tx)
    texts |= {path: row.text for path, row in work.items() if not row.removed}
    return {path: text for path, text in texts.items() if path not in work or not work[path].removed} | dict(
        replace
    )


def work_set(actor: Actor, replace: Mapping[str, str] = _NOTHING) -> Compiled:
    """The working copy compiled, with ``replace`` laid over it; kept by its content. Raises ``Forbidden``."""
    return catalogs.compile_set(work_texts(actor, replace))


def seen_of(file: FileHashes | None, row: WorkRow | None) -> str:
    """What somebody who looks at a file now has seen of it; empty when it is not there."""
    if row is not None:
        return REMOVED if row.removed else row.hash
    return file.current if file else ""


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a file: what is told of it, the row it was told from, and the hash of what runs."""

    opened: OpenText
    row: WorkRow | None
    live: str


def _look(tx: Transaction, path: str) -> _Look:
    """What there is under this path; ``opened.seen`` is empty when there is nothing."""
    file, row = definition_rows.files(tx).get(path), work_rows.one(tx, path)
    live = file.current if file else ""
    running = definition_rows.texts(tx, {path: live})[path] if file else ""
    if row is None:
        return _Look(OpenText(path, running, live, running), None, live)
    return _Look(OpenText(path, row.text, seen_of(file, row), running, row.author, row.at), row, live)


def _put(tx: Transaction, found: _Look, new: NewWork) -> None:
    """Write ``new`` over what was looked at; a text that runs, or a new file removed, is no work any more.

    It is written only where the looked-at row still stands: on PostgreSQL somebody may come between.
    """
    if found.row is None:
        done = work_rows.begin(tx, new)
    elif (new.removed and not found.live) or (not new.removed and hash_of(new.text) == found.live):
        done = work_rows.forget(tx, found.row)
    else:
        done = work_rows.change(tx, new, found.row)
    _changed(tx, new.path, done=done)


def _changed(tx: Transaction, path: str, *, done: bool) -> None:
    if not done:
        raise Conflict("edited_meanwhile", current=_look(tx, path).opened)


def _assert_seen(standing: OpenText, seen: str) -> None:
    if standing.seen != seen:
        raise Conflict("edited_meanwhile", current=standing)


def _assert_name(tx: Transaction, path: str) -> None:
    if not _PATH.fullmatch(path):
        raise Invalid("definition_path", path=path[:200])
    if len({*definition_rows.files(tx), *work_rows.everything(tx)}) >= MOST_FILES:
        raise Invalid("definition_size", most=str(MOST_FILES))


def _cleaned(text: str) -> str:
    """Line ends as files have them. Raises ``Invalid``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise Invalid("definition_text") from None
    if "\0" in text:
        raise Invalid("definition_text")
    if size > MAX_BYTES:
        raise Invalid("definition_size", most=str(MAX_BYTES))
    return text


def _file(
    path: str, file: FileHashes | None, row: WorkRow | None, titles: Mapping[tuple[str, str], str]
) -> WorkFile:
    kind, ref = kind_of(path, None), path.rpartition("/")[2].partition(".")[0]
    title = _title_in(row.text) if row else ""
    title = title or titles.get((kind, ref), "") or ref
    seen = seen_of(file, row)
    if row is None:
        return WorkFile(path, kind, ref, title, LIVE, seen)
    standing = REMOVED if row.removed else CHANGED if file else NEW
    return WorkFile(path, kind, ref, title, standing, seen, row.author, row.at)


def _title_in(text: str) -> str:
    """The title a text names, though it may be broken."""
    found = _TITLE.search(text)
    return found[2] if found else ""


def _titles(municipality: str) -> dict[tuple[str, str], str]:
    catalog = catalogs.live(municipality).catalog
    forms = {(catalogs.FORM, ref): form.title for ref, form in catalog.forms.items()}
    campaigns = {(catalogs.CAMPAIGN, ref): item.title for ref, item in catalog.campaigns.items()}
    reports = {(catalogs.REPORT, ref): item.title for ref, item in catalog.reports.items()}
    flows = {(catalogs.WORKFLOW, ref): flow.title for ref, flow in catalog.workflows.items()}
    return forms | flows | campaigns | reports
