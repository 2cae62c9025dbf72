"""Do tests that share a product stay in one process?

Journeys lean on each other's state within a group. A version of the test tools that silently stops keeping groups
together makes them fail at random, far from the cause; here it fails with its name.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = "tests/channels/test_handed_over.py"


def test_tests_of_a_group_run_in_one_process() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-v", SMALL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    passed = [line.split() for line in run.stdout.splitlines() if " PASSED " in line]
    assert passed, run.stdout + run.stderr
    assert all(words[-1].endswith(f"@{SMALL}") for words in passed), run.stdout
    assert len({words[0] for words in passed}) == 1, run.stdout
