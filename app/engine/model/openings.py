"""How is one form reached?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """``closed_until`` is when it opens again (``None``: when somebody opens it); ``sentence`` is read meanwhile.

    ``word`` is its short address; ``origins`` may show it in a frame.
    """

    form: str
    closed_from: datetime | None = None
    closed_until: datetime | None = None
    sentence: str = ""
    word: str = ""
    origins: tuple[str, ...] = ()

    def is_closed(self, now: datetime) -> bool:
        """Whether somebody who comes now finds it closed."""
        if self.closed_from is None or now < self.closed_from:
            return False
        return self.closed_until is None or now < self.closed_until

    def will_close(self, now: datetime) -> bool:
        """Whether a closing is planned that has not begun."""
        return self.closed_from is not None and now < self.closed_from
