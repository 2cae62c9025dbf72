"""What happens to cards, intakes and presses of buttons while everything is killed, and is anything lost?

Clients talk to real web processes over HTTP, workers follow up; faults come as the clients get on. Afterwards the clock
jumps ahead a month, everything that is due by then is waited for, and ``reckoning`` counts.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from app.storage import clock
from tests.chaos import faults, reckoning
from tests.chaos.clients import Crowd
from tests.chaos.ledger import Work
from tests.chaos.reckoning import Counts
from tests.chaos.scene import ENDS_AT, Scene

QUIET_WITHIN_S = 300.0
LATER_S = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How many submissions and actions, how many faults meanwhile, in which order."""

    events: int
    faults: int
    seed: int = 1


def rage(scene: Scene, plan: Plan) -> Counts:
    """Work, break, wait until nothing is due any more, count.

    Called inside ``bound(scene.url)``. Raises TimeoutError when it never becomes quiet.
    """
    crowd = Crowd(scene.port, Work.of(plan.events), plan.seed)
    done: Counter[str] = Counter()
    with scene.running():
        started = time.monotonic()
        crowd.start()
        chance = Random(plan.seed)  # noqa: S311 - only when
        chosen = faults.in_order(faults.kinds(scene), plan.faults, plan.seed)
        for place, fault in enumerate(chosen, start=1):
            _until(lambda place=place: _got(crowd, place / (plan.faults + 1)), crowd)  # type: ignore[misc]
            time.sleep(chance.uniform(0, LATER_S))  # or it always hits what an acknowledgement sets going
            scene.note(f"{crowd.ledger.count} done, {fault.name}")
            fault.do()
            done[fault.name] += 1
        _until(lambda: crowd.ended, crowd)
        worked = time.monotonic() - started
        scene.all_paused_went_on()
        scene.ahead(ENDS_AT - scene.clock.now)
        clock.configure(shift=scene.clock.shift, movable=True)
        _until_quiet(scene)
        code = scene.workers.stop()
    return reckoning.reckon(
        scene, crowd, faults=done, code=code, seconds=(worked, time.monotonic() - started)
    )


def _got(crowd: Crowd, share: float) -> bool:
    """Whether the clients got so far, or as far as they ever will."""
    return crowd.ended or crowd.ledger.count >= share * crowd.work.events


def _until(reached: Callable[[], bool], crowd: Crowd) -> None:
    """Wait; every bit of progress gives it more time."""
    before, deadline = -1, 0.0
    while not reached():
        if crowd.ledger.count != before:
            before, deadline = crowd.ledger.count, time.monotonic() + QUIET_WITHIN_S
        if time.monotonic() > deadline:
            raise TimeoutError(f"the clients stand still after {before}")
        time.sleep(0.02)


def _until_quiet(scene: Scene) -> None:
    before, deadline = -1, 0.0
    while waiting := scene.waiting():
        if waiting != before:
            before, deadline = waiting, time.monotonic() + QUIET_WITHIN_S
        if time.monotonic() > deadline:
            raise TimeoutError(f"{waiting} promises are never kept")
        time.sleep(0.3)
