"""Which names may an expression use, and what do they stand for?

Two steps, because conditions live inside the fields they name: first every field gets a :class:`Named` (type,
options, rows), then conditions are checked against the :class:`Scope` of them all. ``inside(matrix_or_repeat)``
adds ``row.``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList

YES, NO, UNASKED = "ja", "nee", "niet_besproken"
AVAILABILITY = tuple(
    f"{day}.{part}" for day in ("ma", "di", "wo", "do", "vr", "za", "zo") for part in ("vm", "nm", "av")
)
ROLES = (
    "resident", "referrer", "volunteer", "partner", "reception", "contact", "neighbourhood_lead", "coordinator",
    "team_lead", "head_of_service", "form_admin", "system_admin", "dpo", "policy",
)  # fmt: skip

TYPES: Mapping[FieldType, ValueType] = MappingProxyType(
    {
        FieldType.INTEGER: ValueType.NUMBER,
        FieldType.DECIMAL: ValueType.NUMBER,
        FieldType.DATE: ValueType.DATE,
        FieldType.PARTIAL_DATE: ValueType.DATE,
        FieldType.TIME: ValueType.TIME,
        FieldType.CHOICE: ValueType.OPTION,
        FieldType.YES_NO: ValueType.OPTION,
        FieldType.YES_NO_UNASKED: ValueType.OPTION,
        FieldType.NEIGHBOURHOOD: ValueType.OPTION,
        FieldType.CHOICES: ValueType.OPTIONS,
        FieldType.TAGS: ValueType.OPTIONS,
        FieldType.AVAILABILITY: ValueType.OPTIONS,
        FieldType.MATRIX: ValueType.ROWS,
        FieldType.REPEAT: ValueType.ROWS,
        FieldType.CONSENT: ValueType.BOOLEAN,
        FieldType.READ_RECEIPT: ValueType.BOOLEAN,
        FieldType.SIGNATURE: ValueType.OTHER,
        FieldType.FILE: ValueType.OTHER,
        FieldType.ADDRESS: ValueType.OTHER,
        FieldType.STREET: ValueType.OTHER,
        FieldType.PERSON: ValueType.OTHER,
        FieldType.PARTNER: ValueType.OTHER,
        FieldType.CASE: ValueType.OTHER,
        FieldType.SESSION: ValueType.OTHER,
    }
)
"""The value type of a field type; all others are TEXT (and a scale without options is a NUMBER)."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for.

    ``options`` from low to high when ``ordered``; ``silent`` ones are stored but no answer, those ``apart`` have no
    place in the order. ``open``: other option ids may exist too (neighbourhoods are live data, tags take own words).
    ``yes`` is the option a bare name means.
    For ROWS: ``rows`` are a matrix's rows (empty for a repeat), ``row`` what ``row.`` knows.
    """

    type: ValueType
    options: tuple[str, ...] = ()
    ordered: bool = False
    silent: tuple[str, ...] = ()
    open: bool = False
    yes: str = ""
    rows: tuple[Option, ...] = ()
    row: Mapping[str, Named] = field(default_factory=lambda: MappingProxyType({}))
    apart: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The options that ``>=`` compares, low to high: those apart never count. Empty when not ordered."""
        return tuple(option for option in self.options if option not in self.apart) if self.ordered else ()


@dataclass(frozen=True, slots=True)
class Scope:
    """All names of one form (or of the forms of one workflow).

    ``fields`` by flat dotted id, matrix cells included; ``facts`` are ``reason``, ``role`` and what else is known of
    the case; ``row`` is what ``row.`` knows here, ``None`` outside rows; ``marks`` what ``marked()`` may name;
    ``unborn`` the answers of forms behind buttons, where none of these was pressed yet.
    """

    fields: Mapping[str, Named]
    marks: frozenset[str] = frozenset()
    facts: Mapping[str, Named] = field(default_factory=lambda: MappingProxyType({}))
    row: Mapping[str, Named] | None = None
    unborn: frozenset[str] = frozenset()

    def inside(self, rows: str) -> Scope:
        """The scope of a condition that is judged once a row of the matrix or repeat ``rows``."""
        found = self.fields.get(rows)
        return replace(self, row=found.row if found else {})


