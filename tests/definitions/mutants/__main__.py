"""Print the table: ``python -m tests.definitions.mutants [every-nth]``."""

from __future__ import annotations

import sys

from tests.definitions.mutants.generator import mutants
from tests.definitions.mutants.trial import table, tried


def main() -> int:
    """Try all mutants, or every n-th; 1 when the checker and the judge differ on one."""
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    trials = list(tried(list(mutants())[::step]))
    wrong = [trial for trial in trials if trial.missed or trial.refused]
    for trial in wrong:
        print("MISSED " if trial.missed else "REFUSED", trial.told())  # noqa: T201
    print(table(trials))  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
