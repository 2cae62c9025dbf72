"""How wide is a text, roughly, when nobody can ask the browser?

Widths of a common sans-serif type in parts of its size, rounded up: a box is rather too wide than too narrow.
"""

from __future__ import annotations

_NARROW = frozenset("iIjl.,;:'|!()[]ft-r ")
_WIDE = frozenset("mwMWQOGDHNU@%&—…→↻")
_THIN, _USUAL, _BROAD = 0.37, 0.6, 0.9
BOLD = 1.14


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of ``text`` set at ``size``, in the same unit."""
    parts = (_THIN if sign in _NARROW else _BROAD if sign in _WIDE else _USUAL for sign in text)
    return sum(parts) * size * (BOLD if bold else 1.0)


def wrapped(text: str, width: float, size: float, *, most: int = 3, bold: bool = False) -> tuple[str, ...]:
    """``text`` in at most so many lines of at most ``width``; what does not fit ends in three dots."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_cut(line, width, size, bold=bold) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{lines[most - 1]}…", width, size, bold=bold)
    return tuple(kept)


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= width:
        return line
    bare = line.removesuffix("…")
    while bare and width_of(f"{bare}…", size, bold=bold) > width:
        bare = bare[:-1]
    return f"{bare.rstrip()}…"
