"""What was promised to the clients? Every acknowledgement they were given, and what they were to do."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml

WORKFLOW = Path(__file__).resolve().parents[2] / "workflows" / "warme_doorverwijzing.yaml"
CHAINS = (
    ("bereikt",),
    ("bereikt",),
    (),
    ("bereikt",),
    ("bereikt", "wacht_bewoner", "verder", "wacht_partner", "verder"),
)
"""What is done to each card in turn; the third is left alone, so that all its timers ring."""
CLAIM = "claim"
INTAKE_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Work:
    """So many cards and intakes; the actions follow from ``CHAINS``."""

    cards: int
    intakes: int

    @classmethod
    def of(cls, events: int) -> Work:
        """About ``events`` submissions and actions, never fewer."""
        intakes = max(1, round(events * INTAKE_SHARE))
        cards = 0
        while Work(cards, intakes).events < events:
            cards += 1
        return cls(cards, intakes)

    @property
    def events(self) -> int:
        """Submissions and actions together."""
        return self.cards + self.intakes + sum(len(chain_of(number)) for number in range(self.cards))


def kind_of(number: int) -> int:
    """Which of the four kinds of card the ``number``-th is; see ``clients.KINDS``."""
    return number // len(CHAINS) % 4


def chain_of(number: int) -> tuple[str, ...]:
    """What is done to the ``number``-th card."""
    chain = CHAINS[number % len(CHAINS)]
    return (CLAIM, *chain) if chain and kind_of(number) == GROUP else chain


GROUP = 3
"""The kind of card that waits in a group's list until somebody takes it."""


@dataclass
class Ledger:
    """Acknowledgements, by all clients together."""

    cards: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Form token -> number and id of the case."""
    intakes: dict[str, str] = field(default_factory=dict)
    """Form token -> number."""
    actions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Id of a case -> the labels of the buttons, in order."""
    claims: Counter[str] = field(default_factory=Counter)
    untouched: dict[str, int] = field(default_factory=dict)
    """Cases nobody does anything with, and which kind of card each came from."""
    troubles: list[str] = field(default_factory=list)
    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def card(self, token: str, number: str, case: str) -> None:
        """A card came in."""
        with self._lock:
            self.cards[token] = (number, case)
            self.count += 1

    def intake(self, token: str, number: str) -> None:
        """An intake came in."""
        with self._lock:
            self.intakes[token] = number
            self.count += 1

    def acted(self, case: str, action: str) -> None:
        """A button was pressed, or a task claimed."""
        with self._lock:
            if action == CLAIM:
                self.claims[case] += 1
            else:
                self.actions[case].append(LABELS[action])
            self.count += 1

    def trouble(self, text: str) -> None:
        """A client could not do what it was to do."""
        with self._lock:
            self.troubles.append(text)


def _labels() -> dict[str, str]:
    states = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["states"]
    return {
        name: action["label"]
        for state in states.values()
        for name, action in state.get("actions", {}).items()
    }


LABELS = _labels()
