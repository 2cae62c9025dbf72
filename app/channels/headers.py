"""Which text may stand in a header or name a recipient?

``email`` of Python 3.11 decodes encoded words inside a subject and writes what comes out as header lines of its own
(CVE-2024-6923), and reads two recipients in one address. So nothing doubtful gets as far as that library.
"""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
"""One plain address; no display name, no comment, no quoted part, no list."""
LONGEST_ADDRESS = 254
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_BODY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ENCODED_WORD = "=?"


class UnsafeText(Exception):
    """A text could change the shape of a message; ``part`` says which (``subject``, ``to``), never what it was."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def address(text: str, part: str = "to") -> str:
    """``text`` when it is exactly one plain address. Raises ``UnsafeText``."""
    if len(text) > LONGEST_ADDRESS or _ENCODED_WORD in text or not ADDRESS.fullmatch(text):
        raise UnsafeText(part)
    return text


def header_text(text: str, part: str) -> str:
    """``text`` when it fits on one header line and means only itself. Raises ``UnsafeText``."""
    if _CONTROL.search(text) or _ENCODED_WORD in text:
        raise UnsafeText(part)
    return text


def body_text(text: str) -> str:
    """``text`` with plain line ends when it holds no control character but tab and line end. Raises ``UnsafeText``."""
    plain = text.replace("\r\n", "\n")
    if _CONTROL_IN_BODY.search(plain) or _ENCODED_WORD in plain:
        raise UnsafeText("text")
    return plain
