"""Which functions does an expression have?

One registry: the checker takes arity and result from it, the guide its usage; what each does is told by the text
``functions.<name>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.definitions.model.expressions import ValueType


@dataclass(frozen=True, slots=True)
class Function:
    """``usage`` as an author writes it; ``least``..``most`` arguments (``None``: any number); ``result`` ``None``
    when it is the type of the arguments."""

    name: str
    usage: str
    least: int
    most: int | None
    result: ValueType | None

    @property
    def doc(self) -> str:
        """The code of the text that explains it."""
        return f"functions.{self.name}"


_ALL = (
    Function("answered", "answered(veld)", 1, 1, ValueType.BOOLEAN),
    Function("age", "age(datum)", 1, 1, ValueType.NUMBER),
    Function("count", "count(rijen), count(rijen, voorwaarde), count(keuzes)", 1, 2, ValueType.NUMBER),
    Function("sum", "sum(rijen, row.bedrag)", 2, 2, ValueType.NUMBER),
    Function("any", "any(rijen, voorwaarde)", 2, 2, ValueType.BOOLEAN),
    Function("all", "all(rijen, voorwaarde)", 2, 2, ValueType.BOOLEAN),
    Function("worst", "worst(matrix), worst(matrix, vanaf)", 1, 2, ValueType.ROW),
    Function("date", 'date("2026-11-09")', 1, 1, ValueType.DATE),
    Function("marked", "marked(mijlpaal)", 1, 1, ValueType.BOOLEAN),
    Function("read", "read(veld)", 1, 1, ValueType.BOOLEAN),
    Function("length", "length(tekst)", 1, 1, ValueType.NUMBER),
    Function("min", "min(a, b)", 2, None, None),
    Function("max", "max(a, b)", 2, None, None),
    Function("field", "field(veld)", 1, 1, None),
    Function("option", "option(keuze)", 1, 1, ValueType.OPTION),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})
