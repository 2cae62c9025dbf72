"""What is said of a set of definitions."""

from __future__ import annotations

from dataclasses import dataclass, field


class Broken(Exception):
    """A guarantee is broken: nothing more needs to be tried."""


@dataclass(slots=True)
class Verdict:
    """``broken``: guarantee -> where; ``whole`` when every combination of answers was tried; ``blind`` where a gate
    waits for what a press or somebody else tells, which is not played."""

    broken: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    blind: bool = False

    def say(self, guarantee: str, where: str) -> None:
        """That a guarantee is broken somewhere; one is enough."""
        self.broken[guarantee] = where
        raise Broken
