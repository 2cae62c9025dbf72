"""Which definitions get a new version when a set is published, and which stay as they are?

A version is frozen with the blocks and lists laid into it. A form whose block or list changed may be held back: new
work goes on with the version it had. What runs together was proved together, so a process and its forms that change
go along or stay together (``docs/decisions/0007``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.definitions.meanings import ids_of
from app.definitions.model.campaigns import Campaign
from app.definitions.model.catalog import LANGUAGE_VERSION, Catalog
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.definitions.model.workflows import Workflow
from app.services.definitions.catalogs import CAMPAIGN, FORM, REPORT, WORKFLOW
from app.storage import history
from app.storage.database import Transaction
from app.storage.repositories import definition_rows as rows
from app.storage.repositories.definition_rows import NewVersion, Ref


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was made: ``number`` counts from 1 per definition."""

    kind: str
    ref: str
    number: int


@dataclass(frozen=True, slots=True)
class Sets:
    """Two sets of definitions and the content hash of every version that new work begins with."""

    before: Catalog
    after: Catalog
    standing: Mapping[Ref, str]

    def differs(self, ref: Ref) -> bool:
        """Whether the new set says something else than the version that new work begins with."""
        return self.standing.get(ref) != self.after.hashes[ref]

    def changes(self, ref: Ref) -> bool:
        """Whether the step from the one set to the other changes it, or it is new."""
        return self.differs(ref) and (
            ref not in self.standing or self.before.hashes.get(ref) != self.after.hashes[ref]
        )


@dataclass(frozen=True, slots=True)
class Renewal:
    """``made`` get a new version, ``retired`` take no new work any more; ``torn`` are forms (with their process) that
    would stay behind while the process goes on, which must not be."""

    made: tuple[Ref, ...]
    retired: tuple[Ref, ...]
    torn: tuple[tuple[str, str], ...] = ()


def renewal(
    sets: Sets, *, hold: frozenset[str] = frozenset(), along: frozenset[str] = frozenset()
) -> Renewal:
    """What publishing the new set makes. ``hold``: forms that stay as they are though a block or list changed;
    ``along``: forms held back before that come along now."""
    forms = {
        name
        for name in sets.after.forms
        if (sets.changes((FORM, name)) and name not in hold) or (name in along and sets.differs((FORM, name)))
    }
    flows = {name for name in sets.after.workflows if _goes_on(sets, sets.after.workflows[name], forms, hold)}
    torn = tuple(sorted(_torn(sets, forms, flows)))
    campaigns = [(CAMPAIGN, name) for name in sets.after.campaigns if sets.changes((CAMPAIGN, name))]
    refs = [*((FORM, name) for name in forms), *((WORKFLOW, name) for name in flows), *campaigns]
    refs += [(REPORT, name) for name in sets.after.reports if sets.differs((REPORT, name))]
    gone = sets.standing.keys() - sets.after.hashes.keys()
    return Renewal(tuple(sorted(refs)), tuple(sorted(gone)), torn)


def package_renewal(sets: Sets) -> Renewal:
    """What a package makes: nothing it brings is held back, and what was held back before comes along where it must."""
    along: frozenset[str] = frozenset()
    found = renewal(sets)
    while found.torn:
        along |= {form for form, _ in found.torn}
        found = renewal(sets, along=along)
    return found


def forms_of(workflow: Workflow) -> set[str]:
    """The forms whose fields a workflow names, and those behind its buttons."""
    return {*workflow.forms, *button_forms(workflow)}


def button_forms(workflow: Workflow) -> set[str]:
    """The forms behind its buttons: a version of the workflow pins the versions that are live when it is made."""
    buttons = [action for state in workflow.states.values() for action in state.actions.values()]
    return {action.form for action in (*buttons, *workflow.anywhere.values()) if action.form}


def keep_versions(tx: Transaction, after: Catalog, found: Renewal, publication: int) -> tuple[Published, ...]:
    """Write what a renewal makes; the versions that were made."""
    definitions: dict[Ref, Form | Workflow | Campaign | Report] = {
        **{(FORM, ref): form for ref, form in after.forms.items()},
        **{(WORKFLOW, ref): flow for ref, flow in after.workflows.items()},
        **{(CAMPAIGN, ref): campaign for ref, campaign in after.campaigns.items()},
        **{(REPORT, ref): report for ref, report in after.reports.items()},
    }
    made = []
    for ref in found.made:
        definition = definitions[ref]
        new = NewVersion(
            ref, definition.title, after.hashes[ref], LANGUAGE_VERSION, publication, ids_of(definition)
        )
        made.append(Published(*ref, rows.make_version(tx, new)))
    for ref in found.retired:
        rows.retire(tx, ref)
    return tuple(made)


def log(tx: Transaction, author: str, made: Iterable[Published], retired: Iterable[Ref]) -> None:
    """Say so in the history of the municipality."""
    for item in made:
        params = {"kind": item.kind, "definition": item.ref, "number": str(item.number)}
        history.append(tx, None, "published", params, by=author)
    for kind, ref in retired:
        history.append(tx, None, "retired", {"kind": kind, "definition": ref}, by=author)


def _goes_on(sets: Sets, flow: Workflow, forms: set[str], hold: frozenset[str]) -> bool:
    """Whether a workflow gets a new version: it changed, or what is behind its buttons did."""
    ref = (WORKFLOW, flow.id)
    if ref not in sets.standing or button_forms(flow) & forms:
        return True
    if not sets.differs(ref):
        return False
    mine = forms_of(flow)
    if sets.changes(ref) and (not mine & hold or _own_words_changed(sets, flow.id)):
        return True
    return bool(mine & forms)


def _own_words_changed(sets: Sets, flow: str) -> bool:
    before, after = (catalog.sources.get((WORKFLOW, flow), ()) for catalog in (sets.before, sets.after))
    return before[:1] != after[:1]


def _torn(sets: Sets, forms: set[str], flows: set[str]) -> Iterator[tuple[str, str]]:
    for name in flows:
        if sets.differs((WORKFLOW, name)):
            mine = forms_of(sets.after.workflows[name]) & sets.after.forms.keys()
            yield from ((form, name) for form in mine - forms if sets.differs((FORM, form)))
