"""How does a package of files become what a municipality runs on?

The database holds what is published; a package only proposes. An unchanged file does nothing, a changed file over a
text that was not edited here replaces it, and over an edited one it becomes a draft beside it, never published by
itself. Nothing is published while anything in the resulting set has an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.definitions.compiler import compile_sources
from app.definitions.model.catalog import Compiled
from app.definitions.model.source import Problem, Source
from app.services.definitions import catalogs, make_versions, play_examples
from app.services.definitions.make_versions import Published, Sets
from app.services.errors import Conflict
from app.storage.database import Transaction, transaction
from app.storage.repositories import definition_rows as rows
from app.storage.repositories.definition_rows import FileHashes

__all__ = ["PublishResult", "Published", "publish"]


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
class _Plan:
    """The whole set as it would be: path -> text; ``files`` says what the package brought for each."""

    texts: Mapping[str, str]
    files: Mapping[str, FileHashes]
    drafts: Mapping[str, str]  # path -> text
    gone: tuple[str, ...] = ()
    unreadable: tuple[Source, ...] = field(default=())


def publish(
    municipality: str,
    sources: Iterable[Source],
    author: str = "",
    note: str = "",
    *,
    whole: bool = False,
    park: bool = False,
) -> PublishResult:
    """Publish ``sources`` over what runs now. ``author`` is an account id, empty for the installation itself.

    ``whole``: the sources are a complete package, so that a file it no longer has, and that was not edited here, goes.
    ``park``: when it is refused beside what was edited here, its new texts wait for somebody instead of being dropped.
    Raises ``Conflict`` when somebody published meanwhile.
    """
    with transaction(municipality, readonly=True) as tx:
        number = rows.catalog_number(tx)
        files = rows.files(tx, gone=True)
        texts = rows.texts(tx, {path: file.current for path, file in files.items() if not file.gone})
    plan = _plan(list(sources), files, texts, whole=whole)
    compiled = _compile(plan)
    if compiled.ok and plan.files != files:
        examples = play_examples.play(compiled.catalog)
        compiled = Compiled(compiled.catalog, tuple(sorted({*compiled.problems, *examples.problems})))
    if not compiled.ok:
        parked = _park(municipality, plan, files) if park and number else ()
        return PublishResult(number, drafts=parked, problems=compiled.problems)
    drafts = tuple(sorted(plan.drafts))
    if plan.files == files and not plan.drafts:
        return PublishResult(number, problems=compiled.problems)
    with transaction(municipality) as tx:
        if rows.catalog_number(tx, lock=True) != number:
            raise Conflict("published_meanwhile")
        _keep_files(tx, plan, files)
        if plan.texts == texts:
            return PublishResult(number, drafts=drafts, problems=compiled.problems)
        hashes = {path: rows.hash_of(text) for path, text in plan.texts.items()}
        rows.keep_publication(tx, number + 1, hashes, author=author, note=note)
        sets = Sets(catalogs.compile_set(texts).catalog, compiled.catalog, rows.current_hashes(tx))
        found = make_versions.package_renewal(sets)
        made = make_versions.keep_versions(tx, compiled.catalog, found, number + 1)
        make_versions.log(tx, author, made, found.retired)
    return PublishResult(number + 1, made, found.retired, drafts, compiled.problems)


def _park(municipality: str, plan: _Plan, files: Mapping[str, FileHashes]) -> tuple[str, ...]:
    """Keep what the package would have replaced beside what runs, each for somebody to take or leave."""
    texts = {path: plan.texts[path] for path, file in plan.files.items() if files.get(path) != file}
    waiting = texts | dict(plan.drafts)
    if not waiting:
        return ()
    with transaction(municipality) as tx:
        for path, text in waiting.items():
            base = files[path].imported if path in files else ""
            rows.keep_draft(tx, path, text, base=base, origin="files")
    return tuple(sorted(waiting))


def _plan(
    sources: list[Source], files: Mapping[str, FileHashes], texts: Mapping[str, str], *, whole: bool
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
        if whole and path not in brought and (file.gone or file.current == file.imported)
    )
    for path in gone:
        del new_files[path]
        new_texts.pop(path, None)
    return _Plan(new_texts, new_files, drafts, gone, tuple(unreadable))


def _lay(
    path: str, text: str, files: dict[str, FileHashes], texts: dict[str, str], drafts: dict[str, str]
) -> None:
    """One file of the package over what stands: replace, leave, or keep beside it."""
    hashed = rows.hash_of(text)
    standing = files.get(path)
    if standing and hashed == standing.imported:
        return
    if standing and (standing.gone or standing.current not in (standing.imported, hashed)):
        drafts[path] = text
        return
    files[path] = FileHashes(hashed, hashed)
    texts[path] = text


def _compile(plan: _Plan) -> Compiled:
    if plan.unreadable:
        standing = [Source(path, text) for path, text in plan.texts.items()]
        return compile_sources([*standing, *plan.unreadable])
    return catalogs.compile_set(plan.texts)


def _keep_files(tx: Transaction, plan: _Plan, before: Mapping[str, FileHashes]) -> None:
    for text in set(plan.texts.values()):
        rows.keep_text(tx, text)
    for path in plan.gone:
        rows.put_file(tx, path, None)
    for path, file in sorted(plan.files.items()):
        if before.get(path) != file:
            rows.put_file(tx, path, file)
    for path, text in plan.drafts.items():
        rows.keep_draft(tx, path, text, base=before[path].imported, origin="files")


def _text(source: Source) -> str | None:
    if isinstance(source.text, str):
        return source.text
    try:
        return source.text.decode()
    except UnicodeDecodeError:
        return None
