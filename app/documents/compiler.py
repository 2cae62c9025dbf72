"""How does a typed document become a PDF?

One compiler a process: fonts and templates are read once, after that a card takes milliseconds. Every document is
tagged PDF/UA-1; typst refuses one that has a picture without words, so a mistake in a template is an exception.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "typst"
FONTS = ("Source Sans Pro", "Libertinus Serif")
"""The first that is there; the second is inside typst itself."""
_FONT_PACKAGE = "font_source_sans_pro"
_one_at_a_time = Lock()


def pdf(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of ``typst/<template>.typ`` with ``data`` (JSON values, dataclasses allowed); made ``at`` (aware).

    ``data`` has at least ``title``. Raises ``typst.TypstError`` when the template is wrong: a bug.
    """
    return _compiled(template, data, format="pdf", pdf_standards="ua-1", timestamp=int(at.timestamp()))[0]


def pictures(template: str, data: Mapping[str, Any], ppi: int = 110) -> list[bytes]:
    """The same pages as PNG, to look at."""
    return _compiled(template, data, format="png", ppi=ppi)


def _compiled(template: str, data: Mapping[str, Any], **options: Any) -> list[bytes]:
    told = json.dumps({"fonts": FONTS, **data}, default=_plain, ensure_ascii=False)
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(TEMPLATES / f"{template}.typ"), sys_inputs={"data": told}, **options
        )
    return list(made) if isinstance(made, list) else [made or b""]


@cache
def _compiler() -> typst.Compiler:
    """Made at the first document, so that a process that prints nothing does not carry it."""
    import typst  # noqa: PLC0415  # 80 MB

    fonts = typst.Fonts(include_system_fonts=False, font_paths=_font_folders())
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def _font_folders() -> list[str]:
    found = importlib.util.find_spec(_FONT_PACKAGE)
    return [str(Path(found.origin).parent / "files")] if found and found.origin else []


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")
