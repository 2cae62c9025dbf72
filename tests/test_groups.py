"""Do tests that share a product stay in one process?

Journeys lean on each other's state within a group. A version of the test tools that silently stops keeping groups
together makes them fail at random, far from the cause; here it fails with its name.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GROUPED = """
import os
import pytest

@pytest.mark.xdist_group("journeys")
@pytest.mark.parametrize("number", range(8))
def test_where(number):
    print(f"{number} in", os.environ["PYTEST_XDIST_WORKER"])
"""


def test_a_group_runs_in_one_process(tmp_path: Path) -> None:
    (tmp_path / "test_grouped.py").write_text(GROUPED)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-v", "-rP", "test_grouped.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "8 passed" in run.stdout, run.stdout + run.stderr
    assert len({line.rpartition(" in ")[2] for line in run.stdout.splitlines() if " in gw" in line}) == 1, (
        run.stdout
    )
