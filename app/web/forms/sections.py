"""How do the sections of a form stand on its page, and in the list of them beside it?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from app.definitions.model.forms import Section
from app.web.forms import markdown
from app.web.forms.folds import Draw, in_folds
from app.web.forms.frame import Setting, opened
from app.web.forms.parts import Parts, html, safe


def section(part: Section, setting: Setting, draw: Draw, number: int = 0) -> Parts:
    """One section with its questions; ``number`` stands before its title unless it is 0."""
    ident = f"s-{part.id}"
    opening = html(
        '<section class="form-section" id="{}" data-section="{}" aria-labelledby="t-{}"><h2 id="t-{}">',
        ident,
        part.id,
        ident,
        ident,
    )
    before = html('<span class="section-number">{}</span> ', number) if number else ""
    title = html("{}{}</h2>", safe(before), part.title)
    help_ = html('<div class="section-help">{}</div>', safe(markdown.block(part.help))) if part.help else ""
    parts: Parts = opened([opening, title, help_], setting)
    for block, fields in groupby(part.fields, key=lambda item: item.block):
        drawn = in_folds(fields, setting, draw)
        parts += ['<div class="block">', *drawn, "</div>"] if block else drawn
    return [*parts, "</section>"]


def links(parts: Iterable[Section]) -> str:
    """List items that lead to the sections; the script writes beside each how much of it was filled in."""
    return "".join(
        html(
            '<li><a href="#s-{}" data-progress="{}"><span class="nav-title">{}</span>'
            '<span class="nav-state"></span></a></li>',
            part.id,
            part.id,
            part.title,
        )
        for part in parts
    )
