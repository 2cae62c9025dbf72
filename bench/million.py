"""How long does a report over a million cases take, and how much memory? In a process of its own, so that its peak is
its own.

The cases are drawn, and go into the store as those of the database do (``CaseRow``, ``Store.replace``, sealed with
AES-256-GCM); only that their answers were opened is left out, which has a line of its own.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.reporting.overview import COLUMNS, WAIT_BANDS, overview
from app.reporting.releases import Axis, release
from app.reporting.rows import CaseRow, joined
from app.reporting.store import CASES, Index, Lock, Store, writing
from bench.checking import Line

MILLION, MONTHS = 1_000_000, 12
FORMS = tuple(f"formulier_{at}" for at in range(25))
PLACES = tuple(f"buurt_{at}" for at in range(40))
DOMAINS = tuple(f"domein_{at}" for at in range(9))
HIGHEST_S, HIGHEST_MB, HIGHEST_ROW_S = 1.0, 450, 120e-6
_KEY = AESGCM(bytes(32))


def lines() -> Iterator[Line]:
    """Fill a store, then make the report of twelve months, and a release, each in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        _fill(Path(folder), MILLION)
        spent = (time.process_time() - begun) / MILLION
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet")) // 1_000_000
        yield Line(
            "a case into the store of reports", spent, HIGHEST_ROW_S, f"{size} MB for {MILLION:,}, sealed"
        )
        for what, budget in (("report", HIGHEST_S), ("release", None)):
            found = _apart(what, folder)
            note = f"{found['note']}; peak {found['mb']:.0f} MB, of which libraries {found['import_mb']:.0f}"
            yield Line(f"{what} over {MILLION:,} cases, CPU", found["cpu"], budget, note)
            yield Line(f"{what} over {MILLION:,} cases, by the clock", found["wall"], budget, "")
            if what == "report":
                yield Line("its memory, in MB", found["mb"], HIGHEST_MB, "not seconds")


def _fill(folder: Path, count: int) -> None:
    chance = random.Random(1)
    with writing(folder):
        kept, index = store(folder), Index(1)
        for month in range(MONTHS):
            rows = [
                row.columns() for row in _cases(chance, month, count // MONTHS + (month < count % MONTHS))
            ]
            kept.replace(index, f"2026-{month + 1:02}/{CASES}", rows)
        kept.commit(index)


def _cases(chance: random.Random, month: int, count: int) -> Iterator[CaseRow]:
    """Skewed as life is: few forms and places have most."""
    first = date(2026, month + 1, 1)
    for _ in range(count):
        yield CaseRow(
            form=FORMS[min(int(chance.expovariate(0.2)), len(FORMS) - 1)],
            neighbourhood=PLACES[min(int(chance.expovariate(0.08)), len(PLACES) - 1)],
            received=first + timedelta(days=chance.randrange(28)),
            domains=tuple(domain for domain in DOMAINS if chance.random() < 0.2),
            waited=chance.randrange(15) if chance.random() < 0.8 else None,
            ended=chance.random() < 0.6,
            key=chance.getrandbits(60),
            contact_point="onthaal",
            workflow="opvolging",
            state="open",
        )


def store(folder: Path) -> Store:
    def sealed(name: str, plain: bytes) -> bytes:
        nonce = os.urandom(12)
        return nonce + _KEY.encrypt(nonce, plain, name.encode())

    def opened(name: str, content: bytes) -> bytes:
        return _KEY.decrypt(content[:12], content[12:], name.encode())

    return Store(folder, Lock(sealed, opened))


def _apart(what: str, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.million", what, folder]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout)
    return found


def peak_mb() -> float:
    """Of this process alone: on Linux ``getrusage`` begins with what the parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _read(folder: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    kept = store(folder)
    index = kept.index()
    return joined([kept.read(index, part, columns) for part in sorted(index.parts)], columns)


def _report(folder: Path) -> str:
    months = {f"2026-{month + 1:02}": "" for month in range(MONTHS)}
    forms, places, domains = ({ref: ref for ref in group} for group in (FORMS, PLACES, DOMAINS))
    bands = {band: band for band in WAIT_BANDS}
    made = overview(
        _read(folder, COLUMNS),
        forms=forms,
        domains=domains,
        neighbourhoods=places,
        months=months,
        bands=bands,
    )
    return f"{len(made.tables)} tables, total {made.tables[0].total:,}"


def _release(folder: Path) -> str:
    """All tables by two of form, place and month."""
    data = _read(folder, ("form", "neighbourhood", "month"))
    months = tuple(f"2026-{month + 1:02}" for month in range(MONTHS))
    axes = (Axis("form", FORMS), Axis("neighbourhood", PLACES), Axis("month", months))
    codes = [pd.Categorical(data[axis.name], categories=list(axis.keys)).codes for axis in axes]
    shape = tuple(len(axis.keys) for axis in axes)
    cells = np.ravel_multi_index([code.astype(np.int64) for code in codes], shape)
    counts = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
    made = release("bench", "2026", axes, counts)
    numbers = [count for table in made.tables.values() for count in table.values()]
    hidden = sum(count is None for count in numbers)
    return f"{len(numbers):,} numbers in {len(made.tables)} tables, {hidden} hidden"


def main() -> None:
    """One measurement in this process, as JSON."""
    before, cpu, wall = peak_mb(), time.process_time(), time.perf_counter()
    note = {"report": _report, "release": _release}[sys.argv[1]](Path(sys.argv[2]))
    spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({**spent, "mb": peak_mb(), "import_mb": before, "note": note}))


if __name__ == "__main__":
    main()
