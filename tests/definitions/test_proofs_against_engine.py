"""The proofs and the engine agree: what is found is so for the engine, and what the engine sees was held possible.

A few hundred conditions are drawn from a grammar over a form with one field of every kind. For each of them the
solver's own answers are handed to the engine, which must find the condition true; and answers drawn at random may never
come out true where that was called impossible.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from app.definitions.expressions import read, scope_of
from app.definitions.expressions.walking import walk
from app.definitions.model.expressions import Condition, FieldRef, Not, ValueType
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import NOWHERE, Source
from app.definitions.proofs.requirements import Given as Which
from app.definitions.proofs.scalars import SOME_DAY, TODAY, Scalar
from app.definitions.proofs.space import Space
from app.definitions.proofs.spaces import Spaces
from app.definitions.read_all import read_all
from app.definitions.readers.desk import Desk
from app.engine.evaluate import Facts, holds
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers, Consent, Judgement, Moment, PartialDate, Value

FORM = """
form: alles
title: Alles
sections:
  - section: een
    title: Een
    fields:
      - {field: soort, type: choice, label: Soort, options: {a: A, b: B, c: C}, privacy: 0, required: true}
      - {field: janee, type: yes_no, label: Ja, privacy: 0}
      - {field: vraag, type: yes_no_unasked, label: Vraag, privacy: 0}
      - {field: meer, type: choices, label: Meer, options: {x: X, y: Y, z: {label: Z, silent: true}}, privacy: 0}
      - {field: getal, type: integer, label: Getal, min: 0, max: 20, privacy: 0}
      - {field: bedrag, type: decimal, label: Bedrag, privacy: 0, show_if: soort is not c}
      - {field: tweede, type: integer, label: Tweede, privacy: 0}
      - {field: geboren, type: partial_date, label: Geboren, max: today, privacy: 0}
      - {field: dag, type: date, label: Dag, privacy: 0, show_if: janee}
      - {field: later, type: date, label: Later, privacy: 0, required_if: answered(dag)}
      - {field: uur, type: time, label: Uur, privacy: 0}
      - {field: naam, type: text, label: Naam, max_length: 8, privacy: 0}
      - {field: akkoord, type: consent, text: Ja., privacy: 0}
      - {field: jaren, type: integer, label: Jaren, privacy: 0, compute: age(geboren), show_if: vraag is not nee}
      - {field: kopie, type: choice, label: Kopie, options: {a: A, b: B, c: C}, privacy: 0, compute: soort}
  - section: twee
    title: Twee
    show_if: meer_of_minder
    fields:
      - {field: stil, type: text, label: Stil, privacy: 0}
      - field: vlak
        type: matrix
        label: Vlak
        rows: {p: P, q: Q}
        options: {list: maat}
        default: niets
        privacy: 0
        each: [{field: nota, type: text, label: Nota, privacy: 0, show_if: row.score >= matig}]
      - field: rij
        type: repeat
        label: Rij
        max: 3
        privacy: 0
        fields:
          - {field: wat, type: choice, label: Wat, options: {k: K, l: L}, privacy: 0, required: true}
          - {field: aantal, type: integer, label: Aantal, privacy: 0, show_if: row.wat is k}
rules:
  - {rule: "getal < 15 or soort is a", message: Nee., at: getal}
"""
MEASURE = """
list: maat
ordered: true
options:
  - {id: niets, label: Niets, silent: true}
  - {id: goed, label: Goed}
  - {id: matig, label: Matig}
  - {id: zwijgt, label: Zwijgt, opt_out: true}
  - {id: slecht, label: Slecht}
