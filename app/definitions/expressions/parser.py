"""What did the author write, as a syntax tree that holds nothing the language does not have?

Read with the standard library's ``ast`` as ``(`` + text + newline + ``)``, so that folded lines parse; its columns
are UTF-8 bytes and become characters here. At most 1,000 characters. Shapes that Python reads in another way than
people do are refused here; what needs types is the checker's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.definitions.expressions.lexer import Fault, Token, always_wrong, likely_wrong, tokens
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem, Span
from app.definitions.problems import problem

MAX_CHARACTERS = 1_000
MAX_DEPTH = 60

ALLOWED = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Compare, ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.Name, ast.Attribute, ast.Load, ast.Constant, ast.Call, ast.List,
)  # fmt: skip
WHAT = {
    ast.Subscript: "[…]",
    ast.Tuple: ",",
    ast.Starred: "*",
    ast.keyword: "=",
    ast.UAdd: "+",
    ast.Set: "{…}",
    ast.Dict: "{…}",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree of allowed shapes. ``text`` is stripped; ``offset`` is how far that moved it within ``node``."""

    text: str
    tree: ast.expr
    node: ScalarNode
    offset: int

    def at(self, part: ast.AST) -> Span:
        """Where a part of the tree stands in the file."""
        return self.node.at(self.offset + _index(self.text, part))

    def written(self, part: ast.AST) -> str:
        """The part as the author wrote it."""
        return self.text[_index(self.text, part) : _end(self.text, part)]


def parse(node: ScalarNode) -> tuple[Parsed | None, list[Problem]]:
    """The tree, or every problem found on the way. Never raises."""
    text = node.text.strip()
    offset = len(node.text) - len(node.text.lstrip())
    if not text:
        return None, [problem("T104", node.span)]
    if len(text) > MAX_CHARACTERS:
        return None, [problem("T101", node.span, size=len(text), most=MAX_CHARACTERS)]
    words = tokens(text)
    faults = always_wrong(words)
    tree: ast.expr | None = None
    if not faults:
        tree, faults = _tree(text, words)
    if tree is not None:
        faults = sorted(set(_refused(text, tree)), key=lambda fault: fault.start)
    if tree is None or faults:
        return None, [
            problem(fault.code, node.at(offset + fault.start), **dict(fault.params)) for fault in faults
        ]
    return Parsed(text, tree, node, offset), []


def _tree(text: str, words: list[Token]) -> tuple[ast.expr | None, list[Fault]]:
    try:
        tree = ast.parse(f"({text}\n)", mode="eval").body
    except SyntaxError as error:
        return None, [likely_wrong(words) or _unreadable(text, error)]
    except (RecursionError, MemoryError, ValueError):
        return None, [Fault("T103", 0)]
    if _depth(tree) > MAX_DEPTH:
        return None, [Fault("T103", 0)]
    return tree, []


def _unreadable(text: str, error: SyntaxError) -> Fault:
    opened, closed = text.count("(") + text.count("["), text.count(")") + text.count("]")
    if opened != closed:
        return Fault("T119", 0, (("text", text),))
    lines = text.split("\n")
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    column = max((error.offset or 1) - (2 if line == 0 else 1), 0)  # SyntaxError counts characters, from 1
    start = sum(len(before) + 1 for before in lines[:line]) + min(column, len(lines[line]))
    return Fault("T102", min(start, len(text) - 1), (("text", text[start:] or text),))


def _depth(tree: ast.AST) -> int:
    """Levels of nesting, counted without recursion."""
    level, depth = [tree], 0
    while level and depth <= MAX_DEPTH + 1:
        level = [child for part in level for child in ast.iter_child_nodes(part)]
        depth += 1
    return depth


def _refused(text: str, tree: ast.expr) -> Iterator[Fault]:
    compared = {
        id(side) for part in ast.walk(tree) if isinstance(part, ast.Compare) for side in part.comparators
    }
    for part in ast.walk(tree):
        if isinstance(part, ast.Compare):
            yield from _comparison(text, part)
        elif isinstance(part, ast.Tuple):
            if id(part) not in compared:
                yield _comma(text, part)
        elif isinstance(part, ast.keyword):
            yield Fault("T105", _index(text, part), (("text", "="), ("guess", "is")))
        elif not isinstance(part, ALLOWED):
            what = WHAT.get(type(part), type(part).__name__.lower())
            yield Fault("T130", _index(text, part), (("what", what),))


