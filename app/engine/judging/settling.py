"""What is visible, and what counts as an answer? Visibility, defaults and computed values in one walk.

Fields come in order of dependency, so one pass reaches the fixed point: by the time a condition is judged, all it
reads is
settled. Hidden means absent: a hidden field leaves nothing behind in the answers that later conditions see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.definitions.model.forms import FieldType
from app.engine.evaluate import Facts
from app.engine.judging.computed import as_value
from app.engine.judging.layout import Cell, Evaluator, Layout, Step
from app.engine.model.answers import Answers, Moment, PartialDate, Value
from app.engine.values import Given
from app.engine.values.stored import rows_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who fills in: audience, roles, and the answers as they stood for fields that are not theirs."""

    audience: str
    roles: frozenset[str]
    kept: Answers

    def opens(self, only_for: frozenset[str]) -> bool:
        """Whether such a field exists for them."""
        return not only_for or not self.roles.isdisjoint(only_for)


@dataclass(slots=True)
class Sheet:
    """The answers while they are being settled.

    ``places``: for each repeat, the row on the page that each counted row stands in (empty rows are gone).
    ``answers`` is one dictionary that ``facts`` sees growing.
    """

    layout: Layout
    given: Given
    reader: Reader
    moment: Moment
    answers: dict[str, Value] = field(default_factory=dict)
    visible: set[str] = field(default_factory=set)
    places: dict[str, list[int]] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    sections: dict[int, bool] = field(default_factory=dict)
    case: dict[str, Value] = field(default_factory=dict)
    facts: Facts = field(init=False)

    def __post_init__(self) -> None:
        """Make the facts that see the answers grow, and the ids whose text could not be read."""
        self.failed = frozenset(error.field for error in self.given.errors)
        role = self.reader.audience or next(iter(sorted(self.reader.roles)), "")
        if role:
            self.case["role"] = role
        self.facts = self.facts_with(None)

    def facts_with(self, row: Mapping[str, Value] | None) -> Facts:
        """What a condition inside a row sees."""
        return Facts(self.answers, self.moment, row, self.case)


def settle(sheet: Sheet) -> None:
    """Fill ``sheet.answers``, ``sheet.visible`` and ``sheet.places``."""
    for step in sheet.layout.steps:
        section = sheet.sections.get(step.section)
        if section is None:
            section = holds(sheet.layout.sections[step.section], sheet.facts)
            sheet.sections[step.section] = section
        if not sheet.reader.opens(step.only_for):
            _not_theirs(sheet, step, section)
        elif section and holds(step.show, sheet.facts):
            _shown(sheet, step)


def holds(condition: Evaluator | None, facts: Facts) -> bool:
    """Whether a condition holds; no condition always does, a blank never."""
    return condition is None or condition(facts) is True


def _not_theirs(sheet: Sheet, step: Step, section: bool) -> None:
    """A field for others: computed all the same where it would be shown, else kept as it stood."""
    name = step.field.id
    if step.cell is not None and step.cell.compute is not None:
        if section and holds(step.show, sheet.facts):
            _compute(sheet, step.cell, sheet.facts, sheet.answers)
        return
    for key, value in sheet.reader.kept.items():
        if key == name or (step.rows and key.startswith(f"{name}.")):
            sheet.answers[key] = value


def _shown(sheet: Sheet, step: Step) -> None:
    if step.field.shown:
        sheet.visible.add(step.field.id)
    if step.cell is not None:
        if step.cell.compute is not None:
            _compute(sheet, step.cell, sheet.facts, sheet.answers)
        else:
            value = _answer(sheet, step.cell, step.field.id, sheet.given.values.get(step.field.id))
            if value is not None:
                sheet.answers[step.field.id] = value
    elif step.rows:
        _settle_matrix(sheet, step)
    elif step.columns:
        _settle_rows(sheet, step)