"""
ATOMS = (
    "soort is a", "soort is not b", "soort in [a, c]", "soort not in [b]", "janee", "janee is nee", "vraag is nee",
    "answered(vraag)", "answered(soort)", "x in meer", "y not in meer", "z in meer", "answered(meer)",
    "count(meer) >= 1", "count(meer) is 2", "getal > 3", "getal >= 3", "getal < 4", "getal is 3", "getal is not 20",
    "getal > 20",
    "getal < tweede", "tweede >= getal", "answered(getal)", "bedrag > 2.5", "bedrag < 2.6", "answered(bedrag)",
    "age(geboren) >= 65", "age(geboren) < 18", "age(geboren) is 0", "answered(geboren)", "geboren > today - 400",
    'geboren < date("1990-02-28")', 'dag > date("2026-11-09")', "dag < today", "dag >= today - 30", "dag < later",
    "later is dag", "answered(dag)", "answered(later)", 'uur < "09:30"', 'uur >= "09:30"', "answered(uur)",
    'naam is "An"', "length(naam) > 2", "length(naam) is 8", "length(naam) > 8", "answered(naam)", "akkoord",
    "answered(akkoord)", "jaren is 3", "jaren > 64", "answered(jaren)", "kopie is a", "kopie is soort",
    "answered(stil)", "answered(vlak)", "vlak.p >= matig", "vlak.q is niets", "vlak.p is vlak.q", "vlak.q is zwijgt",
    "answered(vlak.p.nota)", "any(vlak, row.score is slecht)", "all(vlak, row.score >= goed)", "count(vlak) is 1",
    "count(vlak, row.score > goed) >= 1", "answered(worst(vlak))", "answered(worst(vlak, slecht))",
    "any(vlak, answered(row.nota))", "answered(rij)", "count(rij) >= 2", "count(rij) is 3", "count(rij) > 3",
    "any(rij, row.wat is k)", "all(rij, row.wat is k)", "any(rij, answered(row.aantal))", "any(rij, row.aantal > 2)",
    "count(rij, row.wat is l) is 1", "any(rij, row.wat is l and answered(row.aantal))",
    'today > date("2026-05-01")', "all(rij, row.aantal < getal)",
)  # fmt: skip


def _form() -> Form:
    desk = Desk()
    text = FORM.replace("show_if: meer_of_minder", "show_if: x in meer or getal > 3")
    found = read_all([Source("formdefs/alles.yaml", text), Source("formdefs/lists/maat.yaml", MEASURE)], desk)
    assert [problem.code for problem in desk.problems if problem.code[0] in "STYR"] == []
    return found.complete["alles"]


ALL = _form()
SCOPE = scope_of(ALL.fields())


def _condition(text: str) -> Condition:
    problems: list[object] = []
    made = read(ScalarNode(text, NOWHERE), SCOPE, ValueType.BOOLEAN, problems)  # type: ignore[arg-type]
    assert problems == [], text
    assert made is not None
    return made


def _texts(seed: int, count: int) -> Iterator[str]:
    dice = random.Random(seed)  # noqa: S311
    yield from ATOMS
    for _ in range(count):
        parts = [dice.choice(ATOMS) for _ in range(dice.randint(2, 4))]
        signed = [f"not ({part})" if dice.random() < 0.3 else part for part in parts]
        text = signed[0]
        for part in signed[1:]:
            text = f"({text}) {dice.choice(('and', 'and', 'or'))} {part}"
        yield text


def _value(kind: FieldType, value: Scalar) -> Value | None:
    """A value of the solver as the engine keeps it."""
    if value is None or isinstance(value, bool):
        return Consent(value) if isinstance(value, bool) else None
    if isinstance(value, int) and kind in (FieldType.DATE, FieldType.PARTIAL_DATE):
        day = date.fromordinal(value)
        return day if kind is FieldType.DATE else PartialDate(day.year, day.month, day.day)
    if isinstance(value, Decimal):
        return int(value) if kind is FieldType.INTEGER else value
    text = str(value)
    if kind is FieldType.TIME:
        return time.fromisoformat(text)
    return "u" * len(text) if text.startswith("\0") else text


def _answers(space: Space, chosen: dict[str, Scalar]) -> Answers:
    """The answers that values of the solver's variables stand for."""
    found: dict[str, Value] = {}
    rows: dict[str, dict[int, dict[str, Value]]] = {}
    for key, value in chosen.items():
        name, ticks, option = key.partition("=")
        cell = space.cells.get(name)
        top, hash_sign, rest = key.partition("#")
        if hash_sign:
            number, _, column = rest.partition(".")
            row = rows.setdefault(top, {}).setdefault(int(number), {})
            made = _value(space.cells[key].field.type, value) if column else None
            if column and made is not None:
                row[column] = made
            if not column:
                rows[top][int(number)] = row if value else {"\0gone": ""}
        elif ticks and value is True:
            before = found.get(name, ())
            found[name] = (*before, option) if isinstance(before, tuple) else ()
        elif cell is not None and not ticks and (made := _value(cell.field.type, value)) is not None:
            found[key] = made
    for name, numbered in rows.items():
        found[name] = tuple(row for _, row in sorted(numbered.items()) if "\0gone" not in row)
    return found


