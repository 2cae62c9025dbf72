"""How does a package of files become what a municipality runs on?

The database holds what is published; a package only proposes. An unchanged file does nothing, a changed file over a
text that was not edited here replaces it, and over an edited one it becomes a draft beside it, never published by
itself. Nothing is published while anything in the resulting set has an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.definitions.compiler import compile_sources
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem, Source
from app.services.definitions import catalogs, holding_back, make_versions, play_examples
from app.services.definitions.make_versions import Published, Sets
from app.services.errors import Conflict
from app.services.staff import staffing
from app.storage.database import Transaction, transaction
from app.storage.repositories import definition_rows as rows
from app.storage.repositories.definition_rows import FileHashes

__all__ = ["PublishResult", "Published", "publish"]


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What became of a package. ``number`` is the catalog's now; ``made`` is empty when nothing changed.

    ``drafts`` are paths that wait for somebody: they were edited here, or they are ``held`` because nobody holds the
    contact points ``unheld`` (labels). With errors among ``problems`` nothing at all was written.
    """

    number: int
    made: tuple[Published, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    drafts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    held: tuple[str, ...] = ()
    unheld: tuple[str, ...] = ()

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

    def brings_nothing(self, standing: Mapping[str, FileHashes]) -> bool:
        """Whether all of it runs already. It was proved when it was published: a start need not wait for that again."""
        return self.files == standing and not self.drafts and not self.unreadable


def publish(
    municipality: str,
    sources: Iterable[Source],
    author: str = "",
    note: str = "",
    *,
    whole: bool = False,
    park: bool = False,
    wait: bool = False,
) -> PublishResult:
    """Publish ``sources`` over what runs now. ``author`` is an account id, empty for the installation itself.

    ``whole``: the sources are a complete package, so that a file it no longer has, and that was not edited here, goes.
    ``park``: when it is refused beside what was edited here, its new texts wait for somebody instead of being dropped.
    ``wait``: what would reach nobody here, because no one holds its contact point, waits and the rest goes on.
    Raises ``Conflict`` when somebody published meanwhile.
    """
    with transaction(municipality, readonly=True) as tx:
        standing = _standing(tx)
    plan = _plan(list(sources), standing.files, standing.texts, whole=whole)
    if standing.number and plan.brings_nothing(standing.files):
        return PublishResult(standing.number)
    compiled, held = _compile(plan), None
    if wait and standing.number and compiled.ok and plan.texts != standing.texts:
        held = holding_back.hold_back(standing.texts, plan.texts, compiled, staffing.world(municipality))
    if held:
        plan, compiled = _waiting(plan, standing, held.paths), held.compiled
    compiled = _played(compiled) if plan.files != standing.files else compiled
    if not compiled.ok:
        parked = _park(municipality, plan, standing.files) if park and standing.number else ()
        return PublishResult(standing.number, drafts=parked, problems=compiled.problems)
    result = PublishResult(standing.number, drafts=tuple(sorted(plan.drafts)), problems=compiled.problems)
    result = replace(result, held=tuple(sorted(held.paths)), unheld=held.points) if held else result
    if plan.files == standing.files and not plan.drafts:
        return result
    with transaction(municipality) as tx:
        if rows.catalog_number(tx, lock=True) != standing.number:
            raise Conflict("published_meanwhile")
        _keep_files(tx, plan, standing.files)
        if plan.texts == standing.texts:
            return result
        number = standing.number + 1
        hashes = {path: rows.hash_of(text) for path, text in plan.texts.items()}
        rows.keep_publication(tx, number, hashes, author=author, note=note)
        made, retired = _versions(tx, author, standing.texts, compiled.catalog, number)
    return replace(result, number=number, made=made, retired=retired)


def _played(compiled: Compiled) -> Compiled:
    if not compiled.ok:
        return compiled
    examples = play_examples.play(compiled.catalog)
    return Compiled(compiled.catalog, tuple(sorted({*compiled.problems, *examples.problems})))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What runs, as it was read before."""

    number: int
    files: Mapping[str, FileHashes]
    texts: Mapping[str, str]


def _standing(tx: Transaction) -> _Standing:
    files = rows.files(tx, gone=True)
    current = {path: file.current for path, file in files.items() if not file.gone}
    return _Standing(rows.catalog_number(tx), files, rows.texts(tx, current))


def _versions(
    tx: Transaction, author: str, before: Mapping[str, str], after: Catalog, number: int
) -> tuple[tuple[Published, ...], tuple[tuple[str, str], ...]]:
    found = make_versions.package_renewal(
        Sets(catalogs.compile_set(before).catalog, after, rows.current_hashes(tx))
    )
    made = make_versions.keep_versions(tx, after, found, number)
    make_versions.log(tx, author, made, found.retired)
    return made, found.retired


def _waiting(plan: _Plan, standing: _Standing, held: frozenset[str]) -> _Plan:
    """The same with what is held back as a draft beside what runs."""
    before = {path: file for path, file in standing.files.items() if path in held}
    return replace(
        plan,
        texts=holding_back.without(standing.texts, plan.texts, held),
        files={path: file for path, file in plan.files.items() if path not in held} | before,
        drafts={**plan.drafts, **{path: plan.texts[path] for path in held}},
    )


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
        base = before[path].imported if path in before else ""
        rows.keep_draft(tx, path, text, base=base, origin="files")


def _text(source: Source) -> str | None:
    if isinstance(source.text, str):
        return source.text
    try:
        return source.text.decode()
    except UnicodeDecodeError:
        return None
