"""How is a checked expression said to somebody who never programmed?

A condition becomes a clause in the order of a main sentence (``leeftijd ('Geboortejaar') is minstens 65``); ``not`` is
carried down to where it belongs. What the reader may not know is told by its label only (:class:`Labels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal

from app.definitions.model.expressions import (
    And,
    Arith,
    Call,
    CaseRef,
    Compare,
    CompareOp,
    Condition,
    Expr,
    FieldRef,
    ListOf,
    Literal,
    Member,
    Not,
    Or,
    OverRows,
    RowRef,
    ValueType,
)
from app.definitions.model.forms import FieldType, OptionList
from app.engine.labels import Labels, day_words
from app.texts import has

MOST_NAMED = 3
"""So many options are named one by one; more are told as 'minstens'."""
SENTENCES = frozenset({"answered", "read", "marked"})
"""Functions that say something by themselves; the others give a value."""


def condition_words(condition: Condition, labels: Labels, *, holds: bool = True) -> str:
    """The clause that a condition says, or its opposite when ``holds`` is false; no capital, no full stop."""
    return clause(condition.tree, labels, holds)


def clause(tree: Expr, labels: Labels, yes: bool = True) -> str:
    """What a true-or-false tree says; ``yes`` false: that it is not so."""
    if isinstance(tree, Not):
        return clause(tree.operand, labels, not yes)
    if isinstance(tree, And | Or):
        return _joined(tree, labels, yes)
    read = tuple(references(tree))
    if labels.hides(read):
        named = dict.fromkeys(labels.careful(item) for item in read)
        return labels.say("hidden", fields=labels.all_of(named))
    return _leaf(tree, labels, yes)


def references(node: object) -> Iterable[FieldRef | RowRef]:
    """The fields that a tree reads, of the form and of the row at hand."""
    if isinstance(node, FieldRef | RowRef):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from references(item)
    elif is_dataclass(node):
        for item in fields(node):
            yield from references(getattr(node, item.name))


# And, or ---------------------------------------------------------------------------------------------------


def _joined(tree: And | Or, labels: Labels, yes: bool) -> str:
    together = isinstance(tree, And) is yes
    said: dict[str, None] = {}
    for part in _parts(tree.operands, merge=not together and yes):
        text = _checked(part, labels) if isinstance(part, list) else clause(part, labels, yes)
        mixed = not isinstance(part, list) and _joins(part, yes) not in (None, together)
        said[labels.say("within", words=text) if mixed else text] = None
    return labels.all_of(said) if together else labels.any_of(said)


def _joins(tree: Expr, yes: bool) -> bool | None:
    """Whether a part is joined by 'en' (true) or 'of' (false) itself; ``None`` when it is not joined."""
    while isinstance(tree, Not):
        tree, yes = tree.operand, not yes
    return isinstance(tree, And) is yes if isinstance(tree, And | Or) else None


def _parts(operands: Sequence[Expr], *, merge: bool) -> list[Expr | list[Member]]:
    """The parts; options of one and the same field that are alternatives are told at once."""
    found: list[Expr | list[Member]] = []
    groups: dict[Expr, list[Member]] = {}
    for part in operands:
        if not merge or not isinstance(part, Member) or part.negated or isinstance(part.container, ListOf):
            found.append(part)
            continue
        if part.container not in groups:
            groups[part.container] = []
            found.append(groups[part.container])
        groups[part.container].append(part)
    return found


def _checked(members: Sequence[Member], labels: Labels, yes: bool = True) -> str:
    container = members[0].container
    if labels.hides(references(container)):
        return clause(members[0], labels)
    options = labels.options_of(container)
    words = labels.any_of(_value(item.item, labels, options) for item in members)
    return labels.say("checked" if yes else "not_checked", field=noun(container, labels), options=words)


# One thing said --------------------------------------------------------------------------------------------


def _leaf(tree: Expr, labels: Labels, yes: bool) -> str:
    if isinstance(tree, Compare):
        return _compared(tree, labels, yes)
    if isinstance(tree, Member):
        return _among(tree, labels, yes is not tree.negated)
    if isinstance(tree, OverRows) and tree.body is not None:
        body = clause(tree.body, labels.inside(tree))
        return labels.say(_code(tree.function, yes), rows=noun(tree.rows, labels), words=body)
    if isinstance(tree, Call) and tree.function in SENTENCES:
        return _called(tree, labels, yes)
    if isinstance(tree, Literal):
        return labels.say("always" if bool(tree.value) is yes else "never")
    spot = labels.spot_of(tree)
    kind = spot.kind.value if spot is not None else ""
    said = {FieldType.CONSENT.value: "given", FieldType.READ_RECEIPT.value: "read"}.get(kind, "so")
    return labels.say(_code(said, yes), field=noun(tree, labels))


def _code(code: str, yes: bool) -> str:
    return code if yes else f"not_{code}"


def _called(tree: Call, labels: Labels, yes: bool) -> str:
    asked = tree.args[0]
    if tree.function == "marked":
        name = str(asked.value) if isinstance(asked, Literal) else ""
        return labels.say(_code("marked", yes), mark=labels.mark(name))
    return labels.say(_code(tree.function, yes), field=noun(asked, labels))


def _compared(tree: Compare, labels: Labels, yes: bool) -> str:
    left = noun(tree.left, labels)
    options = labels.options_of(tree.left)
    if tree.op in (CompareOp.IS, CompareOp.IS_NOT):
        yes = yes is (tree.op is CompareOp.IS)
        return labels.say(
            _code(_verb(tree.left, labels), yes), left=left, right=_value(tree.right, labels, options)
        )
    named = _levels(tree)
    if 0 < len(named) <= MOST_NAMED:
        right = labels.any_of(labels.option(options, item) for item in named)
        return labels.say(_code(_verb(tree.left, labels), yes), left=left, right=right)
    kind = "date_" if ValueType.DATE in (_type(tree.left), _type(tree.right)) else ""
    return labels.say(
        _code(f"{kind}{tree.op.value}", yes), left=left, right=_value(tree.right, labels, options)
    )


def _verb(left: Expr, labels: Labels) -> str:
    """A row of a matrix *stands on* a score, anything else *is* something."""
    spot = labels.spot_of(left)
    scored = spot is not None and spot.child is None and spot.field.rows is not None
    return "stands" if scored else "is"


def _levels(tree: Compare) -> tuple[str, ...]:
    """The ordered options for which a comparison holds; ``()`` when there is no order."""
    if not tree.order or not isinstance(tree.right, Literal) or tree.right.value not in tree.order:
        return ()
    place = tree.order.index(str(tree.right.value))
    return {
        CompareOp.GE: tree.order[place:],
        CompareOp.GT: tree.order[place + 1 :],
        CompareOp.LE: tree.order[: place + 1],
        CompareOp.LT: tree.order[:place],
    }[tree.op]


def _type(tree: Expr) -> ValueType | None:
    return getattr(tree, "type", None)


def _among(tree: Member, labels: Labels, yes: bool) -> str:
    if not isinstance(tree.container, ListOf):
        return _checked((tree,), labels, yes)
    options = labels.options_of(tree.item)
    words = labels.any_of(_value(item, labels, options) for item in tree.container.items)
    return labels.say(_code(_verb(tree.item, labels), yes), left=noun(tree.item, labels), right=words)


# Things that have a value ----------------------------------------------------------------------------------


def noun(tree: Expr, labels: Labels) -> str:
    """What a value is called in a sentence."""
    if isinstance(tree, FieldRef | RowRef):
        return _reference(tree, labels)
    if isinstance(tree, CaseRef):
        code = f"case.{tree.name}"
        return labels.say(code) if has(f"expressions.{code}") else labels.quoted(tree.name)
    if isinstance(tree, Arith):
        code = f"{'day_' if tree.type is ValueType.DATE else ''}{tree.op.value}"
        return labels.say(code, left=noun(tree.left, labels), right=noun(tree.right, labels))
    if isinstance(tree, Call):
        return _worked_out(tree, labels)
    if isinstance(tree, OverRows):
        return _over_rows(tree, labels)
    if isinstance(tree, ListOf):
        return labels.any_of(noun(item, labels) for item in tree.items)
    return _value(tree, labels, None) if isinstance(tree, Literal) else clause(tree, labels)


def _reference(tree: FieldRef | RowRef, labels: Labels) -> str:
    if isinstance(tree, FieldRef):
        return labels.label(labels.spot(tree.field), tree.field)
    spot = labels.row_spot(tree.name)
    if spot is not None and (spot.child is not None or spot.row is not None):
        return labels.label(spot, tree.name)
    code = f"row.{tree.name}"
    return labels.say(code) if has(f"expressions.{code}") else labels.quoted(tree.name)


def _worked_out(tree: Call, labels: Labels) -> str:
    if tree.function in ("min", "max"):
        return labels.say(tree.function, values=labels.all_of(noun(item, labels) for item in tree.args))
    if tree.function in SENTENCES:
        return clause(tree, labels)
    asked = tree.args[0]
    bare = labels.spot_of(asked)
    label = (bare.child or bare.row or bare.field).label if bare is not None else noun(asked, labels)
    return labels.say(tree.function, field=label)


def _over_rows(tree: OverRows, labels: Labels) -> str:
    rows = noun(tree.rows, labels)
    if tree.body is None:
        return labels.say("count_all", rows=rows)
    body = tree.body
    inner = labels.inside(tree)
    words = noun(body, inner) if tree.function.value == "sum" else clause(body, inner)
    return labels.say(
        tree.function.value if tree.function.value == "sum" else "count_rows", rows=rows, words=words
    )


def _value(tree: Expr, labels: Labels, options: OptionList | None) -> str:
    """A constant in words: an option by its label, a date and a number as they are written here."""
    if not isinstance(tree, Literal):
        return noun(tree, labels)
    if isinstance(tree.value, bool):
        return labels.say("true" if tree.value else "false")
    if isinstance(tree.value, Decimal):
        return f"{tree.value.normalize():f}".replace(".", ",")
    if tree.type is ValueType.OPTION:
        return labels.option(options, tree.value)
    return day_words(tree.value) if tree.type is ValueType.DATE else labels.quoted(tree.value)
