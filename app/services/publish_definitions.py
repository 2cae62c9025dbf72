"""How does a package of files become what a municipality runs on?

The database holds what is published; a package only proposes. An unchanged file does nothing, a changed file over a text
that was not edited here replaces it, and over an edited one it becomes a draft beside it, never published by itself.
Nothing is published while anything in the resulting set has an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.definitions.compiler import compile_sources
from app.definitions.model.catalog import LANGUAGE_VERSION, Compiled
from app.definitions.model.source import Problem, Source
from app.services import catalogs
from app.services.catalogs import FORM, WORKFLOW
from app.services.errors import Conflict
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.ids import new_id
from app.storage.models import (
    CurrentDefinition,
    DefinitionDraft,
    DefinitionFile,
    DefinitionText,
    DefinitionVersion,
    Municipality,
    Publication,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was made: ``number`` counts from 1 per definition."""

    kind: str
    ref: str
    number: int


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What became of a package. ``number`` is the catalog's now; ``made`` is empty when nothing changed.

    ``drafts`` are paths that wait for somebody, because they were edited here. With errors among ``problems`` nothing
    at all was written.
    """

    number: int
    made: tuple[Published, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    drafts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether errors stopped it."""
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _File:
    current: str
    imported: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """The whole set as it would be: path -> text; ``files`` says what the package brought for each."""

    texts: Mapping[str, str]
    files: Mapping[str, _File]
    drafts: Mapping[str, str]  # path -> text
    gone: tuple[str, ...] = ()
    unreadable: tuple[Source, ...] = field(default=())


def publish(
    municipality: str, sources: Iterable[Source], author: str = "", note: str = "", *, whole: bool = False
) -> PublishResult:
    """Publish ``sources`` over what runs now. ``author`` is an account id, empty for the installation itself.

    ``whole``: the sources are a complete package, so that a file it no longer has, and that was not edited here, goes.
    Raises ``Conflict`` when somebody published meanwhile.
    """
    with transaction(municipality, readonly=True) as tx:
        number = _number(tx)
        files = _files(tx)
        texts = catalogs.texts_of(tx, {path: file.current for path, file in files.items()})
    plan = _plan(list(sources), files, texts, whole=whole)
    compiled = _compile(plan)
    if not compiled.ok:
        return PublishResult(number, problems=compiled.problems)
    drafts = tuple(sorted(plan.drafts))
    if plan.files == files and not plan.drafts:
        return PublishResult(number, problems=compiled.problems)
    with transaction(municipality) as tx:
        if _number(tx, lock=True) != number:
            raise Conflict("published_meanwhile")
        _keep_files(tx, plan, files)
        if plan.texts == texts:
            return PublishResult(number, drafts=drafts, problems=compiled.problems)
        made, retired = _keep_versions(tx, plan, compiled, number + 1, (author, note))
        _log(tx, author, made, retired)
    return PublishResult(number + 1, made, retired, drafts, compiled.problems)


def _plan(
    sources: list[Source], files: Mapping[str, _File], texts: Mapping[str, str], *, whole: bool
) -> _Plan:
    new_files, new_texts = dict(files), dict(texts)
    drafts: dict[str, str] = {}
    unreadable: list[Source] = []
    for source in sources:
        text = _text(source)
        if text is None:
            unreadable.append(source)
            continue
        _lay(source.path, text, new_files, new_texts, drafts)
    brought = {source.path for source in sources}
    gone = tuple(
        path
        for path, file in files.items()
        if whole and path not in brought and file.current == file.imported
    )
    for path in gone:
        del new_files[path], new_texts[path]
    return _Plan(new_texts, new_files, drafts, gone, tuple(unreadable))


def _lay(
    path: str, text: str, files: dict[str, _File], texts: dict[str, str], drafts: dict[str, str]
) -> None:
    """One file of the package over what stands: replace, leave, or keep beside it."""
    hashed = _hash(text)
    standing = files.get(path)
    if standing and hashed == standing.imported:
        return
    if standing and standing.current not in (standing.imported, hashed):
        drafts[path] = text
        return
    files[path] = _File(hashed, hashed)
    texts[path] = text


def _compile(plan: _Plan) -> Compiled:
    if plan.unreadable:
        standing = [Source(path, text) for path, text in plan.texts.items()]
        return compile_sources([*standing, *plan.unreadable])
    return catalogs.compile_set(plan.texts)


def _keep_files(tx: Transaction, plan: _Plan, before: Mapping[str, _File]) -> None:
    for text in {*plan.texts.values(), *plan.drafts.values()}:
        tx.insert_new(DefinitionText, {"municipality": tx.municipality, "hash": _hash(text), "text": text})
    changed = {path for path, file in plan.files.items() if before.get(path) != file}
    for path in {*changed, *plan.gone}:
        tx.execute(
            sa.delete(DefinitionFile).where(
                DefinitionFile.municipality == tx.municipality, DefinitionFile.path == path
            )
        )
    for path in sorted(changed):
        file = plan.files[path]
        values = {"municipality": tx.municipality, "path": path}
        tx.execute(sa.insert(DefinitionFile), values | {"current": file.current, "imported": file.imported})
    for path, text in plan.drafts.items():
        _keep_draft(tx, path, text, before[path].imported)


