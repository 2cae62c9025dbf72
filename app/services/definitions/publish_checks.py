"""What stands in the way of publishing a set?

All at once: the language and the proofs, the examples, the staff who must be there, ids that would get another meaning,
and contact points that open cases still stand at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.definitions import meanings
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form
from app.definitions.model.source import Problem, Span
from app.definitions.model.workflows import Workflow
from app.definitions.problems import problem
from app.services.definitions import catalogs, check_definitions, play_examples
from app.services.definitions.catalogs import FORM, WORKFLOW
from app.services.definitions.make_versions import Renewal
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import touched_rows, version_rows
from app.storage.repositories.definition_rows import Ref

POINTS = "workflows/contact_points.yaml"


def of_drafts(municipality: str, before: Catalog, after: Compiled, found: Renewal) -> tuple[Problem, ...]:
    """Problems of publishing ``after`` from the studio, with the staff there is now; sorted by place."""
    world = staffing.world(municipality)
    problems = {
        *after.problems,
        *check_definitions.unheld(after.catalog, world),
        *play_examples.play(after.catalog, world).problems,
        *changed_meanings(municipality, after.catalog, found),
        *_left_standing(municipality, before, after.catalog),
    }
    return tuple(sorted(problems))


def changed_meanings(municipality: str, after: Catalog, found: Renewal) -> Iterator[Problem]:
    """Ids of what gets a new version that stood for something else in a version before it."""
    with transaction(municipality, readonly=True) as tx:
        earlier = version_rows.earlier_ids(tx, found.made)
    for ref, versions in earlier.items():
        ids = [kept or _ids_of(municipality, ref, version) for version, kept in versions]
        yield from meanings.check(_definition(after, ref), ids)


def _ids_of(municipality: str, ref: Ref, version: int) -> Mapping[str, Any]:
    """Of a version from before they were kept."""
    if ref[0] == FORM:
        return meanings.ids_of(catalogs.form_version(municipality, version).form)
    return meanings.ids_of(catalogs.workflow_version(municipality, version).workflow)


def _definition(catalog: Catalog, ref: Ref) -> Form | Workflow:
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
