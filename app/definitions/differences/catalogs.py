"""What changed between two whole sets?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.definitions.differences.comparing import differences, same
from app.definitions.differences.difference import Difference
from app.definitions.model.catalog import Catalog


@dataclass(frozen=True, slots=True)
class CatalogDifference:
    """A definition that came (``code`` added), went (removed) or changed; ``kind`` is form, workflow,
    campaign, report or contact_point."""

    kind: str
    ref: str
    title: str
    code: str
    differences: tuple[Difference, ...] = ()


def catalog_differences(old: Catalog, new: Catalog) -> tuple[CatalogDifference, ...]:
    """All that changed from one set to another, by kind and id; nothing when they mean the same."""
    return (
        *_of("form", old.forms, new.forms),
        *_of("workflow", old.workflows, new.workflows),
        *_of("campaign", old.campaigns, new.campaigns),
        *_of("report", old.reports, new.reports),
        *_of("contact_point", old.contact_points, new.contact_points),
    )


def _of(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[CatalogDifference]:
    for ref in sorted({*old, *new}):
        item = new.get(ref) or old[ref]
        title = getattr(item, "title", "") or getattr(item, "label", "")
        if ref not in new:
            yield CatalogDifference(kind, ref, title, "removed")
        elif ref not in old:
            yield CatalogDifference(kind, ref, title, "added")
        elif not same(old[ref], new[ref]):
            yield CatalogDifference(kind, ref, title, "changed", differences(old[ref], new[ref]))
