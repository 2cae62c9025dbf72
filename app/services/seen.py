"""Did somebody else save what this page showed, while it stood open?

A page carries the mark of what it showed, and who saves gives it back. It is compared in the transaction that writes,
with the municipality held: of two who save over each other the second is told, and nothing is overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from app.services.errors import Conflict
from app.storage import json_codec

PAGE_CHANGED = "page_changed"
Shown = Mapping[str, str]
"""What a page shows of what it saves, in its order."""


def mark(shown: Shown) -> str:
    """Changes with what is shown; 32 characters."""
    return hashlib.sha256(json_codec.canonical(list(shown.items()))).hexdigest()[:32]


def is_new(now: Shown, wanted: Shown, seen: str | None) -> bool:
    """Whether there is something to write: not when it stands there already, as after the same press twice.

    ``now`` is what stands there, read while it is held. Raises ``Conflict`` (``page_changed``, with ``now`` as
    ``current``) when ``seen`` is the mark of something else; ``None`` is who looked at no page, a command.
    """
    if dict(now) == dict(wanted) and list(now) == list(wanted):
        return False
    if seen is not None and seen != mark(now):
        raise Conflict(PAGE_CHANGED, current=dict(now))
    return True
