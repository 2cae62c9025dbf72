"""Every slip that breaks a guarantee is caught, and none that keeps them is refused.

The judge plays each mutant with the engine and knows nothing of the proofs. Here some of every kind, and all of them in
``make long-checks``; ``python -m tests.definitions.mutants`` prints the table.
"""

from __future__ import annotations

import pytest

from tests.definitions.mutants.generator import mutants, originals
from tests.definitions.mutants.judge import Judge
from tests.definitions.mutants.trial import few, table, tried

QUICK = 1_000
TOO_MANY = "workflows/zelfevaluatie.yaml"
"""Six rows of three matrices must be ticked at once before its rule fails: trying does not come that far."""
WORKFLOWS = sorted(
    path
    for path in originals()
    if path.startswith("workflows/") and "_points" not in path and path != TOO_MANY
)
JUDGED = ("workflows/vrijwilligerstraject.yaml", "workflows/warme_doorverwijzing.yaml", *WORKFLOWS[::6])
"""Every sixth and the two with most gates; all of them by ``make long-checks``."""


def test_the_shipped_definitions_keep_every_guarantee() -> None:
    judge = Judge(originals(), QUICK)
    judge.before = {}
    for path in JUDGED:
        assert judge.of(path, originals()[path]).broken == {}


@pytest.mark.timeout(600)
def test_some_mutants_of_every_kind() -> None:
    some = [mutant for place, mutant in enumerate(few(mutants(), 2)) if place % 6]
    trials = list(tried(some, QUICK))
    assert len(trials) >= 55
    assert [trial.told() for trial in trials if trial.missed] == []
    assert [trial.told() for trial in trials if trial.refused] == []
    assert sum(bool(trial.verdict.broken) for trial in trials) >= 25
    assert sum(not trial.verdict.broken for trial in trials) >= 15


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("path", WORKFLOWS)
def test_every_shipped_workflow_keeps_every_guarantee(path: str) -> None:
    judge = Judge(originals(), QUICK)
    judge.before = {}
    assert judge.of(path, originals()[path]).broken == {}


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_all_mutants() -> None:
    trials = list(tried(mutants()))
    print(table(trials))  # noqa: T201  # the table is what the run is for
    assert len(trials) >= 300
    assert [trial.told() for trial in trials if trial.missed or trial.refused] == []
