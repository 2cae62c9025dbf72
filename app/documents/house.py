"""What stands on every document: who it is from, in which colour, on which day?"""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import date

import segno
from babel.dates import format_date

DEFAULT_ACCENT = "#0b5563"
MASK = 3
MIME = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class House:
    """The municipality as it signs. ``logo`` is an SVG made by :func:`picture`; ``lines`` its address, if known."""

    name: str
    service: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    accent: str = DEFAULT_ACCENT
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person to call. ``photo`` is an SVG made by :func:`picture`."""

    name: str
    function: str = ""
    phone: str = ""
    photo: str = ""


_TURNS = ("", "matrix(-1 0 0 1 {s} 0)", "rotate(180 {h} {h})", "matrix(1 0 0 -1 0 {s})", "matrix(0 1 1 0 0 0)",
          "rotate(90 {h} {h})", "matrix(0 -1 -1 0 {s} {s})", "rotate(270 {h} {h})")  # fmt: skip
"""What a picture needs that a camera held in the ways 1 to 8 of EXIF took; ``s`` its side, ``h`` half of it."""


def picture(
    kind: str, content: bytes, width: int, height: int, *, fill: bool = False, turned: int = 1
) -> str:
    """A picture as SVG, the one shape in which it can travel with the text. ``kind`` is png, jpg or webp; ``fill``
    covers the whole of ``width`` x ``height`` (any unit) and cuts off what sticks out; one that is ``turned`` must be
    square and filled."""
    fits = "xMidYMid slice" if fill else "xMinYMid meet"
    held = _TURNS[turned - 1].format(s=width, h=width / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<g transform="{held}"><image width="{width}" height="{height}" preserveAspectRatio="{fits}" '
        f'href="data:{MIME[kind]};base64,{b64encode(content).decode()}"/></g></svg>'
    )


def qr(link: str) -> str:
    """``link`` as a QR code in SVG; a quarter of it may be dirty or torn and it still opens.

    Always with the same mask: every reader takes each of the eight, and finding the handsomest took four fifths of the
    time.
    """
    made = io.BytesIO()
    plain = {"xmldecl": False, "border": 0, "omitsize": True, "svgclass": None, "lineclass": None}
    segno.make(link, error="q", micro=False, mask=MASK).save(made, kind="svg", **plain)
    return made.getvalue().decode()


def day(value: date) -> str:
    """``maandag 9 november 2026``."""
    return format_date(value, "EEEE d MMMM y", locale="nl")
