"""What did somebody answer, as values a rule can judge?

Answers are flat: ``{"persoon.geboorte": PartialDate(1941), "domeinen.wonen": "zorgen", "afspraken": (row, row)}``.
A key that is missing is blank: hidden means absent, so hidden fields have no key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day or the month may be unknown: ``1941``, ``1941-05``, ``1941-05-17``."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        """The earliest day it can be; what age() counts from."""
        return date(self.year, self.month or 1, self.day or 1)

    def isoformat(self) -> str:
        """``1941``, ``1941-05`` or ``1941-05-17``."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Address:
    """A Belgian address, free lines for a foreign one, or ``homeless`` for somebody without a fixed address."""

    street: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    town: str = ""
    homeless: bool = False
    free: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """``way``: drawn (``data`` is an SVG path of points, no pressure or speed), typed (``data`` is the name),
    paper (original kept, ``data`` says where) or spoken (``data`` names who noted it)."""

    way: str
    data: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Given or not, with the exact words shown.

    ``on``: the local day it was renewed or ended, none while it stands as it was sent. ``until``: the last day that a
    renewal gave it; ``how`` that was recorded (``consents.how.<how>``). ``ended``: it was given and is over, because it
    was ``withdrawn`` or ``expired``.
    """

    given: bool
    text: str = ""
    on: date | None = None
    until: date | None = None
    how: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class FileRef:
    """An uploaded file: ``id`` of its encrypted row, the original ``name`` as data only, sniffed ``kind``."""

    id: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person chosen in a field: ``kind`` resident, staff, volunteer or partner; ``id`` where there is one."""

    kind: str
    id: str
    name: str = ""


Scalar = str | int | Decimal | bool | date | time | PartialDate
Row = Mapping[str, "Value"]
Value = (
    str
    | int
    | bool
    | Decimal
    | date
    | time
    | PartialDate
    | Address
    | Signature
    | Consent
    | FileRef
    | PersonRef
    | tuple["Value", ...]
    | Mapping[str, "Value"]
)
Answers = Mapping[str, Value]
"""Choices and tags are tuples of option ids; availability a tuple of ``day.part``; a repeat a tuple of rows."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why an answer cannot be accepted: text ``errors.<code>`` with ``params``, or the author's own ``message``.

    ``field`` is the flat id; inside a repeat ``afspraken.0.wat``; ``""`` for the whole form.
    """

    field: str
    code: str
    params: tuple[tuple[str, str], ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``answers`` holds visible, well-formed answers and computed values; ``visible`` the ids that may be seen
    (a repeat's row fields as ``afspraken.0.wat``); ``warnings`` never block."""

    answers: Answers
    visible: frozenset[str]
    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it may be submitted."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class Moment:
    """``now`` in UTC and ``today`` in the municipality's zone: what age() and today() see."""

    now: datetime
    today: date
