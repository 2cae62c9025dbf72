"""``python -m tests.chaos``: kill, flush and restart everything while cases run, and count what was lost.

Ends with 1 when a promise was not kept. ``--events`` cards and ``--faults`` faults for each database.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.embedded import EmbeddedValkey, find_server
from tests.chaos.storm import Counts, Plan, rage
from tests.support.bound import bound
from tests.support.databases import KINDS, SqliteServer
from tests.support.mail_server import MailServer
from tests.support.postgres import EmbeddedPostgres, PostgresUnavailable
from tests.support.town import peopled

_NAMES = (
    "submitted",
    "acknowledged",
    "lost",
    "doubled",
    "timers_missed",
    "timers_doubled",
    "mails_lost",
    "mails_doubled",
    "broken_histories",
)


def main() -> int:
    """Run it on each database asked for."""
    args = _arguments()
    kept = True
    for kind in KINDS if args.database == "both" else (args.database,):
        try:
            kept = _one(kind, args) and kept
        except (PostgresUnavailable, TimeoutError) as problem:
            _print(f"{kind}: not finished, {type(problem).__name__}: {problem}")
            kept = False
    return 0 if kept else 1


def _one(kind: str, args: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory(prefix="meernet-chaos-") as folder:
        place = Path(folder)
        plan = Plan(args.events, args.faults, seed=args.seed, log=place / "workers.log")
        with _database(kind, place) as url, _redis(args.redis, place) as valkey:
            peopled(url)
            started = time.monotonic()
            with MailServer(pause_s=0.01) as mail, bound(url):
                counts = rage(url, mail, valkey, plan)
            _say(kind, args.redis, counts, time.monotonic() - started)
    return counts.kept


def _say(kind: str, redis: str, counts: Counts, seconds: float) -> None:
    faults = ", ".join(f"{n} x {name}" for name, n in sorted(counts.faults.items())) or "none"
    _print(f"{kind}, Redis {redis}, {seconds:.0f} s; faults: {faults}")
    for name in _NAMES:
        _print(f"  {name.replace('_', ' '):<18} {getattr(counts, name):>7}")
    note = f"  (mails doubled may be at most {counts.kills}, a worker killed after the server accepted one)"
    _print(f"  {'kept' if counts.kept else 'NOT KEPT'}{note if counts.mails_doubled else ''}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _database(kind: str, place: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield SqliteServer(place).create_database()
        return
    server = EmbeddedPostgres()
    server.start()
    try:
        yield server.create_database()
    finally:
        server.stop()


@contextmanager
def _redis(choice: str, place: Path) -> Iterator[EmbeddedValkey | None]:
    binary = find_server() if choice == "embedded" else None
    if binary is None:
        yield None
        return
    server = EmbeddedValkey(binary, place / "valkey")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--events", type=int, default=200, help="cards to send (200)")
    parser.add_argument("--faults", type=int, default=24, help="faults while they are worked on (24)")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--redis", choices=("embedded", "none"), default="embedded")
    parser.add_argument("--seed", type=int, default=1, help="the order of the faults")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
