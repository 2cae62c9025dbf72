"""Does every name and type in an expression fit, and what tree does it become?"""

from __future__ import annotations

import ast
from decimal import Decimal

from app.definitions.expressions.calling import call
from app.definitions.expressions.comparing import compare
from app.definitions.expressions.names import BOOLEAN, NUMBER, Checking, Typed, dotted, name, peek
from app.definitions.expressions.parser import Parsed
from app.definitions.expressions.scope import Named, Scope
from app.definitions.model.expressions import (
    And,
    Arith,
    ArithOp,
    Compare,
    CompareOp,
    Condition,
    Expr,
    Literal,
    Not,
    Or,
    ValueType,
)
from app.definitions.model.source import Problem

ARITHMETIC = {ast.Add: ArithOp.ADD, ast.Sub: ArithOp.SUB, ast.Mult: ArithOp.MUL, ast.Div: ArithOp.DIV}
D, N = ValueType.DATE, ValueType.NUMBER
RESULTS = {
    (ArithOp.ADD, D, N): D,
    (ArithOp.SUB, D, N): D,
    (ArithOp.SUB, D, D): N,
    **dict.fromkeys(((op, N, N) for op in ArithOp), N),
}


def check(
    parsed: Parsed, scope: Scope, expected: ValueType | None = None
) -> tuple[Condition | None, list[Problem]]:
    """The condition, or everything that is wrong with it. ``expected`` as :func:`expressions.read` says."""
    checking = Checking(parsed, scope, _expr, _condition)
    if expected is ValueType.BOOLEAN:
        tree, kind = _condition(checking, parsed.tree), ValueType.BOOLEAN
    else:
        found = _expr(checking, parsed.tree)
        tree, kind = (found.tree, found.type) if found else (None, ValueType.OTHER)
        if found and expected is not None and found.type is not expected:
            types = {"type_expected": expected.value, "type": found.type.value}
            checking.tell("T304", parsed.tree, text=parsed.text, **types)
    if tree is None or checking.problems:
        return None, checking.problems
    return Condition(parsed.text, tree, kind), []


def _expr(checking: Checking, part: ast.expr) -> Typed | None:
    if isinstance(part, ast.Constant):
        return _constant(checking, part)
    if isinstance(part, (ast.Name, ast.Attribute)):
        return name(checking, part)
    if isinstance(part, ast.Call):
        return call(checking, part)
    if isinstance(part, ast.BinOp):
        return _arithmetic(checking, part)
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub):
        return _negative(checking, part)
    if isinstance(part, ast.List):
        checking.tell("T214", part)
        return None
    tree = _logic(checking, part)
    return Typed(tree, BOOLEAN) if tree is not None else None


def _constant(checking: Checking, part: ast.Constant) -> Typed | None:
    if isinstance(part.value, str):
        return Typed(Literal(part.value, ValueType.TEXT), Named(ValueType.TEXT))
    if isinstance(part.value, int | float) and not isinstance(part.value, bool):
        return Typed(Literal(Decimal(checking.written(part)), ValueType.NUMBER), NUMBER)
    checking.tell("T130", part, what=checking.written(part))
    return None


def _negative(checking: Checking, part: ast.UnaryOp) -> Typed | None:
    found = _expr(checking, part.operand)
    if found is None:
        return None
    if isinstance(found.tree, Literal) and isinstance(found.tree.value, Decimal):
        return Typed(Literal(-found.tree.value, N), NUMBER)
    if found.type is not N:
        checking.tell(
            "T321", part, text=checking.written(part), type_left="number", type_right=found.type.value
        )
        return None
    return Typed(Arith(ArithOp.SUB, Literal(Decimal(0), N), found.tree), NUMBER)


def _arithmetic(checking: Checking, part: ast.BinOp) -> Typed | None:
    left, right = _expr(checking, part.left), _expr(checking, part.right)
    if left is None or right is None:
        return None
    op = ARITHMETIC[type(part.op)]
    result = RESULTS.get((op, left.type, right.type))
    if result is None:
        types = {"type_left": left.type.value, "type_right": right.type.value}
        checking.tell("T321", part, text=checking.written(part), **types)
        return None
    return Typed(Arith(op, left.tree, right.tree, result), Named(result))


def _logic(checking: Checking, part: ast.expr) -> Expr | None:
    if isinstance(part, ast.Compare):
        return compare(checking, part)
    if isinstance(part, ast.UnaryOp):
        operand = _condition(checking, part.operand)
        return None if operand is None else Not(operand)
    if isinstance(part, ast.BoolOp):
        return _glued(checking, part)
    checking.tell("T130", part, what=checking.written(part))
    return None


def _glued(checking: Checking, part: ast.BoolOp) -> Expr | None:
    stray = _stray_option(checking, part)
    if stray:
        code, meant = stray
        checking.tell(code, part, text=checking.written(part), guess=meant)
        return None
    found = [_condition(checking, operand) for operand in part.values]
    operands = tuple(operand for operand in found if operand is not None)
    if len(operands) < len(found):
        return None
    return And(operands) if isinstance(part.op, ast.And) else Or(operands)


def _stray_option(checking: Checking, part: ast.BoolOp) -> tuple[str, str] | None:
    """``x is vandaag or deze_week``: a bare option that Python takes for a condition of its own."""
    comparisons = [value for value in part.values if isinstance(value, ast.Compare)]
    loose = [value for value in part.values if dotted(value) and peek(checking, value) is None]
    for comparison in comparisons:
        left, op, right = comparison.left, comparison.ops[0], comparison.comparators[0]
        negative = isinstance(op, (ast.IsNot, ast.NotEq, ast.NotIn))
        if isinstance(op, (ast.In, ast.NotIn)):
            container = peek(checking, right)
            strays = _options_among(loose, container)
            if strays:
                word, glue = ("not in", " and ") if negative else ("in", _glue(part))
                named = [checking.written(item) for item in (left, *strays)]
                return "T129", glue.join(f"{item} {word} {checking.written(right)}" for item in named)
        else:
            strays = _options_among(loose, peek(checking, left))
            if strays:
                items = ", ".join(checking.written(item) for item in (right, *strays))
                return "T120", f"{checking.written(left)} {'not in' if negative else 'in'} [{items}]"
    return None


def _glue(part: ast.BoolOp) -> str:
    return " and " if isinstance(part.op, ast.And) else " or "


def _options_among(loose: list[ast.expr], choice: Typed | None) -> list[ast.expr]:
    return [value for value in loose if choice is not None and dotted(value) in choice.named.options]


def _condition(checking: Checking, part: ast.expr) -> Expr | None:
    """A part where yes or no is asked; a bare yes_no field means its ``ja``."""
    found = _expr(checking, part)
    if found is None or found.type is ValueType.BOOLEAN:
        return found.tree if found else None
    if found.named.yes and dotted(part):
        return Compare(CompareOp.IS, found.tree, Literal(found.named.yes, ValueType.OPTION))
    if found.type is ValueType.OPTION and found.named.options:
        meant = f"{checking.written(part)} is {found.named.options[0]}"
    else:
        meant = f"answered({dotted(part)})" if dotted(part) else ""
    checking.tell("T301", part, text=checking.written(part), type=found.type.value, guess=meant)
    return None
