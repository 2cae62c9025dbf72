"""Where does the picture in a JPEG end?

Nobody who looks at it sees what stands behind its end: the film a phone adds, or another file somebody put there.
"""

from __future__ import annotations

import re

BEGIN, END = b"\xff\xd8", b"\xff\xd9"
_SCAN = 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
"""The first marker after coded data: an escaped byte and what keeps a decoder in step belong to the data."""


def whole(content: bytes) -> int | None:
    """The length of the picture at the begin of ``content`` with its end marker; ``None`` when it is none."""
    if not content.startswith(BEGIN):
        return None
    return end_from(content, len(BEGIN))


def end_from(content: bytes, at: int) -> int | None:
    """The same for who read up to ``at``, where a marker stands."""
    while content[at : at + 1] == b"\xff" and at + 1 < len(content):
        marker = content[at + 1]
        if marker == END[1]:
            return at + 2
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
            if marker == _SCAN:
                found = _MARKER.search(content, at)
                at = found.start() if found else len(content)
    return None
