"""All forms that a workflow's conditions can be about, asked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from app.definitions.counterexamples import Example
from app.definitions.model.expressions import And, Condition, Expr, Not, Or
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.workflows import Workflow
from app.definitions.proofs.asked import conditions_in
from app.definitions.proofs.cells import MOST_ROWS, Row, in_row, present, rows_of, true
from app.definitions.proofs.examples import example_of
from app.definitions.proofs.formulas import TooLarge
from app.definitions.proofs.nodes import TRUE, Node
from app.definitions.proofs.over import consents_read
from app.definitions.proofs.requirements import Given
from app.definitions.proofs.space import Space

Question = Callable[[Space], Node]


class Spaces:
    """The spaces of a workflow, or of one form. What cannot be decided within bounds is counted in ``too_large``."""

    def __init__(
        self,
        spaces: Iterable[Space],
        places: Mapping[str, str] | None = None,
        afterwards: Callable[[], Spaces] | None = None,
    ) -> None:
        self.all = tuple(spaces)
        self.places = places
        self.too_large: list[str] = []
        self._make_afterwards = afterwards
        self._afterwards: Spaces | None = None

    def later_for(self, *conditions: Condition) -> Spaces:
        """Where conditions are asked of a case on its way: consents that they read may have ended by then."""
        forms = [space.own for space in self.all]
        if self._make_afterwards is None or not consents_read(forms, conditions):
            return self
        if self._afterwards is None:
            self._afterwards = self._make_afterwards()
            self._afterwards.too_large = self.too_large
        return self._afterwards

    def never(self, condition: Condition, *also: Condition, rows: str = "") -> bool:
        """Whether these can surely not hold together; inside ``rows`` in no row that there can be."""
        return not self.possible(*(one for one in (condition, *also)), rows=rows)

    def always(self, condition: Condition, *, rows: str = "") -> bool:
        """Whether it surely holds, in every row that there can be."""
        opposite = Not(condition.tree)
        return not self.any_model(
            lambda space: space.formulas.any(self._each(space, opposite, rows)), source=condition.source
        )

    def possible(self, *conditions: Condition, rows: str = "") -> bool:
        """Whether they can hold together, as far as is known."""
        tree = And(tuple(one.tree for one in conditions))
        return self.any_model(
            lambda space: space.formulas.any(self._each(space, tree, rows)), source=conditions[0].source
        )

    def covers(self, conditions: Sequence[Condition]) -> bool:
        """Whether surely one of them holds."""
        missed = Not(Or(tuple(one.tree for one in conditions)))
        return not self.any_model(lambda space: space.formula(missed), source=conditions[0].source)

    def example(self, question: Question, *, source: str = "") -> Example | None:
        """Somebody for whom a formula surely holds."""
        for space in self.all:
            try:
                goal = space.formulas.sure(question(space))
                cells = space.model(goal, sure=True)
            except TooLarge:
                self.too_large.append(source)
                continue
            if cells is not None:
                return example_of(space, goal, cells, self.places)
        return None

    def uncovered(self, conditions: Sequence[Condition]) -> Example | None:
        """Somebody for whom none of them holds."""
        missed = Not(Or(tuple(one.tree for one in conditions)))
        return self.example(lambda space: space.formula(missed))

    def any_model(self, question: Question, *, source: str = "") -> bool:
        """Whether a formula can hold in one of the spaces, as far as is known."""
        for space in self.all:
            try:
                if space.model(question(space)) is not None:
                    return True
            except TooLarge:
                self.too_large.append(source)
                return True
        return not self.all

    def _each(self, space: Space, tree: Expr, rows: str) -> Iterator[Node]:
        """The condition in each row that there can be; without rows as it stands."""
        field = space.form.field(rows) if rows else None
        if field is None:
            yield space.unknown(tree) if rows else space.formula(tree)
            return
        if field.type is FieldType.MATRIX and field.rows is None:
            yield space.unknown(tree)  # its list could not be read
        for row in rows_of(field, space.expander.rows.get(rows, 1)):
            always = row.line and space.given is Given.PAGE
            stands = TRUE if always else there(space, row)
            yield space.formulas.all((space.formula(in_row(tree, row, field)), stands))


def there(space: Space, row: Row) -> Node:
    """That a row is there: a made-up one exists, a line of a matrix has a score."""
    if row.line:
        return space.formulas.opposite(space.lowered(space.expander.nothing(row.prefix)))
    return space.formula(true(present(row)))


def spaces_of(
    workflow: Workflow, forms: Sequence[Form], *, sub_case: bool, places: Mapping[str, str] | None = None
) -> Spaces:
    """The spaces of a workflow: of the forms that open it, or of all that it names where another workflow does."""
    opening = [form for form in forms if form.workflow == workflow.id]
    given = Given.CARRIED if sub_case else Given.SUBMITTED
    asked = opening if opening and not sub_case else list(forms)
    known = None if places is None else tuple(places)
    later = tuple(workflow.later.values())

    def made(given: Given) -> list[Space]:
        return [Space(form, _trees(workflow, form), given=given, places=known, later=later) for form in asked]

    if sub_case:
        return Spaces(made(given), places)
    return Spaces(made(given), places, lambda: Spaces(made(Given.AFTERWARDS), places))


def spaces_of_form(form: Form, extra: Iterable[Condition] = (), given: Given = Given.PAGE) -> Spaces:
    """The space of one form: of its page while it is filled in, or of what is submitted."""
    return Spaces([Space(form, [one.tree for one in extra], given=given)])


def _trees(workflow: Workflow, form: Form) -> Iterator[Expr]:
    """Every condition of a workflow as this form's space is asked about it."""
    for asked in conditions_in(workflow):
        field = form.field(asked.rows) if asked.rows else None
        if field is None:
            yield asked.condition.tree
        else:
            yield from (in_row(asked.condition.tree, row, field) for row in rows_of(field, MOST_ROWS))
    yield from (rule.match.tree for rule in workflow.route if rule.match is not None)
