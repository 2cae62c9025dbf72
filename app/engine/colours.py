"""Can people read this colour, and which one near it can they?

Contrast as WCAG 2.2 counts it. An accent stands under white words and is the colour of links on white and on a wash of
itself, so it must reach 4.5 against both.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

ENOUGH = 4.5
WHITE = "#ffffff"
_WRITTEN = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_WASH = 0.12
_STRONG = 0.72
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens made of one accent, each ``#rrggbb``."""

    accent: str
    strong: str
    wash: str


def parsed(text: str) -> str:
    """``#0B5`` or ``0b5566`` as ``#rrggbb``; ``""`` when it is no colour."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return ""
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(sign * 2 for sign in digits))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(accent: str) -> Palette:
    """The tokens of an accent that is ``legible``."""
    return Palette(accent, _darker(accent, _STRONG), _mixed(accent, _WASH))


def legible(accent: str) -> bool:
    """Whether white words on it, and links of it on white and on its wash, can be read."""
    wash = palette(accent).wash
    return min(contrast(accent, WHITE), contrast(accent, wash)) >= ENOUGH


def nearest(accent: str) -> str:
    """The same hue, only as much darker as it must be to be legible."""
    for step in range(_STEPS + 1):
        found = _darker(accent, 1 - step / _STEPS)
        if legible(found):
            return found
    return "#000000"


def bytes_of(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in bytes_of(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _darker(colour: str, share: float) -> str:
    red, green, blue = (value / 255 for value in bytes_of(colour))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    return _written(colorsys.hls_to_rgb(hue, light * share, saturation))


def _mixed(colour: str, share: float) -> str:
    red, green, blue = (1 - share + share * value / 255 for value in bytes_of(colour))
    return _written((red, green, blue))


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in parts)
