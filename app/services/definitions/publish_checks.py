"""What stands in the way of publishing a set?

All at once: the language and the proofs, the examples, the staff who must be there, ids that would get another meaning,
and contact points that open cases still stand at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.definitions import meanings
from app.definitions.counterexamples import PARAMETER
from app.definitions.model.campaigns import Campaign
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form
from app.definitions.model.source import Problem, Severity, Span
from app.definitions.model.workflows import Workflow
from app.definitions.problems import problem
from app.engine.model.people import World
from app.services.definitions import catalogs, check_definitions, holding_back, play_examples
from app.services.definitions.catalogs import CAMPAIGN, FORM, REPORT, WORKFLOW
from app.services.definitions.make_versions import Renewal
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import touched_rows, version_rows
from app.storage.repositories.definition_rows import Ref

POINTS = "workflows/contact_points.yaml"
NOBODY_HOLDS = "L605"


def of_drafts(municipality: str, before: Catalog, after: Compiled, found: Renewal) -> tuple[Problem, ...]:
    """Problems of publishing ``after`` from the studio, with the staff there is now; sorted by place."""
    world = staffing.world(municipality)
    problems = {
        *after.problems,
        *_unheld(before, after.catalog, world),
        *play_examples.play(after.catalog, world).problems,
        *changed_meanings(municipality, after.catalog, found),
        *_left_standing(municipality, before, after.catalog),
    }
    return tuple(sorted(problems))


def _unheld(before: Catalog, after: Catalog, world: World) -> Iterator[Problem]:
    """What live staff leave undone. What they left undone already stops nothing else: it is told as advice."""
    known = {_without_example(item) for item in check_definitions.unheld(before, world)}
    worse = {name for names in holding_back.lacking(before, after, world).values() for name in names}
    for item in check_definitions.unheld(after, world):
        name = dict(item.params).get("name", "")
        stood = _without_example(item) in known and not (item.code == NOBODY_HOLDS and name in worse)
        yield replace(item, severity=Severity.ADVICE) if stood else item


def _without_example(found: Problem) -> tuple[str, tuple[tuple[str, object], ...]]:
    return found.code, tuple(item for item in found.params if item[0] != PARAMETER)


def changed_meanings(municipality: str, after: Catalog, found: Renewal) -> Iterator[Problem]:
    """Ids of what gets a new version that stood for something else in a version before it."""
    with transaction(municipality, readonly=True) as tx:
        earlier = version_rows.earlier_ids(tx, found.made)
    for ref, versions in ((ref, versions) for ref, versions in earlier.items() if ref[0] != REPORT):
        ids = [kept or _ids_of(municipality, ref, version) for version, kept in versions]
        yield from meanings.check(_definition(after, ref), ids)


def _ids_of(municipality: str, ref: Ref, version: int) -> Mapping[str, Any]:
    """Of a version from before they were kept."""
    if ref[0] == FORM:
        return meanings.ids_of(catalogs.form_version(municipality, version).form)
    if ref[0] == CAMPAIGN:
        return meanings.ids_of(catalogs.campaign_version(municipality, version).campaign)
    return meanings.ids_of(catalogs.workflow_version(municipality, version).workflow)


def _definition(catalog: Catalog, ref: Ref) -> Form | Workflow | Campaign:
    if ref[0] == CAMPAIGN:
        return catalog.campaigns[ref[1]]
    return catalog.workflows[ref[1]] if ref[0] == WORKFLOW else catalog.forms[ref[1]]


def _left_standing(municipality: str, before: Catalog, after: Catalog) -> Iterator[Problem]:
    """Contact points that go while cases or tasks still stand at them."""
    gone = sorted(before.contact_points.keys() - after.contact_points.keys())
    if not gone or not after.contact_points:
        return  # without any the file itself is broken, and told
    with transaction(municipality, readonly=True) as tx:
        counts = touched_rows.open_work_at(tx, gone)
    for name, (cases, tasks) in counts.items():
        if cases or tasks:
            span = before.contact_points[name].span or Span(POINTS, 1, 1)
            yield problem("V904", span, name=name, cases=cases, tasks=tasks)
