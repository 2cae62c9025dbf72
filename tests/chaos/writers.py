"""``python -m tests.chaos.writers``: eight processes write to one SQLite file through the services, and are killed.

Afterwards every acknowledged card and note is there, once; nobody was told that the database is locked; the file is
sound, and so is every history. Ends with 1 when a promise was not kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import sqlalchemy as sa

from app.storage import history, ids, task_counts
from app.storage.database import Transaction, transaction
from app.storage.models import METADATA
from tests.chaos import processes
from tests.chaos.processes import Server
from tests.support.bound import MUNICIPALITY, bound
from tests.support.databases import SqliteServer
from tests.support.town import peopled, send_card

BEGINS_WITHIN_S = 120.0
_TABLES = METADATA.tables


@dataclass(frozen=True, slots=True)
class Found:
    """What was there afterwards. Everything from ``refused`` on must be 0."""

    cards: int
    notes: int
    kills: int
    refused: int
    lost: int
    doubled: int
    broken: int

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not any((self.refused, self.lost, self.doubled, self.broken))


def run(url: str, folder: Path, *, kills: int, writes: int) -> Found:
    """Write, kill ``kills`` times, go on until ``writes`` cards and notes were acknowledged since, and count.

    Called inside ``bound(url)``.
    """
    said = folder / "said"
    said.mkdir()
    case = send_card().case
    environment = {"WRITERS_DATABASE": url, "WRITERS_SAID": str(said), "WRITERS_CASE": case}
    server = Server(("tests.chaos.run_writers",), environment, folder / "writers.log")
    chance = Random(kills)  # noqa: S311 - only who is next
    try:
        server.start()
        for kill in range(kills):
            _until(said, more=1 + kill)
            alive = server.children()
            processes.kill([chance.choice(alive).pid] if alive else [])
        _until(said, more=len(_lines(said)) + writes)
        code = server.stop()
    finally:
        server.end()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return _count(tx, _lines(said), case, kills=kills, code=code)


def _count(tx: Transaction, lines: list[list[str]], case: str, *, kills: int, code: int) -> Found:
    told = Counter(line[0] for line in lines)
    lost, doubled = _cards(tx, {token: number for kind, token, number in lines if kind == "card"})
    entries = history.entries(tx, ids.from_text(case), limit=1_000_000)
    notes = Counter(entry.content["text"] for entry in entries if entry.code == "note")
    lost += sum(notes[token] == 0 for kind, token, _ in lines if kind == "note")
    doubled += sum(times - 1 for times in notes.values())
    streams = tx.execute(sa.select(_TABLES["event"].c.stream).distinct()).scalars().all()
    broken = sum(history.verify(tx, stream) is not None for stream in streams if stream)
    broken += len(task_counts.recount(tx)) + code
    broken += tx.scalar(sa.text("PRAGMA integrity_check")) != "ok"
    return Found(told["card"], told["note"], kills, told["!"], lost, doubled, broken)


def _cards(tx: Transaction, promised: dict[str, str]) -> tuple[int, int]:
    """How many acknowledged cards are not there under the number that was told, how many more than once."""
    case, submission = _TABLES["cases"].c, _TABLES["submission"].c
    query = sa.select(submission.token, case.number).join(_TABLES["cases"], case.submission == submission.id)
    found = [(token, number) for token, number in tx.execute(query)]
    there = set(found)
    twice = Counter(token for token, _ in found).total() - len({token for token, _ in found})
    return sum(item not in there for item in promised.items()), twice


def _lines(said: Path) -> list[list[str]]:
    """Everything that was said; a line that a kill cut off was said to nobody."""
    found = [line for file in said.iterdir() for line in file.read_text().split("\n")[:-1]]
    return [line.split() for line in found]


def _until(said: Path, *, more: int) -> None:
    deadline = time.monotonic() + BEGINS_WITHIN_S
    while len(_lines(said)) < more:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(_lines(said))} writes, not {more}")
        time.sleep(0.05)


def main() -> int:
    """Run it on a file of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.writers", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--writes", type=int, default=2000, help="after the last kill")
    args = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="meernet-writers-") as folder:
        url = SqliteServer(Path(folder)).create_database()
        peopled(url)
        with bound(url):
            found = run(url, Path(folder), kills=args.kills, writes=args.writes)
    sys.stdout.write(f"{found}\n{'kept' if found.kept else 'NOT KEPT'}, {time.monotonic() - started:.0f} s\n")
    return 0 if found.kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
