"""``python -m tests.machines``: random lives of cases, many and long, with what was done in them.

Ends with 1 when a promise was broken; the steps that lead there are printed, the fewest that do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines import pairs
from tests.machines.together import Together
from tests.machines.town import COUNTED
from tests.support import town
from tests.support.bound import bound
from tests.support.databases import KINDS, DatabaseServer, PostgresServer, SqliteServer, Templates
from tests.support.postgres import EmbeddedPostgres


def main() -> int:
    """Run them on each database asked for."""
    args = _arguments()
    kept = True
    for kind in KINDS if args.database == "both" else (args.database,):
        with _server(kind) as server:
            kept = (_pairs if args.pairs else _one)(server, args) and kept
    return 0 if kept else 1


def _one(server: DatabaseServer, args: argparse.Namespace) -> bool:
    class Here(Together):
        templates = Templates(server)

    done, started, kept = COUNTED, time.monotonic(), True
    done.clear()
    phases = [Phase.generate, Phase.shrink] if args.shrink else [Phase.generate]
    try:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=args.examples,
                stateful_step_count=args.steps,
                deadline=None,
                derandomize=not args.raw,
                database=None,
                phases=phases,
                suppress_health_check=list(HealthCheck),
            ),
        )
    except Exception as problem:
        kept = False
        _print("".join(traceback.format_exception(problem)))
    seconds = time.monotonic() - started
    rules = sum(n for name, n in done.items() if name not in {"examples", "steps"})
    _print(
        f"{server.kind}: {done['examples']} examples, {done['steps']} steps, {rules} counted, {seconds:.0f} s"
    )
    for name, n in sorted(done.items()):
        _print(f"  {name:<44} {n:>7}")
    _print(f"  {'kept' if kept else 'NOT KEPT'}")
    return kept


def _pairs(server: DatabaseServer, args: argparse.Namespace) -> bool:
    """Two at once; ``--examples`` below 100 is how often, in hundredths of the full number."""
    kept = True
    for name, (do, full) in pairs.ALL.items():
        started, times = time.monotonic(), max(1, full * min(args.examples, 100) // 100)
        url = server.create_database()
        try:
            town.peopled(url)
            with bound(url) as app:
                counted = do(app, times)
            told = ", ".join(f"{n} x {what}" for what, n in sorted(counted.items()))
        except AssertionError as problem:
            kept, told = False, f"NOT KEPT: {problem}"
        finally:
            server.drop_database(url)
        _print(f"{server.kind}: {name}, {times} times, {time.monotonic() - started:.0f} s: {told}")
    return kept


@contextmanager
def _server(kind: str) -> Iterator[DatabaseServer]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="meernet-machines-") as folder:
            yield SqliteServer(Path(folder))
        return
    server = EmbeddedPostgres()
    server.start()
    try:
        yield PostgresServer(server)
    finally:
        server.stop()


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.machines", description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="lives (500)")
    parser.add_argument("--steps", type=int, default=40, help="steps of each (40)")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--pairs", action="store_true", help="two at once instead, exactly one of whom wins")
    parser.add_argument("--raw", action="store_true", help="other lives each time")
    parser.add_argument(
        "--shrink", action="store_true", help="look for the fewest steps that break a promise"
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