def _judged(space: Space, chosen: dict[str, Scalar]) -> tuple[Judgement, Moment]:
    today = chosen.get("@today")
    day = date.fromordinal(today if isinstance(today, int) else SOME_DAY)
    moment = Moment(datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day)
    answers = _answers(space, chosen)
    blank = frozenset(item.id for item in ALL.fields()) - set(answers)
    return judge(ALL, Given(answers, blank=blank), moment), moment


def _truth(condition: Condition, space: Space, chosen: dict[str, Scalar]) -> bool:
    judgement, moment = _judged(space, chosen)
    return holds(condition, Facts(judgement.answers, moment))


@pytest.mark.parametrize("which", [Which.PAGE, Which.SUBMITTED])
def test_what_the_solver_finds_is_so_for_the_engine(which: Which) -> None:
    decided = 0
    for text in _texts(11, 250):
        condition = _condition(text)
        for tree, wanted in ((condition.tree, True), (Not(condition.tree), False)):
            space = Space(ALL, [tree], given=which)
            cells = space.model(space.formula(tree), sure=True)
            if cells is None:
                continue
            decided += 1
            chosen = {
                key: next(value for place, value in enumerate(one.values) if cells[one.number] >> place & 1)
                for key, one in space.variables.items()
                if one.number in cells
            }
            assert _truth(condition, space, chosen) is wanted, (text, wanted, chosen)
            if which is Which.SUBMITTED:
                read_fields = {key.partition("=")[0].partition("#")[0] for key in chosen}
                errors = [one for one in _judged(space, chosen)[0].errors if one.field in read_fields]
                assert errors == [], (text, chosen)
    assert decided > 400


def test_nothing_happens_that_was_called_impossible() -> None:
    dice = random.Random(5)  # noqa: S311
    constant = 0
    for text in _texts(12, 250):
        condition = _condition(text)
        spaces = Spaces([Space(ALL, [condition.tree], given=Which.PAGE)])
        never, always = spaces.never(condition), spaces.always(condition)
        constant += never or always
        if not never and not always:
            continue
        space = spaces.all[0]
        for ref in (cell.ref for cell in space.cells.values() if cell.type is not ValueType.ROWS):
            if ref.type is not ValueType.OPTIONS:
                space.variable(ref)
        space.variable(TODAY)
        for _ in range(150):
            chosen = {key: dice.choice(one.values) for key, one in space.variables.items()}
            assert _truth(condition, space, chosen) is always, (text, chosen)
    assert constant >= 8


def test_every_reference_of_the_form_is_tried() -> None:
    tried = {
        part.field.split(".")[0]
        for text in ATOMS
        for part in _parts(_condition(text))
        if isinstance(part, FieldRef)
    }
    assert tried == {item.id for item in ALL.fields()}


def _parts(condition: Condition) -> Iterator[object]:
    yield from walk(condition.tree)
