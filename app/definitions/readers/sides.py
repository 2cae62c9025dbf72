"""What do the two sides of a matching know, under which names?

Every name of the other side begins with ``other.``; conditions know the fields of both. What reads class 3 is refused
(``P524``) unless ``sensitive:`` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.definitions.expressions.scope import merged, scope_of
from app.definitions.expressions_of import Expressions
from app.definitions.model.forms import Field, Form
from app.definitions.model.matching import OTHER
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.source import Span
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, quiet

SENSITIVE, GUARDED = 3, 2


@dataclass(frozen=True, slots=True)
class Reads:
    """What a rule reads: an answer of class 3 of ours, one of class 2 or 3 of the other side."""

    sensitive: bool
    guarded: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """The fields of both sides by flat id, those of the other with ``other.`` before them, and how conditions over
    both are read."""

    fields: Mapping[str, Field]
    expressions: Expressions
    sensitive: frozenset[str]

    @property
    def desk(self) -> Desk:
        """Where problems go."""
        return self.expressions.desk

    def field(self, node: ScalarNode | None) -> Field | None:
        """The field that is named, or ``None`` (told)."""
        if node is None or self.expressions.blind:
            return None
        name = node.text.strip()
        return self.fields[name] if self.desk.refer("field", name, node.span, self.fields) else None

    def other(self, node: ScalarNode) -> Field | None:
        """The same where only a field of the other side fits (``S169``)."""
        found = self.field(node)
        if found is not None and not node.text.strip().startswith(OTHER):
            self.desk.tell("S169", node.span, text=node.text.strip())
            return None
        return found

    def reads(self, names: Iterable[str], span: Span) -> Reads:
        """How private these answers are; ``P524`` for each of class 3 that ``sensitive:`` does not name."""
        classes = {name: highest(self.fields[name]) for name in names if name in self.fields}
        for name, found in classes.items():
            if found == SENSITIVE and name not in self.sensitive:
                self.desk.tell("P524", span, name=name)
        return Reads(
            any(found == SENSITIVE for name, found in classes.items() if not name.startswith(OTHER)),
            any(found >= GUARDED for name, found in classes.items() if name.startswith(OTHER)),
        )


def sides_of(
    written: MappingNode, own: Sequence[Form], others: Sequence[Form], expressions: Expressions
) -> Sides:
    """Conditions are read against every form of ours, each beside all forms of the other side."""
    theirs = merged(scope_of(form.fields()) for form in others).fields
    named_theirs = {f"{OTHER}{name}": what for name, what in theirs.items()}
    scopes = tuple(replace(scope, fields={**scope.fields, **named_theirs}) for scope in expressions.scopes)
    blind = expressions.blind or not others
    fields = {f"{OTHER}{item.id}": item for form in reversed(others) for item in form.fields()}
    fields |= {item.id: item for form in reversed(own) for item in form.fields()}
    sides = Sides(
        MappingProxyType(fields),
        replace(expressions, scopes=scopes, blind=blind),
        frozenset(quiet(written).texts("sensitive")),
    )
    for item in quiet(written).scalars("sensitive"):
        sides.field(item)
    return sides
