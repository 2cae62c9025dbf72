"""What is missing, out of bounds or against a rule among the settled answers?"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from app.definitions.model.forms import FieldType
from app.engine.evaluate import Facts
from app.engine.judging.layout import Cell, JudgedRule, Step, top_of
from app.engine.judging.settling import Sheet
from app.engine.model.answers import Consent, FieldError, Value
from app.engine.values.choices import ELSEWHERE, count_finding, whole
from app.engine.values.given import Finding
from app.engine.values.incoming import error_at
from app.engine.values.stored import rows_of
from app.engine.warning import WARNED

_CHOSEN = {
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.YES_NO,
    FieldType.YES_NO_UNASKED,
    FieldType.SCALE,
    FieldType.MATRIX,
    FieldType.NEIGHBOURHOOD,
    FieldType.AVAILABILITY,
    FieldType.TAGS,
    FieldType.STREET,
}
_AGREED = {FieldType.CONSENT, FieldType.READ_RECEIPT}
Row = Mapping[str, Value]


class Checker:
    """Goes over the visible answers in page order; ``errors`` and ``warnings`` fill up."""

    def __init__(self, sheet: Sheet, neighbourhoods: Container[str] | None) -> None:
        self.sheet = sheet
        self.neighbourhoods = neighbourhoods
        self.errors: list[FieldError] = []
        self.warnings: list[FieldError] = []

    def run(self) -> None:
        """Check every visible field, then the rules."""
        self.errors += self._readable()
        for step in self.sheet.layout.on_page:
            if step.field.id in self.sheet.visible:
                self._step(step)
        for rule in self.sheet.layout.rules:
            self._rule(rule)
        self.warnings += self._warned()
        if len(self.errors) > 1:
            places = {step.field.id: step.place for step in self.sheet.layout.on_page}
            self.errors.sort(key=lambda error: places.get(top_of(error.field, places), len(places)))

    def _readable(self) -> Iterator[FieldError]:
        """The texts that could not be read, unless their field is hidden or is no field at all of theirs."""
        for error in self.sheet.given.errors:
            if error.code == "unknown_field" or error.field in self.sheet.visible:
                yield error

    def _step(self, step: Step) -> None:
        if step.cell is not None:
            self._cell(step.cell, step.cell.id, self.sheet.answers.get(step.cell.id), self.sheet.facts)
        elif step.rows:
            self._matrix(step)
        elif step.columns:
            self._repeat(step)

    def _cell(
        self, cell: Cell, name: str, value: Value | None, facts: Facts, place: int | None = None
    ) -> None:
        if cell.compute is not None:
            return
        if self._needed(cell, facts) and not satisfied(value):
            if name not in self.sheet.failed:
                self._add(cell, name, ("required", (("kind", kind_of(cell.field.type)),)), place)
        elif value is not None and (cell.checked or cell.field.type is FieldType.NEIGHBOURHOOD):
            self._limits(cell, name, value, place)

    def _needed(self, cell: Cell, facts: Facts) -> bool:
        field = cell.field
        if field.required or (field.required_for and field.required_for == self.sheet.reader.audience):
            return field.type is not FieldType.MATRIX  # a matrix is looked at as a whole
        return cell.required_if is not None and cell.required_if(facts) is True

    def _limits(self, cell: Cell, name: str, value: Value, place: int | None) -> None:
        finding = self._neighbourhood(cell, value)
        if finding is None and cell.codec.check is not None:
            finding = cell.codec.check(value, self.sheet.moment)
        if finding is not None:
            self._add(cell, name, finding, place)
        elif cell.codec.warn is not None and (doubt := cell.codec.warn(value)) is not None:
            self.warnings.append(error_at(cell.input, name, doubt[0], doubt[1], place))

    def _neighbourhood(self, cell: Cell, value: Value) -> Finding | None:
        if (
            cell.field.type is not FieldType.NEIGHBOURHOOD
            or self.neighbourhoods is None
            or value in ELSEWHERE
        ):
            return None
        return None if value in self.neighbourhoods else ("unknown_option", (("typed", str(value)[:40]),))

    def _add(self, cell: Cell, name: str, finding: Finding, place: int | None = None) -> None:
        self.errors.append(error_at(cell.input, name, finding[0], finding[1], place))

    def _matrix(self, step: Step) -> None:
        answers = self.sheet.answers
        for row in step.rows:
            score = answers.get(row.score.id)
            for child in row.children:
                if child.id in self.sheet.visible:
                    facts = self.sheet.facts
                    if child.required_if is not None:
                        facts = self.sheet.facts_with({**row.known, **({"score": score} if score else {})})
                    self._cell(child, child.id, answers.get(child.id), facts)
        told = any(answered(row.score, answers.get(row.score.id)) for row in step.rows)
        if not told and self._wanted(step):
            self._whole(step, ("required", (("kind", "matrix"),)))

    def _repeat(self, step: Step) -> None:
        name = step.field.id
        rows = rows_of(self.sheet.answers.get(name, ()))
        for place, row in zip(self.sheet.places.get(name, ()), rows, strict=False):
            facts = self.sheet.facts_with(row)
            for cell in step.columns:
                flat = f"{name}.{place}.{cell.id}"
                if flat in self.sheet.visible:
                    self._cell(cell, flat, row.get(cell.id), facts, place)
        low, high = whole(step.field.limits.min), whole(step.field.limits.max)
        finding = count_finding(len(rows), low, high) if rows else self._no_rows(step, low)
        if finding is not None:
            self._whole(step, finding)

    def _no_rows(self, step: Step, low: int | None) -> Finding | None:
        if self._wanted(step):
            return "required", (("kind", "rows"),)
        conditional = step.field.required_for or step.required_if is not None
        return count_finding(0, low, None) if low and not conditional else None

    def _wanted(self, step: Step) -> bool:
        field = step.field
        if field.required or (field.required_for and field.required_for == self.sheet.reader.audience):
            return True
        return step.required_if is not None and step.required_if(self.sheet.facts) is True

    def _whole(self, step: Step, finding: Finding) -> None:
        """An error of a matrix or repeat as a whole."""
        code, params = finding
        if step.field.id not in self.sheet.failed:
            label = (("label", step.field.label),)
            message = step.field.messages.get(code, "")
            self.errors.append(FieldError(step.field.id, code, label + params, message))

    def _rule(self, rule: JudgedRule) -> None:
        """A rule over something that could not be read, or at a field that has an error already, adds nothing."""
        wrong = {error.field for error in self.errors}
        if rule.at in wrong or any(read in wrong for read in rule.reads):
            return
        if rule.holds(self.sheet.facts) is not True:
            at = rule.at if rule.at in self.sheet.visible else ""
            found = self.sheet.layout.form.field(rule.at)
            label = (("label", found.label),) if found is not None and at else ()
            self.errors.append(FieldError(at, "rule", label, rule.message))

    def _warned(self) -> Iterator[FieldError]:
        """The warnings of the form that hold, at fields that can be seen."""
        for warning in self.sheet.layout.warnings:
            field = self.sheet.layout.form.field(warning.at)
            if (
                field is not None
                and field.id in self.sheet.visible
                and warning.holds(self.sheet.facts) is True
            ):
                yield FieldError(field.id, WARNED, (("label", field.label),), warning.message)


def satisfied(value: Value | None) -> bool:
    """Whether a required field has what it needs. ``niet_besproken`` will do: it is a way not to tell, and the page
    shows it chosen; a consent must be given."""
    return value.given if isinstance(value, Consent) else value is not None


def answered(cell: Cell, value: Value | None) -> bool:
    """Whether a value is an answer: not blank, not silent (niet besproken), and a consent only when given."""
    if value is None:
        return False
    if isinstance(value, Consent):
        return value.given
    if isinstance(value, str):
        return value not in cell.codec.silent
    return True


def kind_of(kind: FieldType) -> str:
    """Which words ask for it: text ``errors.required.<kind>``."""
    if kind in _CHOSEN:
        return "choice"
    if kind in _AGREED:
        return "consent" if kind is FieldType.CONSENT else "read"
    if kind in {FieldType.SIGNATURE, FieldType.FILE}:
        return kind.value
    return "text"
