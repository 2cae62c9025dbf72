"""What is one thing that changed, and where?"""

from __future__ import annotations

from dataclasses import dataclass

Where = tuple[tuple[str, str], ...]
"""Kind (``field``, ``state``, ``action`` ...) and name, the outermost first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed. ``code`` is added, removed, moved, changed, set, cleared, on, off, renumbered or meaning;
    ``subject`` is ``Class.attribute`` or the kind of thing that came or went; ``old`` and ``new`` are words."""

    where: Where
    code: str
    subject: str
    old: str = ""
    new: str = ""
