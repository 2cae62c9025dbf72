"""Are the functions of an expression called with what they take, and what do they become in the tree?"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from app.definitions.expressions.functions import FUNCTIONS, Function
from app.definitions.expressions.names import BOOLEAN, NUMBER, Checking, Typed, dotted, name
from app.definitions.expressions.scope import Named
from app.definitions.expressions.walking import walk
from app.definitions.model.expressions import (
    Call,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    OverRows,
    RowFacts,
    RowFunction,
    RowRef,
    ValueType,
)
from app.definitions.problems import guess

DATE = Named(ValueType.DATE)
DUTCH = {"niet": "not", "en": "and", "of": "or", "not": "not"}


def call(check: Checking, part: ast.Call) -> Typed | None:
    """A call as a typed tree, or ``None`` with the problem told."""
    word = dotted(part.func)
    function = FUNCTIONS.get(word)
    if function is None:
        if word in DUTCH:
            check.tell("T108", part, text=word, guess=DUTCH[word])
        else:
            known = ", ".join(FUNCTIONS)
            check.tell(
                "T205", part, name=word or check.written(part), guess=guess(word, FUNCTIONS), known=known
            )
        return None
    if len(part.args) < function.least or (function.most is not None and len(part.args) > function.most):
        check.tell("T207", part, name=word, count=len(part.args), usage=function.usage)
        return None
    return HANDLERS[word](check, part, function)


def _field(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    return name(check, part.args[0])


def _option(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    check.tell("T213", part, name=check.written(part.args[0]))
    return None


def _answered(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = _name_only(check, part, function)
    if found is None:
        return None
    args: list[Expr] = [found.tree, _texts(found.named.silent)]
    if found.named.rows:
        args.append(_texts(row.id for row in found.named.rows))
    return Typed(Call("answered", tuple(args), ValueType.BOOLEAN), BOOLEAN)


def _age(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = _of_type(check, part.args[0], function, ValueType.DATE)
    return Typed(Call("age", (found.tree,), ValueType.NUMBER), NUMBER) if found else None


def _length(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = _of_type(check, part.args[0], function, ValueType.TEXT)
    return Typed(Call("length", (found.tree,), ValueType.NUMBER), NUMBER) if found else None


def _read(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = _of_type(check, part.args[0], function, ValueType.BOOLEAN)
    return Typed(Call("read", (found.tree,), ValueType.BOOLEAN), BOOLEAN) if found else None


def _date(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    written = part.args[0]
    if isinstance(written, ast.Constant) and isinstance(written.value, str):
        try:
            if len(written.value) == len("2026-11-09"):
                return Typed(Literal(date.fromisoformat(written.value).isoformat(), ValueType.DATE), DATE)
        except ValueError:
            pass
    check.tell("T317", written, text=check.written(written))
    return None


def _marked(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    word = dotted(part.args[0])
    if word in check.scope.marks:
        return Typed(Call("marked", (Literal(word, ValueType.TEXT),), ValueType.BOOLEAN), BOOLEAN)
    marks = sorted(check.scope.marks)
    written = check.written(part.args[0])
    check.tell("T212", part.args[0], name=written, guess=guess(word, marks), known=", ".join(marks) or "-")
    return None


def _extreme(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = [check.expr(check, arg) for arg in part.args]
    typed = [one for one in found if one is not None]
    if len(typed) < len(found):
        return None
    kind = typed[0].type
    for one, written in zip(typed, part.args, strict=True):
        if one.type is not kind or kind not in (ValueType.NUMBER, ValueType.DATE):
            _wrong_argument(check, written, function, one.type)
            return None
    return Typed(Call(function.name, tuple(one.tree for one in typed), kind), Named(kind))


def _count(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    found = name(check, part.args[0])
    if found is None:
        return None
    if found.type is ValueType.OPTIONS and len(part.args) == 1:
        tree = Call("count", (found.tree, _texts(found.named.silent)), ValueType.NUMBER)
        return Typed(tree, NUMBER)
    return _over(check, part, function)


def _over(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    """``any``, ``all``, ``count`` and ``sum`` over rows: the body is checked with ``row.`` in scope."""
    rows = _rows(check, part.args[0], function)
    if rows is None:
        return None
    if check.scope.row is not None:
        check.tell("T305", part, name=function.name)
        return None
    body = _body(check.within(rows[0].field), part, function, rows[1])
    if body is None and (len(part.args) > 1 or check.problems):
        return None
    lines = _lines(rows[1], body)
    result = Named(function.result or ValueType.NUMBER)
    return Typed(OverRows(RowFunction(function.name), rows[0], body, lines=lines), result)


def _body(check: Checking, part: ast.Call, function: Function, rows: Named) -> Expr | None:
    if len(part.args) == 1:
        if not rows.rows:
            return None
        score = RowRef("score", ValueType.OPTION)  # a matrix has all its rows always: count those answered
        return Call("answered", (score, _texts(rows.silent)), ValueType.BOOLEAN)
    if function.name != "sum":
        return check.condition(check, part.args[1])
    found = _of_type(check, part.args[1], function, ValueType.NUMBER)
    return found.tree if found else None


def _lines(rows: Named, body: Expr | None) -> tuple[RowFacts, ...]:
    """A matrix's rows with the label and the columns the body uses."""
    used = {found.name for found in walk(body) if isinstance(found, RowRef)} if body else set()

    def facts(row_id: str, label: str, columns: Iterable[tuple[str, str]]) -> RowFacts:
        return RowFacts(row_id, tuple(pair for pair in (("label", label), *columns) if pair[0] in used))

    return tuple(facts(row.id, row.label, row.columns.items()) for row in rows.rows)


