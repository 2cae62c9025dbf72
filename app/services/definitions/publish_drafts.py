"""How does the work of the studio become what runs?

``review`` shows what publishing the chosen files would do; ``publish`` does exactly that or nothing: its ``token``
covers what was shown, and whoever published or edited meanwhile makes it a conflict. One transaction; the drafts are
used up; cases and drafts of people keep the versions they began with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.definitions.differences import CatalogDifference, catalog_differences, differences
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.source import Problem
from app.engine.policy import Act, Actor, may
from app.services.definitions import catalogs, make_versions, publish_checks
from app.services.definitions.catalogs import CAMPAIGN, FORM, REPORT, WORKFLOW, LiveCatalog
from app.services.definitions.make_versions import Renewal, Sets
from app.services.definitions.publish_definitions import PublishResult
from app.services.errors import Conflict, Forbidden, Invalid
from app.storage import json_codec
from app.storage.database import Transaction, transaction
from app.storage.repositories import definition_rows as rows
from app.storage.repositories import work_rows
from app.storage.repositories.definition_rows import FileHashes
from app.storage.repositories.work_rows import WorkRow

LONGEST_NOTE = 2_000
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish. ``paths`` None is everything; ``hold``: forms that stay as they are though a block or list of
    theirs changes; ``along``: forms held back before that come along. ``token`` is that of the review."""

    paths: frozenset[str] | None = None
    hold: frozenset[str] = _NOBODY
    along: frozenset[str] = _NOBODY
    token: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """A file with work on it. ``standing`` as in ``definition_drafts``; ``outdated``: what runs changed since the work
    began. ``author`` is a name. ``live`` and ``text`` are what runs and what would (empty where there is none)."""

    row: WorkRow
    standing: str
    author: str
    live: str
    text: str
    chosen: bool
    outdated: bool

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.row.path


@dataclass(frozen=True, slots=True)
class Follower:
    """A form that none of the chosen files defines, but that changes with a block or list. ``held``: it was kept back
    before and stays so unless it is ticked."""

    ref: str
    title: str
    held: bool
    made: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What publishing would do. ``differences`` are beside the versions that new work begins with now; ``made`` gets a
    new version (those not among the differences for the forms behind their buttons)."""

    number: int
    token: str
    files: tuple[DraftedFile, ...]
    problems: tuple[Problem, ...] = ()
    differences: tuple[CatalogDifference, ...] = ()
    followers: tuple[Follower, ...] = ()
    renewal: Renewal = field(default_factory=lambda: Renewal((), ()))
    after: Catalog = field(default_factory=Catalog)

    @property
    def refused(self) -> bool:
        """Whether errors stand in the way."""
        return any(problem.severity == "error" for problem in self.problems)


def review(actor: Actor, choice: Choice | None = None) -> Review:
    """What publishing the chosen files would do, without doing it. Raises ``Forbidden``."""
    if not may(actor, Act.DEFINITIONS_READ):
        raise Forbidden(str(Act.DEFINITIONS_READ))
    choice = choice or Choice()
    plan = _plan(actor.municipality, choice)
    files = plan.files(choice)
    if not plan.chosen:
        return Review(plan.number, plan.token, files)
    return Review(
        number=plan.number,
        token=plan.token,
        files=files,
        problems=publish_checks.of_drafts(actor.municipality, plan.before.catalog, plan.after, plan.renewal),
        differences=tuple(_told(plan)),
        followers=tuple(_followers(plan)),
        renewal=replace(plan.renewal, retired=tuple(_archived(plan))),
        after=plan.after.catalog,
    )


def publish(actor: Actor, choice: Choice) -> PublishResult:
    """Publish the chosen files, as they were reviewed.

    With errors among the problems of the result nothing was written. Raises ``Conflict`` (``published_meanwhile``,
    ``drafts_changed``), ``Invalid`` (``nothing_chosen``, ``draft_outdated``, ``forms_torn``, ``note_too_long``),
    ``Forbidden``.
    """
    if not may(actor, Act.DEFINITIONS_PUBLISH):
        raise Forbidden(str(Act.DEFINITIONS_PUBLISH))
    plan = _plan(actor.municipality, choice)
    _assert_fit(plan, choice)
    problems = publish_checks.of_drafts(actor.municipality, plan.before.catalog, plan.after, plan.renewal)
    if any(problem.severity == "error" for problem in problems):
        return PublishResult(plan.number, problems=problems)
    with transaction(actor.municipality) as tx:
        if rows.catalog_number(tx, lock=True) != plan.number:
            raise Conflict("published_meanwhile")
        for row in plan.chosen.values():
            _put(tx, row, plan.standing.get(row.path))
        number = plan.number + 1
        hashes = {path: rows.hash_of(text) for path, text in plan.texts.items()}
        rows.keep_publication(tx, number, hashes, author=actor.account, note=choice.note.strip())
        made = make_versions.keep_versions(tx, plan.after.catalog, plan.renewal, number)
        make_versions.log(tx, actor.account, made, plan.renewal.retired)
    return PublishResult(number, made, plan.renewal.retired, problems=problems)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What stands and what would: read in one go, so that the token covers it all."""

    number: int
    standing: Mapping[str, FileHashes]
    live: Mapping[str, str]
    work: Mapping[str, WorkRow]
    chosen: Mapping[str, WorkRow]
    authors: Mapping[str, str]
    texts: Mapping[str, str]
    before: Compiled
    after: Compiled
    running: LiveCatalog
    sets: Sets
    renewal: Renewal

    @property
    def token(self) -> str:
        """What was looked at: the publication it goes over, and each chosen file as it stands."""
        looked = {path: [row.hash, row.removed, row.base] for path, row in self.chosen.items()}
        return hashlib.sha256(json_codec.canonical({"over": self.number, "files": looked})).hexdigest()

    def outdated(self, row: WorkRow) -> bool:
        """Whether what runs changed since work on it began."""
        file = self.standing.get(row.path)
        return row.base != (file.current if file and not file.gone else "")

    def files(self, choice: Choice) -> tuple[DraftedFile, ...]:
        """The whole working copy, by path."""
        return tuple(self._file(row) for _, row in sorted(self.work.items()))

    def _file(self, row: WorkRow) -> DraftedFile:
        standing = "removed" if row.removed else "changed" if row.path in self.live else "new"
        return DraftedFile(
            row=row,
            standing=standing,
            author=self.authors.get(row.author, ""),
            live=self.live.get(row.path, ""),
            text="" if row.removed else row.text,
            chosen=row.path in self.chosen,
            outdated=self.outdated(row),
        )


