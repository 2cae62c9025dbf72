"""What does a condition of the definitions say about this case, and which of its words may be shown?

The one place where a case becomes the facts an expression sees, and where a row of a matrix or repeat becomes something
with columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType

from app.definitions.model.expressions import Condition, FieldRef
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.workflows import Workflow
from app.engine.evaluate import Facts, value_of
from app.engine.model.answers import Answers, Consent, Moment, PersonRef, Row, Value
from app.engine.model.cases import Case

SHOWN_CLASS = 1
"""The highest privacy class that may stand in a list, a mail or a trace."""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a matrix or repeat (``of``). ``key`` is the row's id, or its index; ``values`` what ``row.`` can name;
    ``privacy`` the class of the row itself: its existence, label and score."""

    key: str
    values: Row
    privacy: int
    of: Field

    @property
    def fields(self) -> Mapping[str, Field]:
        """What stands beside the score, or the columns, by id."""
        return {child.id: child for child in (*self.of.each, *self.of.fields)}

    @property
    def title(self) -> str:
        """What the matrix or repeat itself is called."""
        return self.of.label

    def class_of(self, name: str) -> int:
        """The privacy class of what ``row.<name>`` tells."""
        child = self.fields.get(name)
        return self.privacy if child is None else max(self.privacy, child.privacy)


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as its conditions see it at one moment."""

    form: Form
    case: Case
    moment: Moment
    role: str = ""
    reason: str = ""
    facts: Facts = field(init=False)
    """The same for every condition that is not about a row."""

    def __post_init__(self) -> None:
        named = {"role": self.role, "reason": self.reason, "contact_person": self.case.contact_person}
        case = {name: text for name, text in named.items() if text}
        facts = Facts(self.case.answers, self.moment, case=case, marks=frozenset(self.case.marks))
        object.__setattr__(self, "facts", facts)

    def holds(self, condition: Condition | None, row: Row | None = None) -> bool:
        """Whether a condition holds; no condition always does, a blank never."""
        return condition is None or self.value(condition, row) is True

    def value(self, condition: Condition, row: Row | None = None) -> object:
        """The value of an expression, ``None`` when blank."""
        facts = self.facts
        if row is not None:
            facts = Facts(facts.answers, facts.moment, row, facts.case, facts.marks)
        return value_of(condition, facts)

    def rows(self, field_id: str) -> tuple[RowView, ...]:
        """The rows of a matrix that have a score, or of a repeat, in order; ``()`` for a field that is not there."""
        return tuple(self._rows(field_id))

    def row(self, field_id: str, key: object) -> RowView | None:
        """The row that ``worst(matrix)`` names."""
        wanted = str(key.get("id", "")) if isinstance(key, Mapping) else str(key)
        return next((item for item in self._rows(field_id) if item.key == wanted), None)

    def _rows(self, field_id: str) -> Iterator[RowView]:
        field = self.form.field(field_id)
        if field is None:
            return iter(())
        each = _matrix if field.type is FieldType.MATRIX else _repeat
        return each(field, self.case.answers)


def _matrix(field: Field, answers: Answers) -> Iterator[RowView]:
    for option in field.rows.options if field.rows else ():
        score = answers.get(f"{field.id}.{option.id}")
        if score is None:
            continue
        values: dict[str, Value] = {**option.columns, "id": option.id, "label": option.label, "score": score}
        own = field.privacy if option.privacy is None else option.privacy
        for child in field.each:
            told = answers.get(f"{field.id}.{option.id}.{child.id}")
            if told is not None:
                values[child.id] = told
        yield RowView(option.id, MappingProxyType(values), own, field)


def _repeat(field: Field, answers: Answers) -> Iterator[RowView]:
    rows = answers.get(field.id)
    for index, values in enumerate(rows if isinstance(rows, tuple) else ()):
        if isinstance(values, Mapping):
            yield RowView(str(index), values, field.privacy, field)


def laid_over(form: Form, own: Answers, *later: Answers) -> Answers:
    """A case's own answers with those of the forms behind its buttons beside them, the newest last.

    An id of the case's form is always the case's own, also when it was left blank or hidden: an answer of a button's
    form is only known under an id that the case's form does not have.
    """
    found = {name: value for answers in later for name, value in answers.items() if not knows(form, name)}
    return MappingProxyType({**found, **own})


def knows(form: Form, flat_id: str) -> bool:
    """Whether an answer of that id is one of the form's own: a field, or a cell of its matrix."""
    parts = flat_id.split(".")
    own = replace(form, later=()) if form.later else form
    return any(own.field(".".join(parts[:length])) is not None for length in range(1, len(parts) + 1))