def _keep_draft(tx: Transaction, path: str, text: str, base: str) -> None:
    tx.insert_new(
        DefinitionDraft,
        {
            "municipality": tx.municipality,
            "id": new_id(),
            "path": path,
            "hash": _hash(text),
            "base": base,
            "origin": "files",
            "author": "",
            "created_at": tx.now,
        },
    )


def _keep_versions(
    tx: Transaction, plan: _Plan, compiled: Compiled, number: int, said: tuple[str, str]
) -> tuple[tuple[Published, ...], tuple[tuple[str, str], ...]]:
    author, note = said
    tx.execute(
        sa.insert(Publication),
        {
            "municipality": tx.municipality,
            "number": number,
            "files": {path: _hash(text) for path, text in sorted(plan.texts.items())},
            "author": author or None,
            "note": note,
            "created_at": tx.now,
        },
    )
    standing = _current(tx)
    titles = _titles(compiled)
    made = []
    for (kind, ref), title in sorted(titles.items()):
        hashed = compiled.catalog.hashes[kind, ref]
        if standing.get((kind, ref)) != hashed:
            made.append(_make(tx, kind, ref, (title, hashed, number)))
    retired = tuple(sorted(standing.keys() - titles.keys()))
    for kind, ref in retired:
        tx.execute(_current_row(tx, kind, ref))
    tx.execute(
        sa.update(Municipality).where(Municipality.id == tx.municipality).values(catalog_number=number)
    )
    return tuple(made), retired


def _make(tx: Transaction, kind: str, ref: str, what: tuple[str, str, int]) -> Published:
    title, hashed, publication = what
    highest = sa.select(sa.func.coalesce(sa.func.max(DefinitionVersion.number), 0)).where(
        DefinitionVersion.municipality == tx.municipality,
        DefinitionVersion.kind == kind,
        DefinitionVersion.ref == ref,
    )
    version, number = new_id(), int(tx.scalar(highest)) + 1
    tx.execute(
        sa.insert(DefinitionVersion),
        {
            "municipality": tx.municipality,
            "id": version,
            "kind": kind,
            "ref": ref,
            "number": number,
            "hash": hashed,
            "title": title,
            "language_version": LANGUAGE_VERSION,
            "publication": publication,
            "created_at": tx.now,
        },
    )
    tx.execute(_current_row(tx, kind, ref))
    current = {"municipality": tx.municipality, "kind": kind, "ref": ref, "version": version}
    tx.execute(sa.insert(CurrentDefinition), current)
    return Published(kind, ref, number)


def _current_row(tx: Transaction, kind: str, ref: str) -> sa.Delete:
    return sa.delete(CurrentDefinition).where(
        CurrentDefinition.municipality == tx.municipality,
        CurrentDefinition.kind == kind,
        CurrentDefinition.ref == ref,
    )


def _titles(compiled: Compiled) -> dict[tuple[str, str], str]:
    forms = {(FORM, ref): form.title for ref, form in compiled.catalog.forms.items()}
    flows = {(WORKFLOW, ref): flow.title for ref, flow in compiled.catalog.workflows.items()}
    return forms | flows


def _current(tx: Transaction) -> dict[tuple[str, str], str]:
    query = (
        sa.select(DefinitionVersion.kind, DefinitionVersion.ref, DefinitionVersion.hash)
        .join(
            CurrentDefinition,
            sa.and_(
                CurrentDefinition.municipality == DefinitionVersion.municipality,
                CurrentDefinition.version == DefinitionVersion.id,
            ),
        )
        .where(DefinitionVersion.municipality == tx.municipality)
    )
    return {(row.kind, row.ref): row.hash for row in tx.execute(query)}


def _log(
    tx: Transaction, author: str, made: tuple[Published, ...], retired: tuple[tuple[str, str], ...]
) -> None:
    for item in made:
        params = {"kind": item.kind, "definition": item.ref, "number": str(item.number)}
        history.append(tx, None, "published", params, by=author)
    for kind, ref in retired:
        history.append(tx, None, "retired", {"kind": kind, "definition": ref}, by=author)


def _number(tx: Transaction, *, lock: bool = False) -> int:
    query = sa.select(Municipality.catalog_number).where(Municipality.id == tx.municipality)
    return int(tx.scalar(query.with_for_update() if lock else query) or 0)


def _files(tx: Transaction) -> dict[str, _File]:
    query = sa.select(DefinitionFile.path, DefinitionFile.current, DefinitionFile.imported).where(
        DefinitionFile.municipality == tx.municipality
    )
    return {row.path: _File(row.current, row.imported) for row in tx.execute(query)}


def _text(source: Source) -> str | None:
    if isinstance(source.text, str):
        return source.text
    try:
        return source.text.decode()
    except UnicodeDecodeError:
        return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
