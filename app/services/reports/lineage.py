"""Where does a number come from: which fields of which forms does it read, and what were they in older versions?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.definitions.expressions.walking import fields_read, marks_read
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, Form
from app.definitions.model.reports import DAYS, ROW, Measure, Report
from app.definitions.privacy import highest
from app.reporting.results import FieldRead, Lineage, VersionRead
from app.services.definitions.catalogs import FORM, cached_form
from app.services.reports.labels import Room
from app.storage.database import transaction
from app.storage.repositories import version_rows

SAME, RENAMED, OTHER, MISSING = "same", "renamed", "other", "missing"


def of(report: Report, room: Room, municipality: str) -> tuple[Lineage, ...]:
    """A line for each measure, each dimension, and for who counts at all."""
    reader = _Reader(report, room, municipality)
    return tuple(reader.lines())


class _Reader:
    """One report while its sources are looked up; the versions of a form are read once."""

    def __init__(self, report: Report, room: Room, municipality: str) -> None:
        self.report, self.room, self.municipality = report, room, municipality
        self.forms = {form.id: form for form in room.forms(report)}
        self.versions: dict[str, list[tuple[int, Form]]] = {}

    def lines(self) -> Iterator[Lineage]:
        """In the order of the report."""
        if self.report.where is not None:
            yield self._line(Lineage("where", "", ""), [self.report.where])
        for measure in self.report.measures:
            steps = [step.condition for step in measure.steps]
            names = [measure.of] if measure.of not in ("", DAYS) else []
            conditions = [measure.condition, measure.part, *steps]
            made = Lineage("measure", measure.id, measure.label, moments=_moments(measure))
            yield self._line(made, conditions, names)
        for item in self.report.dimensions:
            made = Lineage("dimension", item.id, item.label)
            yield self._line(made, names=[item.field]) if item.field else made

    def _line(
        self,
        made: Lineage,
        conditions: Iterable[Condition | None] = (),
        names: Iterable[str] = (),
    ) -> Lineage:
        read = [condition for condition in conditions if condition is not None]
        fields = {name for condition in read for name in fields_read(condition.tree)} | set(names)
        marks = {mark for condition in read for mark in marks_read(condition.tree)}
        source = "; ".join(condition.source for condition in read)
        found = tuple(item for name in sorted(fields) for item in self._fields(name))
        moments = tuple(dict.fromkeys([*made.moments, *sorted(marks)]))
        return replace(made, fields=found, moments=moments, source=source)

    def _fields(self, name: str) -> Iterator[FieldRead]:
        for form in self._candidates(name):
            field = _there(form, name, self.report.each)
            if field is not None:
                versions = tuple(self._standings(form, name, field))
                yield FieldRead(form.id, form.title, name, field.label, highest(field), versions)

    def _candidates(self, name: str) -> list[Form]:
        """The forms the report is about; where none of them has the field, the others: forms behind buttons."""
        own = [form for form in self.forms.values() if _there(form, name, self.report.each) is not None]
        if own:
            return own
        behind = {
            action.form
            for flow in self.room.flows(self.report)
            for actions in [flow.anywhere, *(state.actions for state in flow.states.values())]
            for action in actions.values()
        }
        forms = self.room.catalog.forms
        return [forms[ref].form for ref in sorted(behind & forms.keys())]

    def _standings(self, form: Form, name: str, now: Field) -> Iterator[VersionRead]:
        before = self.report.was.get(name, "")
        for number, old in self._versions_of(form.id):
            there = _there(old, name, self.report.each)
            if there is not None:
                yield VersionRead(number, SAME if there.type is now.type else OTHER, name)
            elif before and _there(old, before, self.report.each) is not None:
                yield VersionRead(number, RENAMED, before)
            else:
                yield VersionRead(number, MISSING)

    def _versions_of(self, ref: str) -> list[tuple[int, Form]]:
        if ref not in self.versions:
            with transaction(self.municipality, readonly=True) as tx:
                rows = version_rows.of_definition(tx, (FORM, ref))
            self.versions[ref] = [
                (row.number, cached_form(self.municipality, row.id)) for row in reversed(rows)
            ]
        return self.versions[ref]


def _moments(measure: Measure) -> tuple[str, ...]:
    return (measure.start, measure.end) if measure.of == DAYS else ()


def _there(form: Form, name: str, each: str) -> Field | None:
    """The field of that name: its own, a matrix of which it is a cell, or a child of the rows that are counted."""
    if name.startswith(ROW):
        owner = form.field(each)
        children = (*owner.each, *owner.fields) if owner is not None else ()
        return next((child for child in children if child.id == name.removeprefix(ROW)), owner)
    parts = name.split(".")
    found = (form.field(".".join(parts[:length])) for length in range(len(parts), 0, -1))
    return next((field for field in found if field is not None), None)
