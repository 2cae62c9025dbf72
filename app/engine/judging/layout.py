"""In which order must the fields of a form be looked at, and what has to be evaluated for each?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.definitions.expressions.walking import fields_read, walk
from app.definitions.model.expressions import Condition, RowRef
from app.definitions.model.forms import Field, FieldType, Form, Option
from app.definitions.model.rules import Rule, Warn
from app.engine.evaluate import Facts, compile_condition
from app.engine.model.answers import Value
from app.engine.values import Rejected
from app.engine.values.made import Codec
from app.engine.values.plan import Input, Plan, plan_of

Evaluator = Callable[[Facts], object]
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Cell:
    """One answerable thing with its conditions ready to call; ``show`` and ``compute`` are ``None`` where not written.

    ``default_today``: the default is the day of the moment. A silent default (niet_besproken) also replaces a blank
    that was posted, because an option list has no blank of its own.
    """

    input: Input
    id: str
    field: Field
    codec: Codec
    only_for: frozenset[str]
    show: Evaluator | None
    compute: Evaluator | None
    required_if: Evaluator | None
    default: Value | None
    default_today: bool
    default_always: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row: its score, the children beside it, and what ``row.`` knows before they are answered."""

    score: Cell
    children: tuple[Cell, ...]
    known: Row


@dataclass(frozen=True, slots=True)
class Step:
    """One field of the form. ``cell`` for a plain field, ``rows`` for a matrix, ``columns`` for a repeat;
    ``section`` is
    the place of its section, ``place`` its own place on the page."""

    field: Field
    section: int
    place: int
    only_for: frozenset[str]
    show: Evaluator | None
    required_if: Evaluator | None
    cell: Cell | None = None
    rows: tuple[MatrixRow, ...] = ()
    columns: tuple[Cell, ...] = ()
    columns_in_order: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """A rule and the ids it reads."""

    holds: Evaluator
    message: str
    at: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """``steps`` in order of dependency, ``on_page`` in page order; ``sections`` the conditions of the sections."""

    form: Form
    plan: Plan
    steps: tuple[Step, ...]
    on_page: tuple[Step, ...]
    sections: tuple[Evaluator | None, ...]
    rules: tuple[JudgedRule, ...]
    warnings: tuple[JudgedRule, ...]


_MOST_KEPT = 1_000
_kept: dict[int, tuple[Form, Layout]] = {}


def layout_of(form: Form) -> Layout:
    """The layout of ``form``, made at the first call and found by identity afterwards."""
    found = _kept.get(id(form))
    if found is not None:
        return found[1]
    made = _make(form)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[id(form)] = (form, made)
    return made


def _make(form: Form) -> Layout:
    plan = plan_of(form)
    on_page: list[Step] = []
    needs: dict[str, set[str]] = {}
    tops = [field.id for field in form.fields()]
    for number, section in enumerate(form.sections):
        for field in section.fields:
            on_page.append(_step(plan, field, number, len(on_page)))
            read = {*_reads(field), *_refs(section.show_if)}
            needs[field.id] = {top for ref in read if (top := top_of(ref, tops)) and top != field.id}
    by_id = {step.field.id: step for step in on_page}
    return Layout(
        form,
        plan,
        tuple(by_id[name] for name in in_order(tops, needs)),
        tuple(on_page),
        tuple(ready(section.show_if) for section in form.sections),
        tuple(_judged(rule) for rule in form.rules),
        tuple(_judged(warning) for warning in form.warn),
    )


def _judged(rule: Rule | Warn) -> JudgedRule:
    return JudgedRule(compile_condition(rule.condition), rule.message, rule.at, _refs(rule.condition))


