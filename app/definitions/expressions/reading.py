"""How does an author's scalar become a checked condition?"""

from __future__ import annotations

from app.definitions.expressions.checker import check
from app.definitions.expressions.parser import parse
from app.definitions.expressions.scope import Scope
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem


def read(
    node: ScalarNode, scope: Scope, expected: ValueType | None, problems: list[Problem]
) -> Condition | None:
    """Parse and check; all that is wrong goes to ``problems`` and gives ``None``. Never raises.

    ``expected``: BOOLEAN for ``show_if`` and its like, ROW for ``match:``, a field's type for ``compute``, ``None``
    for any. A bare consent or yes_no field counts as a condition.
    """
    parsed, found = parse(node)
    if parsed is None:
        problems += found
        return None
    condition, found = check(parsed, scope, expected)
    problems += found
    return condition
