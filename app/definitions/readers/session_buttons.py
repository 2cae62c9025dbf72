"""Which buttons has the process of a registration, and which of them does the session press by itself?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.model.forms import Form
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.sessions import BY_ITSELF
from app.definitions.problems import guess
from app.definitions.readers.desk import Desk, named, quiet


@dataclass(frozen=True, slots=True)
class Buttons:
    """Every button by name with the roles that may press it; ``None`` when that process could not be read."""

    form: str
    by: Mapping[str, frozenset[str]] | None
    marking: frozenset[str] = frozenset()
    """Those that set a milestone."""

    def known(self, node: ScalarNode | None, desk: Desk) -> str:
        """The button that is named, or ``""`` (``G480``)."""
        if node is None:
            return ""
        name = node.text.strip()
        if self.by is None or name in self.by:
            return name
        desk.tell("G480", node.span, name=name, form=self.form, guess=guess(name, sorted(self.by)))
        return ""

    def by_itself(self, node: ScalarNode | None, desk: Desk) -> str:
        """The same for one that the session presses: it stands in its ``by:`` (``G481``)."""
        name = self.known(node, desk)
        if node is not None and name and self.by is not None and BY_ITSELF not in self.by[name]:
            desk.tell("G481", node.span, name=name)
            return ""
        return name


def buttons_of(form: Form, desk: Desk) -> Buttons:
    """The buttons of the process that cases of ``form`` run through."""
    sheet = desk.sheets.get(("workflow", form.workflow))
    if sheet is None:
        return Buttons(form.id, None)
    found: dict[str, frozenset[str]] = {}
    marking: set[str] = set()
    places = [(state, "actions") for _, _, state in named(sheet.node, "states")]
    for place, key in (*places, (sheet.node, "anywhere")):
        for name, _, button in named(place, key):
            found[name] = found.get(name, frozenset()) | _pressers(button)
            marking |= {name} if button.entry("marks") is not None else set()
    return Buttons(form.id, found, frozenset(marking))


def _pressers(button: MappingNode) -> frozenset[str]:
    return frozenset(quiet(button).texts("by"))
