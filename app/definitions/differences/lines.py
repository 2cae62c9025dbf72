"""What changed in a text, line by line?"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

AROUND = 3


@dataclass(frozen=True, slots=True)
class Line:
    """``kind`` is same, added, removed or gap (lines left out); ``old`` and ``new`` count from 1, 0 where not there."""

    kind: str
    text: str
    old: int = 0
    new: int = 0


def line_difference(old: str, new: str) -> tuple[Line, ...]:
    """The lines that changed with a few around them; nothing when the texts are the same."""
    before, after = old.splitlines(), new.splitlines()
    groups = difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND)
    found: list[Line] = []
    for group in groups:
        if found:
            found.append(Line("gap", ""))
        for tag, a, b, c, d in group:
            if tag == "equal":
                found += [Line("same", before[a + n], a + n + 1, c + n + 1) for n in range(b - a)]
            else:
                found += [Line("removed", before[n], old=n + 1) for n in range(a, b)]
                found += [Line("added", after[n], new=n + 1) for n in range(c, d)]
    return tuple(found)
