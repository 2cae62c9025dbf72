"""How long do the shipped reports take over a million cases, and how much memory? Each in a process of its own.

The lines are drawn over what each report may hold, and go into the store as those of the database do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from app.definitions.model.reports import TIMES, PeriodLength, Report
from app.engine.reported import AMOUNT, COUNTS, FLAG, IN, PART, PLACE, columns_of
from app.reporting.compute import compute
from app.reporting.results import Axis, Period
from app.reporting.rows import joined_months
from app.reporting.store import KEY, Index, writing
from app.services.reports.lines import part_of
from app.services.reports.report_examples import axes_in
from bench.checking import Line
from bench.million import HIGHEST_MB, HIGHEST_S, MILLION, MONTHS, PLACES, peak_mb, store
from tests.support.shipped import catalog

YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))


def lines() -> Iterator[Line]:
    """Fill a store for each report and read it; the ratio to the budget stands in the note."""
    for ref in catalog().reports:
        with tempfile.TemporaryDirectory() as folder:
            for what in ("fill", "read"):
                command = [sys.executable, "-m", "bench.reports", what, ref, folder]
                ended = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(ended.stdout)
            note = f"ratio {found['cpu'] / HIGHEST_S:.2f}; {found['mb']:.0f} MB, ratio {found['mb'] / HIGHEST_MB:.2f}"
            yield Line(f"report {ref} over {MILLION:,} cases, CPU", found["cpu"], HIGHEST_S, note)


def _report(ref: str) -> tuple[Report, dict[str, Axis]]:
    """A shipped report read over a year, with places as a municipality has them."""
    report = replace(catalog().reports[ref], period=PeriodLength.YEAR)
    axes = axes_in(catalog(), report, YEAR)
    for name, axis in axes.items():
        if name == "neighbourhood":
            axes[name] = replace(axis, keys={place: place for place in PLACES})
    return report, axes


def _fill(ref: str, folder: Path) -> None:
    report, axes = _report(ref)
    chance = np.random.default_rng(1)
    with writing(folder):
        kept, index = store(folder), Index(1)
        for month in range(MONTHS):
            size = MILLION // MONTHS
            kept.put(index, part_of(f"2026-{month + 1:02}", ref), _drawn(report, axes, chance, size))
        kept.commit(index)


def _drawn(report: Report, axes: dict[str, Axis], chance: np.random.Generator, size: int) -> pd.DataFrame:
    """Few of the lines of each dimension have most, as life is."""
    found: dict[str, object] = {KEY: chance.integers(0, 2**60, size)}
    for item in report.dimensions:
        keys = [key for key in axes[item.id].keys if key]
        if item.many:
            found |= {f"{PLACE}{item.id}{FLAG}{key}": chance.random(size) < 0.2 for key in keys}
        elif item.by not in TIMES:
            codes = np.minimum(chance.exponential(len(keys) / 4, size).astype(int), len(keys) - 1)
            found[f"{PLACE}{item.id}"] = pd.Categorical.from_codes(codes, categories=keys)
    for measure in report.measures:
        inside = chance.random(size) < 0.7
        for name in (IN, PART, *(step.id for step in measure.steps)):
            found[f"{COUNTS}{measure.id}{FLAG}{name}"] = inside
            inside = inside & (chance.random(size) < 0.6)
        if measure.measured:
            amounts = chance.integers(0, 15, size).astype(float)
            found[f"{AMOUNT}{measure.id}"] = np.where(chance.random(size) < 0.8, amounts, np.nan)
    return pd.DataFrame(found)


def _read(ref: str, folder: Path) -> str:
    report, axes = _report(ref)
    cpu = time.process_time()
    kept = store(folder)
    index = kept.index()
    wanted = columns_of(report)
    frame = joined_months((part[:7], kept.read(index, part, wanted)) for part in sorted(index.parts))
    made = compute(report, frame, YEAR, axes=axes)
    return json.dumps({"cpu": time.process_time() - cpu, "mb": peak_mb(), "tables": len(made.tables)})


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        _fill(sys.argv[2], Path(sys.argv[3]))
    else:
        print(_read(sys.argv[2], Path(sys.argv[3])))
