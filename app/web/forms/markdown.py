"""How does an author's text become safe markup?

A small subset: paragraphs, lists with ``-``, ``**bold**``, ``*italic*`` and ``[words](https://... or mailto:...)``.
Everything is escaped first; what is not understood stays as it was typed.
"""

from __future__ import annotations

import re

from app.web.forms.parts import text

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*(?=\S)([^*]+?)(?<=\S)\*(?!\*)")
_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https://|mailto:)[^\s()<>]+)\)")


def inline(source: str) -> str:
    """One line of text: bold, italics and links."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(f'<a href="{match[2]}" rel="noopener">{_styled(match[1])}</a>')
        return f"\x00{len(kept) - 1}\x00"

    escaped = text(source.replace("\x00", ""))
    styled = _styled(_LINK.sub(keep, escaped))
    return re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], styled)


def block(source: str) -> str:
    """Paragraphs and lists."""
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", source.strip()) if piece.strip()]
    return "".join(_piece(piece.splitlines()) for piece in pieces)


def _styled(escaped: str) -> str:
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", escaped))


def _piece(lines: list[str]) -> str:
    result: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []
    for line in [*lines, ""]:
        if line.lstrip().startswith("- "):
            items.append(inline(line.lstrip()[2:]))
            continue
        if items or not line:
            result += _paragraph(paragraph) + _list(items)
            paragraph, items = [], []
        if line:
            paragraph.append(inline(line.strip()))
    return "".join(result)


def _paragraph(lines: list[str]) -> list[str]:
    return [f"<p>{' '.join(lines)}</p>"] if lines else []


def _list(items: list[str]) -> list[str]:
    return [f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"] if items else []
