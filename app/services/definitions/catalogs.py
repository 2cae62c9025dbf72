"""Which definitions does a municipality run on, and what did an older version say?

Nothing is parsed per request. The texts of a publication are compiled once per process and kept by the hash of the
whole set; what is live is kept by its number, which every request learns with its session.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import TypeVar

from app.definitions.compiler import compile_sources
from app.definitions.model.campaigns import Campaign
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.definitions.model.source import Source
from app.definitions.model.workflows import ContactPoint, Workflow
from app.services.errors import NotFound
from app.storage import json_codec
from app.storage.database import Transaction, memory, reading
from app.storage.repositories import definition_rows, version_rows
from app.storage.repositories.definition_rows import VersionRow

T = TypeVar("T")
FORM = "form"
WORKFLOW = "workflow"
CAMPAIGN = "campaign"
REPORT = "report"
_KEPT_SETS = 8
_log = logging.getLogger("meernet.services")


@dataclass(frozen=True, slots=True)
class FormVersion:
    """An immutable version; ``number`` counts from 1 per form, ``hash`` covers the texts it was made from."""

    id: int
    number: int
    hash: str
    form: Form


@dataclass(frozen=True, slots=True)
class WorkflowVersion:
    """An immutable version of a workflow."""

    id: int
    number: int
    hash: str
    workflow: Workflow


@dataclass(frozen=True, slots=True)
class CampaignVersion:
    """An immutable version of a campaign."""

    id: int
    number: int
    hash: str
    campaign: Campaign


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """An immutable version of a report."""

    id: int
    number: int
    hash: str
    report: Report


@dataclass(frozen=True, slots=True)
class LiveCatalog:
    """What new work begins with, and a way to every older version."""

    municipality: str
    number: int
    compiled: Compiled
    forms: Mapping[str, FormVersion]
    workflows: Mapping[str, WorkflowVersion]
    campaigns: Mapping[str, CampaignVersion] = field(default_factory=dict)
    reports: Mapping[str, ReportVersion] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """The set as it was published; a form that was held back runs on an older version, see ``forms``."""
        return self.compiled.catalog

    @property
    def contact_points(self) -> Mapping[str, ContactPoint]:
        """The named roles a route may end at."""
        return self.compiled.catalog.contact_points

    def form(self, ref: str) -> FormVersion:
        """The version of a form that new work begins with. Raises ``NotFound``."""
        return _there(self.forms.get(ref))

    def workflow(self, ref: str) -> WorkflowVersion:
        """The version of a workflow that new cases begin with. Raises ``NotFound``."""
        return _there(self.workflows.get(ref))

    def form_version(self, version: int) -> FormVersion:
        """Any version of any form, by ``FormVersion.id``. Raises ``NotFound``."""
        return form_version(self.municipality, version)

    def workflow_version(self, version: int) -> WorkflowVersion:
        """Any version of any workflow. Raises ``NotFound``."""
        return workflow_version(self.municipality, version)

    def workflow_for(self, version: FormVersion) -> WorkflowVersion:
        """The workflow that work begun with a version of a form goes on in: what runs, or for an older form (a draft,
        a page that was open while somebody published) the last one it was proved with. Raises ``NotFound``."""
        form = version.form
        if form.id in self.forms and self.forms[form.id].id == version.id:
            return self.workflow(form.workflow)
        with reading(self.municipality) as tx:
            found = _there(version_rows.workflow_beside(tx, version.id, form.workflow))
        return workflow_version(self.municipality, found)


@dataclass(slots=True)
class _Shelf:
    """What this process knows of one database."""

    live: dict[str, LiveCatalog] = field(default_factory=dict)
    forms: dict[tuple[str, int], FormVersion] = field(default_factory=dict)
    workflows: dict[tuple[str, int], WorkflowVersion] = field(default_factory=dict)
    campaigns: dict[tuple[str, int], CampaignVersion] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)


_sets: OrderedDict[tuple[str, bool], Compiled] = OrderedDict()
"""Hash of the whole set, and whether it was proved -> the set."""
_sets_lock = RLock()


def live(municipality: str, number: int | None = None) -> LiveCatalog:
    """The live definitions. ``number`` as the session learnt it spares a look at the database; left out: look."""
    shelf = memory("catalogs", _Shelf)
    known = shelf.live.get(municipality)
    if known and known.number == number:
        return known
    with reading(municipality) as tx:
        current = definition_rows.catalog_number(tx)
        if known and known.number == current:
            return known
        with shelf.lock:
            fresh = _load(tx, current)
            shelf.live[municipality] = fresh
            shelf.forms.update({(municipality, item.id): item for item in fresh.forms.values()})
            shelf.workflows.update({(municipality, item.id): item for item in fresh.workflows.values()})
            return fresh


def form_version(municipality: str, version: int) -> FormVersion:
    """Any version of any form. Raises ``NotFound``. May be called inside a transaction."""

    def made(row: VersionRow, catalog: Catalog) -> FormVersion:
        return FormVersion(version, row.number, row.hash, _there(catalog.forms.get(row.ref)))

    return _shelved(memory("catalogs", _Shelf).forms, municipality, version, FORM, made)


def workflow_version(municipality: str, version: int) -> WorkflowVersion:
    """Any version of any workflow. Raises ``NotFound``. May be called inside a transaction."""

    def made(row: VersionRow, catalog: Catalog) -> WorkflowVersion:
        return WorkflowVersion(version, row.number, row.hash, _there(catalog.workflows.get(row.ref)))

    return _shelved(memory("catalogs", _Shelf).workflows, municipality, version, WORKFLOW, made)


def campaign_version(municipality: str, version: int) -> CampaignVersion:
    """Any version of any campaign. Raises ``NotFound``. May be called inside a transaction."""

    def made(row: VersionRow, catalog: Catalog) -> CampaignVersion:
        return CampaignVersion(version, row.number, row.hash, _there(catalog.campaigns.get(row.ref)))

    return _shelved(memory("catalogs", _Shelf).campaigns, municipality, version, CAMPAIGN, made)


def _shelved(
    shelf: dict[tuple[str, int], T],
    municipality: str,
    version: int,
    kind: str,
    made: Callable[[VersionRow, Catalog], T],
) -> T:
    """A version from the shelf; read and put there where it did not lie yet."""
    if (municipality, version) not in shelf:
        with reading(municipality) as tx:
            row, catalog = _version(tx, kind, version)
        shelf[municipality, version] = made(row, catalog)
    return shelf[municipality, version]


def report_version(municipality: str, version: int) -> ReportVersion:
    """Any version of any report. Raises ``NotFound``."""
    with reading(municipality) as tx:
        row, catalog = _version(tx, REPORT, version)
    return ReportVersion(version, row.number, row.hash, _there(catalog.reports.get(row.ref)))


def sources(municipality: str, kind: str, ref: str, publication: int) -> tuple[Source, ...]:
    """The texts a definition was made from in a publication: its own file, then the blocks and lists laid in."""
    with reading(municipality) as tx:
        return _publication(tx, publication).catalog.sources.get((kind, ref), ())


def cached_form(municipality: str, version: int) -> Form:
    """The form of any version; as ``form_version``."""
    return form_version(municipality, version).form


def compile_set(texts: Mapping[str, str]) -> Compiled:
    """Compile a whole set of files (path -> text); kept by its content, so that the same set is compiled once."""
    files = {path: definition_rows.hash_of(text) for path, text in texts.items()}
    return _compiled(_set_hash(files), texts)


def forget_compiled() -> None:
    """Forget every compiled set of this process, as a new process begins."""
    with _sets_lock:
        _sets.clear()


def _compiled(key: str, texts: Mapping[str, str], *, prove: bool = True) -> Compiled:
    with _sets_lock:
        if (key, prove) not in _sets:
            sources = [Source(path, texts[path]) for path in sorted(texts)]
            _sets[key, prove] = compile_sources(sources, prove=prove)
            while len(_sets) > _KEPT_SETS:
                _sets.popitem(last=False)
        _sets.move_to_end((key, prove))
        return _sets[key, prove]


def _known(key: str) -> Compiled | None:
    """The set as it runs, when this process has it: read once, or proved without an error."""
    with _sets_lock:
        proved = _sets.get((key, True))
        return _sets.get((key, False)) or (proved if proved is not None and proved.ok else None)


def _set_hash(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json_codec.canonical(dict(files))).hexdigest()


def _load(tx: Transaction, number: int) -> LiveCatalog:
    compiled = _publication(tx, number) if number else Compiled(Catalog(), ())
    forms: dict[str, FormVersion] = {}
    workflows: dict[str, WorkflowVersion] = {}
    campaigns: dict[str, CampaignVersion] = {}
    reports: dict[str, ReportVersion] = {}
    for row in definition_rows.current_versions(tx):
        catalog = compiled.catalog
        if catalog.hashes.get((row.kind, row.ref)) != row.hash:  # held back, or read anew by newer software
            catalog = _publication(tx, row.publication).catalog
        form, workflow = catalog.forms.get(row.ref), catalog.workflows.get(row.ref)
        if row.kind == FORM and form is not None:
            forms[row.ref] = FormVersion(row.id, row.number, row.hash, form)
        elif row.kind == WORKFLOW and workflow is not None:
            workflows[row.ref] = WorkflowVersion(row.id, row.number, row.hash, workflow)
        elif row.kind == CAMPAIGN and row.ref in catalog.campaigns:
            campaigns[row.ref] = CampaignVersion(row.id, row.number, row.hash, catalog.campaigns[row.ref])
        elif row.kind == REPORT and row.ref in catalog.reports:
            reports[row.ref] = ReportVersion(row.id, row.number, row.hash, catalog.reports[row.ref])
        else:  # newer software refuses what older software published: the others go on
            _log.error("%s %s of %s cannot be read any more", row.kind, row.ref, tx.municipality)
    return LiveCatalog(tx.municipality, number, compiled, forms, workflows, campaigns, reports)


def _version(tx: Transaction, kind: str, version: int) -> tuple[VersionRow, Catalog]:
    row = _there(definition_rows.version(tx, kind, version))
    return row, _publication(tx, row.publication).catalog


def _publication(tx: Transaction, number: int) -> Compiled:
    """What was published then. It was proved at that time and is only read now."""
    files = definition_rows.publication_files(tx, number)
    key = _set_hash(files)
    return _known(key) or _compiled(key, definition_rows.texts(tx, files), prove=False)


def _there(found: T | None) -> T:
    if found is None:
        raise NotFound
    return found