def _answer(sheet: Sheet, cell: Cell, name: str, given: Value | None) -> Value | None:
    """What was given, else the default: not where the page was left blank or the text could not be read."""
    if given is not None or name in sheet.failed:
        return given
    if name in sheet.given.blank and not cell.default_always:
        return None
    if cell.default_today:
        today = sheet.moment.today
        return (
            PartialDate(today.year, today.month, today.day)
            if cell.field.type is FieldType.PARTIAL_DATE
            else today
        )
    return cell.default


def _compute(sheet: Sheet, cell: Cell, facts: Facts, into: dict[str, Value], name: str = "") -> None:
    if cell.compute is None:
        return
    value = as_value(cell.field, cell.codec, cell.compute(facts))
    if value is not None:
        into[name or cell.id] = value


def _settle_matrix(sheet: Sheet, step: Step) -> None:
    given = sheet.given.values
    for row in step.rows:
        name = row.score.id
        sheet.visible.add(name)
        score = _answer(sheet, row.score, name, given.get(name))
        if score is not None:
            sheet.answers[name] = score
        if not row.children:
            continue
        known: dict[str, Value] = {**row.known} if score is None else {**row.known, "score": score}
        facts = sheet.facts_with(known)
        for child in row.children:
            _settle_cell(sheet, child, (child.id, child.field.id), facts, (sheet.answers, known))


def _settle_cell(
    sheet: Sheet,
    cell: Cell,
    names: tuple[str, str],
    facts: Facts,
    into: tuple[dict[str, Value], dict[str, Value]],
    *,
    given: Mapping[str, Value] | None = None,
) -> None:
    """Settle a child of a matrix row or a cell of a repeat. ``names``: its flat id, and its id in the row.

    ``into``: where the answer goes and what ``row.`` sees; for a repeat these are one.
    """
    flat, bare = names
    answers, row = into
    key = bare if answers is row else flat
    if not sheet.reader.opens(cell.only_for):
        old = _kept_cell(sheet, flat)
        if old is not None:
            answers[key] = row[bare] = old
        return
    if not holds(cell.show, facts):
        return
    if cell.field.shown:
        sheet.visible.add(flat)
    if cell.compute is not None:
        _compute(sheet, cell, facts, row, bare)
        value = row.get(bare)
    else:
        value = _answer(sheet, cell, flat, sheet.given.values.get(flat) if given is None else given.get(bare))
    if value is not None:
        answers[key] = row[bare] = value


def _kept_cell(sheet: Sheet, flat: str) -> Value | None:
    kept = sheet.reader.kept
    if flat in kept:
        return kept[flat]
    top, _, rest = flat.partition(".")
    while rest:
        place, _, column = rest.partition(".")
        if top in kept and place.isdecimal():
            rows = rows_of(kept[top])
            return rows[int(place)].get(column) if int(place) < len(rows) else None
        top, rest = f"{top}.{place}", column
    return None


def _settle_rows(sheet: Sheet, step: Step) -> None:
    name = step.field.id
    counted: list[Mapping[str, Value]] = []
    places: list[int] = []
    for place, given in enumerate(rows_of(sheet.given.values.get(name, ()))):
        if _is_empty(sheet, step, name, place, given):
            continue
        row: dict[str, Value] = {}
        facts = sheet.facts_with(row)
        for cell in step.columns_in_order:
            flat = f"{name}.{place}.{cell.id}"
            _settle_cell(sheet, cell, (flat, cell.id), facts, (row, row), given=given)
        counted.append(row)
        places.append(place)
    sheet.places[name] = places
    if counted:
        sheet.answers[name] = tuple(counted)


def _is_empty(sheet: Sheet, step: Step, name: str, place: int, given: Mapping[str, Value]) -> bool:
    """Whether nothing was said in the row: no text that failed, and only defaults or what is no answer."""
    for cell in step.columns:
        if f"{name}.{place}.{cell.id}" in sheet.failed:
            return False
        value = given.get(cell.id)
        if value is None or value == cell.default or (isinstance(value, str) and value in cell.codec.silent):
            continue
        return False
    return True
