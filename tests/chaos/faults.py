"""What goes wrong in a chaos run, and in which order?

Each kind has a weight; cheap ones happen often. With few faults each kind happens at least once as far as they go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from tests.chaos.scene import Scene

AHEAD, BACK = timedelta(hours=5), timedelta(hours=-2)


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind: what is done, and how often of all."""

    name: str
    do: Callable[[], None]
    weight: int


def kinds(scene: Scene) -> list[Fault]:
    """All that can happen on this scene."""
    found = [
        Fault("web process killed", scene.kill_web_process, 120),
        Fault("web server killed whole", scene.web.restart, 3),
        Fault("worker killed whole", scene.kill_worker, 20),
        Fault("clock ahead 5 h", lambda: scene.ahead(AHEAD), 30),
        Fault("clock back 2 h", lambda: scene.ahead(BACK), 12),
        Fault("worker stopped beyond its lease", scene.pause_worker, 8),
        Fault("mail server says later", scene.refuse_mail, 10),
    ]
    if scene.redis:
        found += [
            Fault("RQ process killed", scene.kill_horse, 100),
            Fault("sweep killed alone", scene.kill_sweep, 25),
            Fault("Redis flushed", scene.flush, 90),
            Fault("Redis killed, data gone", scene.kill_redis, 50),
        ]
    else:
        found.append(Fault("sweep killed alone", scene.kill_sweep, 40))
    if scene.postgres:
        found.append(Fault("PostgreSQL crashed", scene.crash_postgres, 25))
    return found


def in_order(found: list[Fault], count: int, seed: int) -> list[Fault]:
    """``count`` faults: one of each kind first, the others by weight, in an order that ``seed`` fixes."""
    chance = Random(seed)  # noqa: S311 - only an order
    once = chance.sample(found, min(count, len(found)))
    others = chance.choices(found, [fault.weight for fault in found], k=count - len(once))
    chosen = once + others
    chance.shuffle(chosen)
    return chosen