def _step(plan: Plan, field: Field, section: int, place: int) -> Step:
    common = (
        field,
        section,
        place,
        frozenset(field.only_for),
        ready(field.show_if),
        ready(field.required_if),
    )
    if field.type is FieldType.INFO:
        return Step(*common)
    if field.type is FieldType.REPEAT:
        columns = tuple(_cell(item) for item in plan.repeats[field.id].columns)
        ids = [cell.id for cell in columns]
        needs = {cell.id: _row_refs(cell.field, ids) for cell in columns}
        by_id = {cell.id: cell for cell in columns}
        ordered = tuple(by_id[name] for name in in_order(ids, needs))
        return Step(*common, columns=columns, columns_in_order=ordered)
    if field.type is FieldType.MATRIX:
        options = field.rows.options if field.rows else ()
        return Step(*common, rows=tuple(_matrix_row(plan, field, option) for option in options))
    return Step(*common, cell=_cell(plan.inputs[field.id]))


def _matrix_row(plan: Plan, field: Field, option: Option) -> MatrixRow:
    score = f"{field.id}.{option.id}"
    known: Row = {**option.columns, "id": option.id, "label": option.label}
    children = tuple(_cell(plan.inputs[f"{score}.{child.id}"]) for child in field.each)
    return MatrixRow(_cell(plan.inputs[score]), children, known)


def _cell(item: Input) -> Cell:
    field = item.field
    is_score = item.row is not None and field is item.top
    default, today = _default(item)
    return Cell(
        item,
        item.id,
        field,
        item.codec,
        frozenset(field.only_for),
        None if is_score else ready(field.show_if),
        None if is_score else ready(field.compute),
        None if is_score else ready(field.required_if),
        default,
        today,
        isinstance(default, str) and default in item.codec.silent,
        item.codec.check is not None or item.codec.warn is not None,
    )


def _default(item: Input) -> tuple[Value | None, bool]:
    """The default as a value, and whether it is today; ``niet_besproken`` is that of its type."""
    text = item.field.default
    if text is None:
        unasked = item.field.type is FieldType.YES_NO_UNASKED
        return (next(iter(sorted(item.codec.silent)), None) if unasked else None), False
    if item.field.type in {FieldType.DATE, FieldType.PARTIAL_DATE} and text.strip() == "today":
        return None, True
    many = item.field.type in {FieldType.CHOICES, FieldType.TAGS, FieldType.AVAILABILITY, FieldType.STREET}
    try:
        return item.codec.coerce(text.strip("[] ").replace(" ", "").split(",") if many else (text,)), False
    except Rejected:
        return None, False  # the checker says so to the author; a form in use goes on


def ready(condition: Condition | None) -> Evaluator | None:
    """A condition ready to call, or ``None``."""
    return None if condition is None else compile_condition(condition)


def _refs(condition: Condition | None) -> tuple[str, ...]:
    return () if condition is None else tuple(sorted(fields_read(condition.tree)))


def _reads(field: Field) -> Iterable[str]:
    for each in (field, *field.each, *field.fields):
        yield from _refs(each.show_if)
        yield from _refs(each.compute)


def _row_refs(field: Field, ids: Iterable[str]) -> set[str]:
    """The other columns of its own row that a column reads."""
    trees = [condition.tree for condition in (field.show_if, field.compute) if condition is not None]
    named = {part.name for tree in trees for part in walk(tree) if isinstance(part, RowRef)}
    return named.intersection(ids) - {field.id}


def top_of(ref: str, tops: Iterable[str]) -> str:
    """The field of the form that a flat id belongs to: ``domeinen.wonen.nota`` -> ``domeinen``."""
    return max((top for top in tops if ref == top or ref.startswith(f"{top}.")), key=len, default="")


def in_order(names: Iterable[str], needs: Mapping[str, set[str]]) -> list[str]:
    """``names`` with what each needs in front of it. A cycle cannot be published; here it would keep page order."""
    done: dict[str, None] = {}
    busy: set[str] = set()

    def visit(name: str) -> None:
        if name in done or name in busy:
            return
        busy.add(name)
        for needed in sorted(needs.get(name, ())):
            visit(needed)
        done[name] = None

    for name in names:
        visit(name)
    return list(done)
