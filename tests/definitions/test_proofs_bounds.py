"""A question that is too large ends in time, with advice and never with an error."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.model.source import Severity, Source
from app.definitions.proofs.formulas import Formulas, TooLarge
from tests.definitions.context_files import context

FIELDS = 120


def _riddle() -> str:
    """A form with as many rules over three fields each as make it hardest to tell whether all can hold."""
    dice = random.Random(4)  # noqa: S311
    rules = []
    for _ in range(26):
        clauses = []
        for _ in range(20):
            names = dice.sample(range(FIELDS), 3)
            clauses.append(
                "(" + " or ".join(f"v{name} {dice.choice(('is', 'is not'))} ja" for name in names) + ")"
            )
        rules.append(f'  - {{rule: "{" and ".join(clauses)}", message: Nee., at: v0}}')
    fields = [f"      - {{field: v{number}, type: yes_no, label: V, privacy: 0}}" for number in range(FIELDS)]
    head = """form: raadsel
title: Raadsel
audience: [reception]
controller: ocmw
legal_basis: {public_task: Hulp}
retention: {after: closed, months: 12, then: delete}
workflow: raadsel
sections:
  - section: een
    title: Een
    fields:
"""
    return head + "\n".join(fields) + "\nrules:\n" + "\n".join(rules) + "\n"


WORKFLOW = """workflow: raadsel
title: Raadsel
forms: [raadsel]
start: open
route:
  - {if: v0 is ja, to: loket}
  - otherwise: loket
states:
  open: {label: Open, deadline: 5 working days, actions: {klaar: {label: Klaar, to: dicht}}}
  dicht: {label: Dicht, end: true}
"""


def test_a_riddle_of_many_pages_is_advised_against() -> None:
    sources = [
        *context(),
        Source("formdefs/raadsel.yaml", _riddle()),
        Source("workflows/raadsel.yaml", WORKFLOW),
    ]
    problems = compile_sources(sources).problems
    assert {(found.code, found.severity) for found in problems} == {("A703", Severity.ADVICE)}


def test_a_formula_past_its_bound_says_so() -> None:
    dice = random.Random(1)  # noqa: S311
    formulas = Formulas()
    variables = [formulas.variable(2) for _ in range(150)]
    clauses = [
        formulas.any(formulas.leaf(one, dice.choice((1, 2))) for one in dice.sample(variables, 3))
        for _ in range(645)
    ]
    with pytest.raises(TooLarge):
        formulas.model(formulas.all(clauses))


def test_what_is_large_but_plain_is_still_decided() -> None:
    formulas = Formulas()
    variables = [formulas.variable(4) for _ in range(400)]
    chain = [
        formulas.any((formulas.leaf(one, 0b0111), formulas.leaf(other, 0b0001)))
        for one, other in pairwise(variables)
    ]
    first = formulas.leaf(variables[0], 0b1000)
    assert formulas.model(formulas.all([*chain, first])) is not None
    assert formulas.model(formulas.all([*chain, first, formulas.leaf(variables[1], 2)])) is None
