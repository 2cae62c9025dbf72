"""How does one outbox row become an effect, once?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What messages need to know of this installation. ``base_url`` has no slash at its end; ``sender`` is an address;
    ``host`` stands in Message-IDs."""

    mail_url: str = "catchall:"
    base_url: str = "http://localhost:8000"
    sender: str = "geen-antwoord@meernet.example"
    host: str = "meernet.example"


def configure(outgoing: Outgoing) -> None:
    """Say once, at start, how messages leave."""
    raise NotImplementedError


def deliver(municipality: str, outbox_ids: Iterable[int]) -> int:
    """Do these rows if they are due and free; how many were done. Never raises for a row's own failure."""
    raise NotImplementedError
