"""``python -m tests.chaos``: kill, flush and restart everything while people work, and count what was lost.

Without options the whole matrix: 10,000 submissions and actions under 500 faults on postgresql+valkey, sqlite+valkey
and sqlite+none, 1,000 under 60 on the other three. Ends with 1 when a promise was not kept, with 2 when a cell could
not run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.cli.embedded import EmbeddedValkey, find_server
from tests.chaos.reckoning import Counts
from tests.chaos.scene import Scene, staffed
from tests.chaos.storm import Plan, rage
from tests.support.bound import bound
from tests.support.databases import SqliteServer
from tests.support.mail_server import MailServer
from tests.support.postgres import EmbeddedPostgres, PostgresUnavailable

BROKEN, NOT_RUN = 1, 2
PAUSE_S = 0.003
"""Between keeping a mail and saying so: about what a mail server nearby takes."""
FULL, REST = (10_000, 500), (1_000, 60)


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination, and how large it is in the matrix."""

    database: str
    redis: str
    events: int
    faults: int

    @property
    def name(self) -> str:
        """As it is asked for."""
        return f"{self.database}+{self.redis}"


MATRIX = (
    Cell("sqlite", "none", *FULL),
    Cell("postgresql", "valkey", *FULL),
    Cell("sqlite", "valkey", *FULL),
    Cell("postgresql", "redis", *REST),
    Cell("postgresql", "none", *REST),
    Cell("sqlite", "redis", *REST),
)


class CannotRun(Exception):
    """Something this cell needs is not on this machine; the text says what."""


def main() -> int:
    """Run the cells asked for, one after the other."""
    args = _arguments()
    worst = 0
    for cell in MATRIX:
        if args.cell and cell.name not in args.cell:
            continue
        events = cell.events if args.events is None else args.events
        count = cell.faults if args.faults is None else args.faults
        try:
            kept = _one(cell, Plan(events, count, args.seed), keep=args.keep)
            worst = max(worst, 0 if kept else BROKEN)
        except (PostgresUnavailable, CannotRun, TimeoutError) as problem:
            _print(f"{cell.name}: NOT KEPT, not finished: {type(problem).__name__}: {problem}")
            worst = max(worst, BROKEN if isinstance(problem, TimeoutError) else NOT_RUN)
    return worst


def _one(cell: Cell, plan: Plan, *, keep: str) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="meernet-chaos-"))
    began = datetime.now(UTC)  # noqa: TID251 - when this was
    started = time.monotonic()
    _print(
        f"{cell.name}, seed {plan.seed}, {began:%Y-%m-%d %H:%M} UTC: {plan.events} events, {plan.faults} faults"
    )
    try:
        with _scene(cell, folder) as scene, bound(scene.url):
            counts = rage(scene, plan)
        _say(counts, time.monotonic() - started)
        return counts.kept
    finally:
        if keep:
            shutil.copytree(
                folder, Path(keep) / f"{cell.name}-{plan.seed}", dirs_exist_ok=True, ignore=_unneeded
            )
        shutil.rmtree(folder, ignore_errors=True)


def _unneeded(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(".sock")}


def _say(counts: Counts, seconds: float) -> None:
    _print(f"  faults: {counts.faults.total()}: {_listed(counts.faults)}")
    _print(f"  clients met: {_listed(counts.met)}")
    _print(
        f"  acknowledged {counts.events}: {counts.cards} cards, {counts.intakes} intakes, {counts.actions} actions;"
        f" {counts.timers_fired} timers fired, {counts.mails} mails"
    )
    for name, count in counts.broken.items():
        _print(f"  {name:<26} {count:>6}")
    per_thousand = 1000 * counts.mails_doubled / max(1, counts.mails)
    _print(f"  {'mails doubled':<26} {counts.mails_doubled:>6}  ({per_thousand:.2f} in 1,000)")
    for trouble in counts.troubles:
        _print(f"  trouble: {trouble}")
    work, until_quiet = counts.seconds
    _print(f"  {work:.0f} s under fire, {until_quiet:.0f} s until all was done, {seconds:.0f} s in all")
    _print(f"  {'kept' if counts.kept else 'NOT KEPT'}")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} x {name}" for name, count in sorted(counts.items())) or "none"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _scene(cell: Cell, folder: Path) -> Iterator[Scene]:
    with _database(cell.database, folder) as (url, server), _redis(cell.redis, folder / "redis") as redis:
        staffed(url)
        with MailServer(pause_s=PAUSE_S) as mail:
            yield Scene(url, folder, mail, redis, folder / "redis", server)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, EmbeddedPostgres | None]]:
    if kind == "sqlite":
        yield SqliteServer(folder).create_database(), None
        return
    server = EmbeddedPostgres(durable=True)
    server.start()
    try:
        yield server.create_database(), server
    finally:
        server.stop()


@contextmanager
def _redis(choice: str, folder: Path) -> Iterator[EmbeddedValkey | None]:
    if choice == "none":
        yield None
        return
    found = shutil.which("redis-server") if choice == "redis" else find_server()
    if not found:
        raise CannotRun(
            "there is no redis-server on the path" if choice == "redis" else "there is no valkey-server"
        )
    server = EmbeddedValkey(Path(found), folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument(
        "--cell", action="append", choices=[cell.name for cell in MATRIX], help="only this one"
    )
    parser.add_argument("--events", type=int, help="submissions and actions (10,000 or 1,000)")
    parser.add_argument("--faults", type=int, help="faults meanwhile (500 or 60); 0: a calm run")
    parser.add_argument("--seed", type=int, default=1, help="the order of the faults")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="keep logs and database here")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