def _plan(municipality: str, choice: Choice) -> _Plan:
    running = catalogs.live(municipality)
    with transaction(municipality, readonly=True) as tx:
        number = rows.catalog_number(tx)
        standing = rows.files(tx, gone=True)
        live = rows.texts(tx, {path: file.current for path, file in standing.items() if not file.gone})
        work = work_rows.everything(tx)
        authors = work_rows.authors(tx)
        hashes = rows.current_hashes(tx)
    if running.number != number:
        running = catalogs.live(municipality, number)
    chosen = {path: row for path, row in work.items() if choice.paths is None or path in choice.paths}
    texts = {path: text for path, text in live.items() if path not in chosen}
    texts |= {path: row.text for path, row in chosen.items() if not row.removed}
    before, after = catalogs.compile_set(live), catalogs.compile_set(texts)
    sets = Sets(before.catalog, after.catalog, hashes)
    found = make_versions.renewal(sets, hold=choice.hold - _own(after.catalog, chosen), along=choice.along)
    return _Plan(number, standing, live, work, chosen, authors, texts, before, after, running, sets, found)


def _own(catalog: Catalog, chosen: Mapping[str, WorkRow]) -> frozenset[str]:
    """The forms whose own file is among the chosen: these are not held back."""
    return frozenset(name for name, form in catalog.forms.items() if form.span.path in chosen)


def _assert_fit(plan: _Plan, choice: Choice) -> None:
    if not plan.chosen:
        raise Invalid("nothing_chosen")
    if choice.token != plan.token:
        raise Conflict("drafts_changed")
    if len(choice.note) > LONGEST_NOTE:
        raise Invalid("note_too_long", most=str(LONGEST_NOTE))
    outdated = [row.path for row in plan.chosen.values() if plan.outdated(row)]
    if outdated:
        raise Invalid("draft_outdated", path=", ".join(sorted(outdated)))
    if plan.renewal.torn:
        form, workflow = plan.renewal.torn[0]
        raise Invalid("forms_torn", form=form, workflow=workflow)


def _put(tx: Transaction, row: WorkRow, file: FileHashes | None) -> None:
    """The work on a file becomes what runs, unless somebody went on with it."""
    if not work_rows.forget(tx, row):
        raise Conflict("drafts_changed")
    imported = file.imported if file else ""
    if not row.removed:
        rows.put_file(tx, row.path, FileHashes(row.hash, imported))
    elif imported:
        rows.put_file(tx, row.path, FileHashes(row.hash, imported, gone=True))
    else:
        rows.put_file(tx, row.path, None)


def _running(plan: _Plan) -> Catalog:
    """What new work begins with: the set, with the older versions of what was held back."""
    catalog = plan.before.catalog
    forms = {ref: version.form for ref, version in plan.running.forms.items()}
    flows = {ref: version.workflow for ref, version in plan.running.workflows.items()}
    campaigns = {ref: version.campaign for ref, version in plan.running.campaigns.items()}
    reports = {ref: version.report for ref, version in plan.running.reports.items()}
    return replace(catalog, forms=forms, workflows=flows, campaigns=campaigns, reports=reports)


def _told(plan: _Plan) -> list[CatalogDifference]:
    """The differences of what is really made, and of the contact points, which are live for all."""
    touched = {*plan.renewal.made, *_archived(plan)}
    return [
        found
        for found in catalog_differences(_running(plan), plan.after.catalog)
        if found.kind == "contact_point" or (found.kind, found.ref) in touched
    ]


def _archived(plan: _Plan) -> list[rows.Ref]:
    """What takes no new work any more because its file goes; what merely has errors now is not among it."""
    running = {(FORM, ref): item.form.span.path for ref, item in plan.running.forms.items()}
    running |= {(WORKFLOW, ref): item.workflow.span.path for ref, item in plan.running.workflows.items()}
    running |= {(CAMPAIGN, ref): item.campaign.span.path for ref, item in plan.running.campaigns.items()}
    running |= {(REPORT, ref): item.report.span.path for ref, item in plan.running.reports.items()}
    return [ref for ref in plan.renewal.retired if running.get(ref) not in plan.texts]


def _followers(plan: _Plan) -> list[Follower]:
    """Forms that a block or list changes, now or when they were held back."""
    own = _own(plan.after.catalog, plan.chosen)
    found = []
    for name, form in sorted(plan.after.catalog.forms.items()):
        ref = (FORM, name)
        if name in own or ref not in plan.sets.standing or not plan.sets.differs(ref):
            continue
        held = not plan.sets.changes(ref)
        if not held or _lags(plan, name):
            found.append(Follower(name, form.title, held, ref in plan.renewal.made))
    return found


def _lags(plan: _Plan, form: str) -> bool:
    """Whether a form runs on other texts than the set has, and not only read anew by newer software."""
    then = plan.running.forms[form].form
    return bool(differences(then, plan.before.catalog.forms.get(form, then)))
