"""What are the fields, options and marks of an expression called on the page?

A label of a form may always be told; that of a row of class 3 says what somebody talked about, so that a list shows the
label of the whole field instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.definitions.model.expressions import CaseRef, Expr, FieldRef, OverRows, RowRef
from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList
from app.definitions.model.workflows import Workflow
from app.engine.facts_of import SHOWN_CLASS, in_use, privacy_of
from app.texts import has, say

CONFIDENTIAL = 2
"""Social data; above it are health, care and violence."""
NO_PLACES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a flat id leads: a field, the row of a matrix in it, a field of that row."""

    field: Field
    row: Option | None = None
    child: Field | None = None

    @property
    def options(self) -> OptionList | None:
        """The options of what is asked there."""
        return (self.child or self.field).options

    @property
    def kind(self) -> FieldType:
        """The type of what is asked there."""
        return self.child.type if self.child is not None else self.field.type


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one case's definitions.

    ``places`` are the neighbourhoods by id. ``rows`` is the matrix or repeat whose row is at hand and ``row`` its key
    (``""``: any row). ``content``: the reader may read the case, class 2 and 3 are told too.
    """

    form: Form
    workflow: Workflow | None = None
    places: Mapping[str, str] = field(default_factory=lambda: NO_PLACES)
    rows: str = ""
    row: str = ""
    content: bool = False
    language: str = "nl"

    def say(self, code: str, **params: object) -> str:
        """A text of ``expressions``."""
        return say(f"expressions.{code}", self.language, **params)

    # Fields ------------------------------------------------------------------------------------------------

    @property
    def known(self) -> Form:
        """The form, with what the forms behind the buttons ask."""
        return self.form if self.workflow is None else in_use(self.form, self.workflow)

    def spot(self, flat_id: str) -> Spot | None:
        """Where an id leads; ``None`` for one that neither the form nor a form behind a button knows."""
        whole = self.known.field(flat_id)
        if whole is not None:
            return Spot(whole)
        parts = flat_id.split(".")
        for length in range(len(parts) - 1, 0, -1):
            found = self.known.field(".".join(parts[:length]))
            if found is not None and found.rows is not None:
                below = parts[length:]
                child = next((item for item in found.each if item.id == below[-1]), None)
                return Spot(found, found.rows.get(below[0]), child if len(below) > 1 else None)
        return None

    def row_spot(self, name: str) -> Spot | None:
        """Where ``row.<name>`` leads in the row at hand."""
        whole = self.known.field(self.rows)
        if whole is None:
            return None
        child = next((item for item in (*whole.each, *whole.fields) if item.id == name), None)
        return Spot(whole, whole.rows.get(self.row) if whole.rows else None, child)

    def spot_of(self, tree: Expr) -> Spot | None:
        """Where a reference leads."""
        if isinstance(tree, FieldRef):
            return self.spot(tree.field)
        return self.row_spot(tree.name) if isinstance(tree, RowRef) else None

    def label(self, spot: Spot | None, otherwise: str) -> str:
        """What stands on the page there, between quotes."""
        if spot is None:
            return self.quoted(otherwise)
        row = self.quoted(spot.row.label) if spot.row is not None else ""
        if spot.child is not None:
            child = self.quoted(spot.child.label)
            return self.say("child_of", child=child, row=row) if row else child
        return row or self.quoted(spot.field.label or spot.field.id)

    def quoted(self, text: str) -> str:
        """Words of a page inside a sentence."""
        return self.say("quoted", text=text)

    def privacy(self, tree: Expr) -> int:
        """The strictest class that a reference touches."""
        if isinstance(tree, FieldRef):
            return privacy_of(self.known, tree.field)
        spot = self.row_spot(tree.name) if isinstance(tree, RowRef) else None
        if spot is None:
            return 0
        own = spot.field.privacy
        if spot.row is not None and spot.row.privacy is not None:
            own = spot.row.privacy
        return max(own, spot.child.privacy) if spot.child is not None else own

    def hides(self, trees: Iterable[Expr]) -> bool:
        """Whether what is compared may not be told here."""
        return not self.content and any(self.privacy(tree) > SHOWN_CLASS for tree in trees)

    def careful(self, tree: Expr) -> str:
        """The label of a reference where its value may not be told: of class 3 that of the whole field."""
        spot = self.spot_of(tree)
        if spot is not None and self.privacy(tree) > CONFIDENTIAL:
            spot = Spot(spot.field)
        return self.label(spot, tree.field if isinstance(tree, FieldRef) else "")

    def inside(self, rows: OverRows) -> Labels:
        """The words for a condition that is judged once a row."""
        return Labels(self.form, self.workflow, self.places, rows.rows.field, "", self.content, self.language)

    # Values ------------------------------------------------------------------------------------------------

    def options_of(self, tree: Expr) -> OptionList | None:
        """The options that an answer is chosen from; the closing reasons for ``reason``."""
        spot = self.spot_of(tree)
        if spot is not None:
            return spot.options
        if not isinstance(tree, CaseRef) or tree.name != "reason" or self.workflow is None:
            return None
        ends = (state.reasons for state in self.workflow.states.values() if state.reasons is not None)
        return OptionList("", tuple(option for reasons in ends for option in reasons.options))

    def option(self, options: OptionList | None, option_id: str) -> str:
        """What an option is called, between quotes."""
        found = options.get(option_id) if options is not None else None
        if found is not None:
            return self.quoted(found.label)
        if option_id in self.places:
            return self.quoted(self.places[option_id])
        known = f"values.{option_id}"
        return self.quoted(say(known, self.language) if has(known) else option_id)

    def told(self, flat_id: str, kept: str) -> str:
        """A value that was kept as text with a decision, in words."""
        spot = self.spot(flat_id)
        if spot is None:
            return kept
        if spot.options is not None or spot.kind is FieldType.NEIGHBOURHOOD:
            return self.any_of(self.option(spot.options, item) for item in kept.split(", "))
        return day_words(kept)

    def mark(self, name: str) -> str:
        """What a mark is called: the buttons that set it."""
        flow = self.workflow
        actions = [a for state in flow.states for a in flow.actions_of(state).values()] if flow else []
        labels = dict.fromkeys(action.label for action in actions if name in action.marks)
        return self.any_of(self.quoted(label) for label in labels) or self.quoted(name)

    # Lists -------------------------------------------------------------------------------------------------

    def any_of(self, words: Iterable[str]) -> str:
        """``a, b of c``."""
        return self._listed(words, "or")

    def all_of(self, words: Iterable[str]) -> str:
        """``a, b en c``."""
        return self._listed(words, "and")

    def _listed(self, words: Iterable[str], join: str) -> str:
        *most, last = [*words] or [""]
        return self.say(join, first=", ".join(most), last=last) if most else last


def day_words(text: str) -> str:
    """An ISO date as it is written here; other text as it is."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("2026-11-09") else text
    except ValueError:
        return text