def longer(form_id: str, answers: Answers) -> Answers:
    """The answers of the form behind a button under their longer names, beside the short ones."""
    return MappingProxyType({**answers, **{f"{form_id}.{name}": value for name, value in answers.items()}})


def pressed(form: Form, known: Answers, form_id: str, answers: Answers) -> Answers:
    """What is known of a case once the form ``form_id`` behind a button was filled in: its latest answers count, and
    what was left blank this time is blank."""
    own = {name: value for name, value in known.items() if knows(form, name)}
    left = {name: value for name, value in known.items() if not name.startswith(f"{form_id}.")}
    return laid_over(form, own, left, longer(form_id, answers))


def in_use(form: Form, workflow: Workflow) -> Form:
    """The form of a case as its workflow sees it: with what the forms behind its buttons ask."""
    if not workflow.later or form.later:
        return form
    kept = _in_use.get((id(form), id(workflow)))
    if kept is None or kept[0] is not form or kept[1] is not workflow:
        if len(_in_use) >= _MOST_FORMS:
            _in_use.clear()
        whole = replace(form, later=tuple(workflow.later.values()))
        kept = _in_use[id(form), id(workflow)] = (form, workflow, whole)
    return kept[2]


_MOST_FORMS = 500
_in_use: dict[tuple[int, int], tuple[Form, Workflow, Form]] = {}
"""By identity; both are held, so that their ids stay their own."""


# What was read ---------------------------------------------------------------------------------------------


def field_refs(node: object) -> tuple[str, ...]:
    """The ids of the fields an expression reads, in order, each once; an expression is walked once."""
    kept = _refs.get(id(node))
    if kept is not None and kept[0] is node:
        return kept[1]
    found: dict[str, None] = {}
    _walk(node, found)
    if len(_refs) >= _MOST_KEPT:
        _refs.clear()
    _refs[id(node)] = (node, tuple(found))
    return tuple(found)


_MOST_KEPT = 5000
_refs: dict[int, tuple[object, tuple[str, ...]]] = {}
"""By identity, as hashing an expression would walk it too; the expression is held, so that its id stays its own."""


def _walk(node: object, found: dict[str, None]) -> None:
    if isinstance(node, FieldRef):
        found[node.field] = None
    elif isinstance(node, tuple):
        for item in node:
            _walk(item, found)
    elif is_dataclass(node):
        for item in fields(node):
            _walk(getattr(node, item.name), found)


def privacy_of(form: Form, field_id: str) -> int:
    """The privacy class of a flat id; one that the form does not know counts as the strictest."""
    field = form.field(field_id)
    if field is not None:
        deeper = [
            row.privacy for row in (field.rows.options if field.rows else ()) if row.privacy is not None
        ]
        return max([field.privacy, *deeper])
    parent, _, rest = field_id.partition(".")
    while rest:
        field = form.field(parent)
        if field is not None and field.type is FieldType.MATRIX:
            option = field.rows.get(rest.partition(".")[0]) if field.rows else None
            return field.privacy if option is None or option.privacy is None else option.privacy
        step, _, rest = rest.partition(".")
        parent = f"{parent}.{step}"
    return 3


def words(value: Value | None) -> str:
    """A plain text of a value for a trace: ids, ISO dates, ``ja``/``nee``; nothing of what is composite."""
    if value is None:
        return ""
    if isinstance(value, Consent):
        return "ja" if value.given else "nee"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple):
        return ", ".join(words(item) for item in value)
    if isinstance(value, PersonRef):
        return value.name or value.id
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return "" if is_dataclass(value) or isinstance(value, Mapping) else str(value)


def read_by(form: Form, answers: Answers, *conditions: Condition | None) -> tuple[tuple[str, str], ...]:
    """The fields that conditions read with their values; of class 2 and 3 the field's id only."""
    found: dict[str, str] = {}
    for condition in conditions:
        for field_id in field_refs(condition.tree) if condition is not None else ():
            shown = privacy_of(form, field_id) <= SHOWN_CLASS
            found[field_id] = words(answers.get(field_id)) if shown else ""
    return tuple(found.items())
