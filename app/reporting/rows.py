"""What does a report know of one case? Only what may be counted: no name, no text, no date of birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. Ids as in the definitions; ``neighbourhood`` is ``""`` when unknown.

    ``domains`` are the life domains in which the case has a question or worry; ``waited`` the working days from
    receipt to the first conversation, ``None`` while there has been none.
    """

    form: str
    neighbourhood: str
    received: date
    domains: tuple[str, ...] = ()
    waited: int | None = None
    ended: bool = False
    means: str = ""
