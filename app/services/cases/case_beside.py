"""What stands beside a case: who reads along, who may never get it, papers of staff.

Ids are text. Dates are local to the municipality, instants aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a case is shared now. ``reason`` is empty for who may not read the content; no ``until``: no end."""

    account: str
    name: str
    basis: str
    since: datetime
    by: str
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody who may never get the case."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A paper that staff laid with a case; ``size`` in bytes."""

    id: str
    name: str
    kind: str
    size: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Along:
    """What a button does to one of the cases that belong to this one: presses ``button``, lets it be (``ended``), or
    cannot (``refused``)."""

    number: str
    state_label: str
    button: str = ""
    ended: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent as it stands on the page of a case; ``renewable``: it ends by itself."""

    name: str
    label: str
    given: bool
    renewable: bool
    shown: str
    until: date | None = None
    over: str = ""
    over_on: date | None = None