def _worst(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    rows = _rows(check, part.args[0], function)
    if rows is None:
        return None
    ref, named = rows
    levels = named.order
    if not named.rows or len(levels) < 2:
        check.tell("T318", part.args[0], name=check.written(part.args[0]))
        return None
    start = levels[1]
    if len(part.args) == 2:
        start = dotted(part.args[1])
        if start not in levels:
            meant = guess(start, levels)
            check.tell(
                "T202", part.args[1], name=check.written(part.args[1]), guess=meant, known=", ".join(levels)
            )
            return None
    counting = levels[levels.index(start) :]
    args = (ref, _texts(row.id for row in named.rows), _texts(counting))
    return Typed(Call("worst", args, ValueType.ROW), Named(ValueType.ROW, row=named.row))


def _rows(check: Checking, part: ast.expr, function: Function) -> tuple[FieldRef, Named] | None:
    found = name(check, part)
    if found is None:
        return None
    if isinstance(found.tree, FieldRef) and found.type is ValueType.ROWS:
        return found.tree, found.named
    check.tell("T303", part, name=check.written(part), function=function.name, usage=function.usage)
    return None


def _name_only(check: Checking, part: ast.Call, function: Function) -> Typed | None:
    written = part.args[0]
    if dotted(written) or isinstance(written, ast.Call):
        return check.expr(check, written)
    check.tell("T319", written, function=function.name, usage=function.usage)
    return None


def _of_type(check: Checking, part: ast.expr, function: Function, kind: ValueType) -> Typed | None:
    found = check.expr(check, part)
    if found is None or found.type is kind:
        return found
    _wrong_argument(check, part, function, found.type)
    return None


def _wrong_argument(check: Checking, part: ast.expr, function: Function, got: ValueType) -> None:
    check.tell(
        "T320", part, name=check.written(part), function=function.name, type=got.value, usage=function.usage
    )


def _texts(words: Iterable[str] | Iterator[str]) -> ListOf:
    return ListOf(tuple(Literal(word, ValueType.TEXT) for word in words))


HANDLERS: dict[str, Callable[[Checking, ast.Call, Function], Typed | None]] = {
    "answered": _answered,
    "age": _age,
    "count": _count,
    "sum": _over,
    "any": _over,
    "all": _over,
    "worst": _worst,
    "date": _date,
    "marked": _marked,
    "read": _read,
    "length": _length,
    "min": _extreme,
    "max": _extreme,
    "field": _field,
    "option": _option,
}
