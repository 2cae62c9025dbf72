"""EXPRESSIONS: a small typed subset of Python's expression syntax, read with ``ast`` and never run by Python.

Enter by :func:`read`: an author's scalar in, a checked :class:`Condition` or located problems out. ``scope`` says
which names there are, ``parser`` refuses what is not in the language, ``checker`` gives every name its meaning.
"""

from app.definitions.expressions.reading import read
from app.definitions.expressions.scope import (
    Named,
    Scope,
    case_facts,
    fields_of,
    merged,
    named,
    named_field,
    scope_of,
)

__all__ = ["Named", "Scope", "case_facts", "fields_of", "merged", "named", "named_field", "read", "scope_of"]
