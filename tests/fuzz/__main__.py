"""``python -m tests.fuzz [--runs 1000000] [TARGET ...]``: can any input make the loader or the expressions stumble?

Each target runs in a process of its own under a guided fuzzer: no exception, no input longer than ten seconds, no more
than a gigabyte. It begins with the shipped definitions and every example of the tests, and with inputs made to hurt:
alias bombs, deep nesting, huge numbers, odd Unicode. Prints the count and ends with 1 at the first failure, with the
input kept in ``var/fuzz/``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.seeds import seeds

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "var" / "fuzz"
TARGETS = ("loader", "expressions")
RUNS = 1_000_000
SECONDS_EACH, MEGABYTES = 10, 1024
LONGEST = {"loader": 6_000, "expressions": 1_100}


def main() -> int:
    """Fuzz the targets, each in a process of its own, at the same time."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; default: all")
    parser.add_argument(
        "--seconds", type=int, default=SECONDS_EACH, help="for one input, by the clock on the wall"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help="inputs a target (default: a million)")
    args = parser.parse_args()
    begun = time.monotonic()
    started = {target: _start(target, args.runs, args.seconds) for target in args.targets or TARGETS}
    ends = [_end(target, process, begun) for target, process in started.items()]
    return max(ends, default=0)


def _start(target: str, runs: int, seconds: int) -> subprocess.Popen[str]:
    corpus = PLACE / target
    _plant(target, corpus)
    limits = [
        f"-runs={runs}",
        f"-timeout={seconds}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={LONGEST[target]}",
    ]
    kept = f"-artifact_prefix={PLACE}/{target}-"
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.targets",
        target,
        *limits,
        kept,
        "-print_final_stats=1",
        str(corpus),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with _log(target).open("w", encoding="utf-8") as log:  # a pipe that nobody reads would hold the fuzzer up
        return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, text=True)


def _log(target: str) -> Path:
    return PLACE / f"{target}.log"


def _end(target: str, process: subprocess.Popen[str], begun: float) -> int:
    process.wait()
    said = _log(target).read_text(encoding="utf-8", errors="replace")
    count = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
    peak = re.search(r"stat::peak_rss_mb:\s*(\d+)", said)
    if process.returncode or not count or not peak:
        sys.stderr.write(f"{target}: failed\n{said[-6_000:]}\n")
        return 1
    minutes = (time.monotonic() - begun) / 60
    told = f"{int(count[1]):,} inputs, no failure, {peak[1]} MB at most, {minutes:.1f} minutes"
    sys.stdout.write(f"{target}: {told}\n")
    return 0


def _plant(target: str, corpus: Path) -> None:
    """What the fuzzer begins with."""
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        data = seed[: LONGEST[target]]
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
