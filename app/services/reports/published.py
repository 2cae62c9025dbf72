"""Which reports does a municipality have? Those it published, and for each form one of its own unless somebody wrote
it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.definitions.model.reports import Report
from app.definitions.own_pages import page_of
from app.services.definitions.catalogs import LiveCatalog

_MOST_KEPT = 100
_kept: dict[int, tuple[LiveCatalog, Mapping[str, Report]]] = {}
"""By identity; the catalog is held, so that its id stays its own."""


def every(catalog: LiveCatalog) -> Mapping[str, Report]:
    """All reports by id, made once a catalog. The page of a form bears the form's id behind ``page_``, whoever wrote
    it."""
    known = _kept.get(id(catalog))
    if known is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        known = _kept[id(catalog)] = (catalog, MappingProxyType(_every(catalog)))
    return known[1]


def _every(catalog: LiveCatalog) -> dict[str, Report]:
    written = catalog.catalog.reports
    own = {report.page_of for report in written.values() if report.page_of}
    made = {}
    for ref, version in catalog.forms.items():
        flow = catalog.workflows.get(version.form.workflow)
        if flow is not None and ref not in own:
            report = page_of(version.form, flow.workflow)
            made[report.id] = report
    return {**made, **written}


def page_for(catalog: LiveCatalog, form: str) -> Report | None:
    """The report for those who fill a form in; ``None`` for a form that opens no case."""
    return next((report for report in every(catalog).values() if report.page_of == form), None)
