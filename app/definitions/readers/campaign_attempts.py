"""Which outcomes of an attempt lead where? The half of a campaign that its states follow from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as part

from app.definitions.model.campaigns import Attempts, Later, Then
from app.definitions.model.forms import Field, FieldType
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, key_span, quiet, text_node

LEAST_PRIVATE = 1
AGAIN = frozenset({"refusals"})
"""Keys whose outcomes mean something else in another moment: they may stand under another key too."""
FieldOf = Callable[[ScalarNode | None, str, FieldType], Field | None]


@dataclass(slots=True)
class Outcomes:
    """The options of the field that says how an attempt went, and under which key each stands."""

    field: Field | None
    desk: Desk
    taken: dict[str, str] = part(default_factory=dict)

    def __post_init__(self) -> None:
        """An outcome is kept beside the list and shown to who runs it: class 0 or 1 only (``P551``)."""
        if self.field is not None and highest(self.field) > LEAST_PRIVATE:
            self.desk.tell("P551", self.field.span, name=self.field.id, privacy=highest(self.field))

    def named(self, node: MappingNode, key: str) -> tuple[str, ...]:
        """The options that stand under ``key``; each leads to one place only (``G474``)."""
        if self.field is None or self.field.options is None:
            return ()
        found: list[str] = []
        for item in quiet(node).scalars(key):
            name = item.text.strip()
            if not self.desk.refer("option", name, item.span, self.field.options.ids):
                continue
            first = self.taken.get(name)
            if first is not None and key not in AGAIN:
                self.desk.tell("G474", item.span, name=name, first=first, second=key)
                continue
            if key not in AGAIN:
                self.taken[name] = key
            found.append(name)
        return tuple(found)


def read_attempts(node: MappingNode, outcomes: Outcomes, field_of: FieldOf, has_letter: bool) -> Attempts:
    """``attempts:``; a letter at the end needs its words (``G476``)."""
    written = node.get("attempts")
    if not isinstance(written, MappingNode):
        return Attempts(1, ())
    take = quiet(written)
    then = Then(take.one_of("then", [item.value for item in Then], Then.NOTHING.value))
    if then is Then.LETTER and not has_letter:
        outcomes.desk.tell("G476", key_span(written, "then"))
    return Attempts(
        at_most=take.integer("at_most", least=1) or 1,
        retry=outcomes.named(written, "retry"),
        not_before=take.duration("not_before"),
        other_part_of_day=take.text("other") == "part_of_day",
        then=then,
        later=_later(written, outcomes, field_of),
    )


def _later(node: MappingNode, outcomes: Outcomes, field_of: FieldOf) -> Later | None:
    written = node.get("later")
    if not isinstance(written, MappingNode):
        return None
    asked = outcomes.named(written, "outcome")
    on = field_of(text_node(written, "on"), "on", FieldType.DATE)
    part = field_of(text_node(written, "part"), "part", FieldType.CHOICE)
    if not asked or on is None:
        return None
    parts = part.options.ids if part is not None and part.options is not None else ()
    return Later(asked[0], on.id, part.id if part is not None else "", parts)
