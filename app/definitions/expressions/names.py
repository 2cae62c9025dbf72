"""What does a name in an expression stand for, and what was meant by one that stands for nothing?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.expressions.parser import Parsed
from app.definitions.expressions.scope import Named, Scope
from app.definitions.model.expressions import CaseRef, Expr, FieldRef, Literal, RowRef, ValueType
from app.definitions.model.source import Problem
from app.definitions.problems import guess, problem

TODAY = Named(ValueType.DATE)
BOOLEAN = Named(ValueType.BOOLEAN)
NUMBER = Named(ValueType.NUMBER)
BLANK_WORDS = frozenset({"leeg", "blanco", "niets", "null", "none", "empty", "blank"})
CHOICES = (ValueType.OPTION, ValueType.OPTIONS)


@dataclass(frozen=True, slots=True)
class Typed:
    """A checked part: its tree and what its value is."""

    tree: Expr
    named: Named

    @property
    def type(self) -> ValueType:
        """The type of its value."""
        return self.named.type


@dataclass(slots=True)
class Checking:
    """One expression being checked. ``expr`` and ``condition`` are the checker's own, for parts within parts."""

    parsed: Parsed
    scope: Scope
    expr: Callable[[Checking, ast.expr], Typed | None]
    condition: Callable[[Checking, ast.expr], Expr | None]
    problems: list[Problem] = field(default_factory=list)

    def within(self, rows: str) -> Checking:
        """The same for a part that is judged once a row."""
        return Checking(self.parsed, self.scope.inside(rows), self.expr, self.condition, self.problems)

    def tell(self, code: str, part: ast.AST, /, **params: object) -> None:
        """Add a problem at a part."""
        self.problems.append(problem(code, self.parsed.at(part), **params))

    def written(self, part: ast.AST) -> str:
        """The part as the author wrote it."""
        return self.parsed.written(part)


def dotted(part: ast.expr) -> str:
    """``persoon.geboorte`` as one name; ``""`` for anything but names and points."""
    names: list[str] = []
    while isinstance(part, ast.Attribute):
        names.append(part.attr)
        part = part.value
    return ".".join([part.id, *reversed(names)]) if isinstance(part, ast.Name) else ""


def resolve(name: str, scope: Scope) -> Typed | None:
    """The field, row part or fact of that name."""
    if name == "today":
        return Typed(CaseRef("today", ValueType.DATE), TODAY)
    if name.startswith("row."):
        found = (scope.row or {}).get(name[4:])
        return Typed(RowRef(name[4:], found.type), found) if found else None
    if name in scope.fields:
        return Typed(FieldRef(name, scope.fields[name].type), scope.fields[name])
    if name in scope.facts:
        return Typed(CaseRef(name, scope.facts[name].type), scope.facts[name])
    return None


def peek(check: Checking, part: ast.expr) -> Typed | None:
    """What a part names, without telling anything: a field, ``field(x)``, a row part or a fact."""
    if isinstance(part, ast.Call) and dotted(part.func) == "field" and len(part.args) == 1:
        part = part.args[0]
    return resolve(dotted(part), check.scope)


def name(check: Checking, part: ast.expr) -> Typed | None:
    """A bare or dotted name as a value; ``true`` and ``false`` too. Tells what is wrong with it."""
    word = dotted(part)
    if word in ("true", "false"):
        return Typed(Literal(word == "true", ValueType.BOOLEAN), BOOLEAN)
    found = resolve(word, check.scope)
    if found is None:
        unknown(check, part, word)
    return found


def unknown(check: Checking, part: ast.expr, word: str) -> None:
    """Tell that a name stands for nothing, with what was probably meant."""
    scope = check.scope
    row = scope.row or {}
    if word == "row" or word.startswith("row."):
        known = sorted(f"row.{child}" for child in row)
        meant = guess(word, known)
        code = "T209" if scope.row is not None else "T204"
        check.tell(code, part, name=word, guess=meant, known=", ".join(known))
    elif word in row:
        check.tell("T208", part, name=word, guess=f"row.{word}")
    elif word in FUNCTIONS:
        check.tell("T206", part, name=word, usage=FUNCTIONS[word].usage)
    elif not word:
        check.tell("T130", part, what=check.written(part))
    elif word in scope.unborn:
        check.tell("T230", part, name=word)
    else:
        _unknown_field(check, part, word)


def blank_word(check: Checking, part: ast.expr, word: str) -> bool:
    """Whether ``leeg`` or its like stands where only ``answered()`` can ask; tells it."""
    if word in BLANK_WORDS:
        check.tell("T132", part, text=word)
    return word in BLANK_WORDS


def _unknown_field(check: Checking, part: ast.expr, word: str) -> None:
    if blank_word(check, part, word):
        return
    fields = check.scope.fields
    holders = [
        field_id for field_id, found in fields.items() if found.type in CHOICES and word in found.options
    ]
    tails = [field_id for field_id in fields if field_id.endswith(f".{word}")]
    if holders and not tails:
        single = fields[holders[0]].type is ValueType.OPTION
        meant = f"{holders[0]} is {word}" if single else f"{word} in {holders[0]}"
        check.tell("T203", part, name=word, field=holders[0], guess=meant)
        return
    meant = tails[0] if tails else guess(word, [*fields, *check.scope.facts, "today"])
    check.tell("T201", part, name=word, guess=meant)