def _comma(text: str, part: ast.Tuple) -> Fault:
    """A comma outside a list: a decimal comma (``bedrag > 1,5``), or options in a row (``x is a, b``)."""
    ends = [(_end(text, left), _index(text, right)) for left, right in pairwise(part.elts)]
    for end, start in ends:
        if start == end + 1 and text[end - 1 : end].isdigit() and text[start : start + 1].isdigit():
            return Fault("T123", end, (("guess", f"{text[:end]}.{text[start:]}"),))
    first = part.elts[0] if part.elts else None
    last = first.values[-1] if isinstance(first, ast.BoolOp) else first
    if isinstance(last, ast.Compare) and len(last.ops) == 1:
        word = "not in" if isinstance(last.ops[0], (ast.IsNot, ast.NotEq, ast.NotIn)) else "in"
        items = ", ".join(_written(text, item) for item in (last.comparators[0], *part.elts[1:]))
        comma = ends[0][0] if ends else _end(text, last)  # ``x is a,`` has nothing after its comma
        return Fault("T122", comma, (("guess", f"{_written(text, last.left)} {word} [{items}]"),))
    return Fault("T122", _index(text, part), (("guess", ""),))


def _comparison(text: str, part: ast.Compare) -> Iterator[Fault]:
    start = _index(text, part)
    if len(part.ops) > 1:
        guess = _chain_guess(text, part)
        yield Fault("T127", start, (("text", _written(text, part)), ("guess", guess)))
        return
    op, left, right = part.ops[0], _written(text, part.left), part.comparators[0]
    equal = isinstance(op, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq))
    negative = isinstance(op, (ast.IsNot, ast.NotEq, ast.NotIn))
    word = "not in" if negative else "in"
    if isinstance(right, ast.Tuple):
        items = ", ".join(_written(text, item) for item in right.elts)
        yield Fault("T122", start, (("guess", f"{left} {word} [{items}]"),))
    elif equal and isinstance(right, ast.BoolOp):
        items = ", ".join(_written(text, item) for item in right.values)
        code = "T121" if negative else "T120"
        yield Fault(code, start, (("text", _written(text, part)), ("guess", f"{left} {word} [{items}]")))
    elif equal and isinstance(right, ast.List):
        yield Fault("T128", start, (("guess", f"{left} {word} {_written(text, right)}"),))
    elif equal and _range(right) is not None:
        low, high = _range(right) or ("", "")
        guess = f"{left} >= {low} and {left} <= {high}"
        yield Fault("T126", start, (("text", _written(text, part)), ("guess", guess)))


def _range(part: ast.expr) -> tuple[str, str] | None:
    if not (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub)):
        return None
    sides = [side.value for side in (part.left, part.right) if isinstance(side, ast.Constant)]
    numbers = [str(side) for side in sides if isinstance(side, int | float)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _chain_guess(text: str, part: ast.Compare) -> str:
    signs = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is not"}
    signs |= {ast.Eq: "is", ast.NotEq: "is not", ast.In: "in", ast.NotIn: "not in"}
    sides = [_written(text, side) for side in (part.left, *part.comparators)]
    pairs = zip(sides, part.ops, sides[1:], strict=False)
    return " and ".join(f"{left} {signs[type(op)]} {right}" for left, op, right in pairs)


def _written(text: str, part: ast.AST) -> str:
    return text[_index(text, part) : _end(text, part)]


def _index(text: str, part: ast.AST) -> int:
    return _character(text, getattr(part, "lineno", 1), getattr(part, "col_offset", 1))


def _end(text: str, part: ast.AST) -> int:
    return _character(text, getattr(part, "end_lineno", 1), getattr(part, "end_col_offset", 1))


def _character(text: str, line: int, byte: int) -> int:
    """The index in ``text`` of a byte column in the wrapped text, whose first line has one bracket more."""
    lines = text.split("\n")
    if line > len(lines):
        return len(text)
    before = sum(len(earlier) + 1 for earlier in lines[: line - 1])
    column = max(byte - 1, 0) if line == 1 else byte
    return before + len(lines[line - 1].encode()[:column].decode(errors="ignore"))
