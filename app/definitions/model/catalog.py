"""Which definitions belong together: the immutable set that a municipality runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Form, OptionList
from app.definitions.model.reports import Report
from app.definitions.model.source import Problem, Source
from app.definitions.model.workflows import ContactPoint, Workflow

LANGUAGE_VERSION = 1


def _empty() -> Any:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Catalog:
    """Checked definitions by id. ``hashes``: ``("form", id) -> sha256`` over the source *and* all it lays in."""

    forms: Mapping[str, Form] = field(default_factory=_empty)
    workflows: Mapping[str, Workflow] = field(default_factory=_empty)
    lists: Mapping[str, OptionList] = field(default_factory=_empty)
    contact_points: Mapping[str, ContactPoint] = field(default_factory=_empty)
    hashes: Mapping[tuple[str, str], str] = field(default_factory=_empty)
    sources: Mapping[tuple[str, str], tuple[Source, ...]] = field(default_factory=_empty)
    campaigns: Mapping[str, Campaign] = field(default_factory=_empty)
    reports: Mapping[str, Report] = field(default_factory=_empty)


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compilation gives: the catalog of everything without errors, and all problems, sorted by place."""

    catalog: Catalog
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stops publication."""
        return not any(problem.severity == "error" for problem in self.problems)