def named(
    kind: FieldType,
    options: OptionList | None = None,
    rows: OptionList | None = None,
    children: Mapping[str, Named] | None = None,
) -> Named:
    """What a field stands for. ``options`` for choice, choices, tags, scale, matrix; ``rows`` for a matrix;
    ``children`` the fields of ``each`` or of a repeat, by bare id."""
    if kind is FieldType.YES_NO:
        return Named(ValueType.OPTION, (YES, NO), yes=YES)
    if kind is FieldType.YES_NO_UNASKED:
        return Named(ValueType.OPTION, (YES, NO, UNASKED), silent=(UNASKED,), yes=YES)
    if kind is FieldType.AVAILABILITY:
        return Named(ValueType.OPTIONS, AVAILABILITY)
    if kind is FieldType.REPEAT:
        return Named(ValueType.ROWS, row=dict(children or {}))
    if kind is FieldType.MATRIX:
        return _matrix(options, rows, children or {})
    if kind is FieldType.SCALE:
        return _choice(ValueType.OPTION, options) if options else Named(ValueType.NUMBER)
    if kind in (FieldType.NEIGHBOURHOOD, FieldType.TAGS):
        return replace(_choice(TYPES[kind], options), open=True)
    return _choice(TYPES.get(kind, ValueType.TEXT), options)


def fields_of(flat_id: str, what: Named) -> dict[str, Named]:
    """The names a field brings: its id, and each cell of a matrix (``domeinen.wonen``, ``domeinen.wonen.nota``)."""
    found = {flat_id: what}
    fixed = {"id", "label", "score"}
    for row in what.rows:
        found[f"{flat_id}.{row.id}"] = what.row["score"]
        children = ((name, child) for name, child in what.row.items() if name not in fixed | set(row.columns))
        found.update({f"{flat_id}.{row.id}.{name}": child for name, child in children})
    return found


def named_field(checked: Field) -> Named:
    """What a checked field stands for, children included."""
    below = checked.each or checked.fields
    return named(
        checked.type, checked.options, checked.rows, {child.id: named_field(child) for child in below}
    )


def scope_of(
    fields: Iterable[Field],
    marks: Iterable[str] = (),
    reasons: OptionList | None = None,
) -> Scope:
    """The scope of a form's checked fields (flat, blocks laid in); workflows add marks and closing reasons."""
    found: dict[str, Named] = {}
    for checked in fields:
        if checked.type is not FieldType.INFO:
            found.update(fields_of(checked.id, named_field(checked)))
    return Scope(found, frozenset(marks), case_facts(reasons))


def with_later(scope: Scope, forms: Iterable[Form]) -> Scope:
    """The scope with what the forms behind a case's buttons answer."""
    found = {name: what for form in forms for name, what in scope_of(form.fields()).fields.items()}
    return replace(scope, fields={**scope.fields, **found})


def case_facts(reasons: OptionList | None = None) -> dict[str, Named]:
    """``role``, ``contact_person`` and, when given, ``reason`` with the closing reasons as its options."""
    facts = {"role": Named(ValueType.OPTION, ROLES, open=True), "contact_person": Named(ValueType.OTHER)}
    if reasons is not None:
        facts["reason"] = _choice(ValueType.OPTION, reasons)
    return facts


def merged(scopes: Iterable[Scope]) -> Scope:
    """One scope for several forms: every name of any of them, the first form's meaning first, options added up."""
    fields: dict[str, Named] = {}
    marks: frozenset[str] = frozenset()
    facts: dict[str, Named] = {}
    for scope in scopes:
        for name, what in scope.fields.items():
            fields[name] = _joined(fields[name], what) if name in fields else what
        marks |= scope.marks
        facts.update(scope.facts)
    return Scope(fields, marks, facts)


def _joined(first: Named, second: Named) -> Named:
    if first.type is not second.type or first.ordered:
        return first
    return replace(first, options=tuple(dict.fromkeys(first.options + second.options)))


def _choice(kind: ValueType, options: OptionList | None) -> Named:
    if options is None:
        return Named(kind, open=kind in (ValueType.OPTION, ValueType.OPTIONS))
    silent = tuple(option.id for option in options.options if option.silent)
    apart = tuple(option.id for option in options.options if option.silent or option.opt_out)
    return Named(kind, options.ids, options.ordered, silent, apart=apart)


def _matrix(options: OptionList | None, rows: OptionList | None, children: Mapping[str, Named]) -> Named:
    lines = rows.options if rows else ()
    score = _choice(ValueType.OPTION, options)
    row: dict[str, Named] = {
        name: Named(ValueType.OPTION, open=True) for line in lines for name in line.columns
    }
    if "privacy" in row:
        row["privacy"] = Named(ValueType.NUMBER)
    row |= children
    row |= {
        "id": Named(ValueType.OPTION, tuple(line.id for line in lines)),
        "label": Named(ValueType.TEXT),
        "score": score,
    }
    return replace(score, type=ValueType.ROWS, rows=lines, row=row)
