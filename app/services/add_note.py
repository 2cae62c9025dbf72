"""How is something written down on a case without moving it?"""

from __future__ import annotations

from app.engine.policy import Actor

LONGEST_NOTE = 4000


def add(actor: Actor, case_id: str, text: str) -> None:
    """Add a note to the history; sealed, class 3. Raises Invalid when empty or longer than ``LONGEST_NOTE``."""
    raise NotImplementedError
