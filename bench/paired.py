"""How much CPU does one thing take compared with another? In turn, so that drift falls on both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


def _nothing(_calls: int) -> None:
    """Nothing has to be ready."""


@dataclass(frozen=True, slots=True)
class Side:
    """``call`` is timed; ``prepare`` is told beforehand, outside the clock, how many calls are coming."""

    call: Callable[[], object]
    prepare: Callable[[int], None] = _nothing


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds per call: CPU of this process (user and system), and by the clock on the wall."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Paired:
    """Medians over the batches, the median of the batch-wise CPU ratios, and how far those ratios lie apart."""

    control: Spent
    product: Spent
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: ``batches`` of ``calls`` each; ``product_calls`` where one call takes very little."""

    batches: int
    calls: int
    product_calls: int


def measure(control: Side, product: Side, effort: Effort) -> Paired:
    """Warm both up with one batch, then let them take turns; low and high are quartiles."""
    _batch(control, effort.calls), _batch(product, effort.product_calls)
    pairs = [
        (_batch(control, effort.calls), _batch(product, effort.product_calls)) for _ in range(effort.batches)
    ]
    ratios = sorted(second.cpu / first.cpu for first, second in pairs)
    return Paired(
        control=_median([first for first, _ in pairs]),
        product=_median([second for _, second in pairs]),
        ratio=statistics.median(ratios),
        low=ratios[len(ratios) // 4],
        high=ratios[-1 - len(ratios) // 4],
    )


def _median(spent: list[Spent]) -> Spent:
    return Spent(statistics.median(one.cpu for one in spent), statistics.median(one.wall for one in spent))


def _batch(side: Side, calls: int) -> Spent:
    side.prepare(calls)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        side.call()
    return Spent((time.process_time() - cpu) / calls * 1000, (time.perf_counter() - wall) / calls * 1000)
