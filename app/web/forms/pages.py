"""How does a form version become a page, made once and filled often?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from app.definitions.model.forms import Field, FieldType, Form
from app.engine import holes
from app.web.forms import conversation, markdown
from app.web.forms.fields import draw, needed_sources
from app.web.forms.frame import Setting
from app.web.forms.island import island
from app.web.forms.parts import Filling, Part, Parts, Raw, blanked, filled, html, merged, safe
from app.web.forms.rows import row_count
from app.web.forms.sections import links, section

NAV_FROM = 4
"""From this many sections on, a list of sections with progress stands beside the form."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The segments of one form version in one language for one audience.

    ``island`` is the JSON with conditions for the browser. ``sources`` names the choices that must be lent.
    ``urgent`` is the banner with the numbers to ring; ``urgent_later`` the same while nothing asks for it yet.
    ``enctype`` is how the form is posted: in parts only where files or drawings go along, as reading parts costs more.
    """

    form: Form
    setting: Setting
    parts: tuple[Part, ...]
    blank: tuple[Part, ...]
    intro: str
    nav: str
    urgent: str
    urgent_later: str
    island: str
    sources: frozenset[str]
    enctype: str
    open_places: tuple[str, ...] = ()
    """Where texts have holes: ``""`` for outside rows, else the repeat."""
    blank_urgent: dict[tuple[date, frozenset[str]], bool] = field(default_factory=dict, compare=False)
    """Whether the banner stands on a blank page, by day and roles (``forms/urgent.py``)."""

    def render(self, filling: Filling) -> str:
        """The markup of all sections for one request."""
        return filled(self.parts if filling.raw or filling.errors else self.blank, filling)

    def knows_more(self, raw: Raw) -> bool:
        """Whether what stands in ``raw`` may fill a hole in its texts; in those of a repeat only where it has rows."""
        return bool(raw) and any(not place or row_count(raw, place) for place in self.open_places)

    @property
    def is_talk(self) -> bool:
        """Whether it is held as a conversation."""
        return conversation.held(self.form, self.setting.audience) is not None

    @property
    def has_nav(self) -> bool:
        """Whether the form is long enough for a list of its sections."""
        return bool(self.nav)

    def labels(self) -> Mapping[str, str]:
        """Flat id -> label, of top-level fields."""
        return {item.id: item.label for item in self.form.fields()}


_IN_PARTS = (FieldType.FILE, FieldType.SIGNATURE)
MOST_KEPT = 1000
_pages: dict[tuple[str, str, str], FormPage] = {}


def form_page(content_hash: str, form: Form, language: str = "nl", audience: str = "") -> FormPage:
    """The page of a form version; made at first use, kept by content hash, language and audience."""
    key = (content_hash, language, audience)
    found = _pages.get(key)
    if found is None:
        if len(_pages) > MOST_KEPT:
            _pages.clear()
        found = _pages[key] = make_page(form, language, audience)
    return found


def make_page(form: Form, language: str = "nl", audience: str = "") -> FormPage:
    """The same without the cache: for previews."""
    setting = Setting(form, language, audience)
    parts = _page_parts(form, setting)
    sources = {name for item in form.fields() for name in needed_sources(item)}
    return FormPage(
        form=form,
        setting=setting,
        parts=merged(parts),
        blank=blanked(parts),
        intro=html(
            '<div class="lead">{}</div>',
            safe(markdown.block(holes.fill(form.intro, {}, language, address=form.address_form))),
        )
        if form.intro
        else "",
        nav=_nav(form, setting),
        urgent=_urgent(form, setting),
        urgent_later=_urgent_later(form, setting),
        island=_island(form, setting),
        sources=frozenset(sources),
        open_places=_open_places(form),
        enctype="multipart/form-data" if _takes_files(form.fields()) else "application/x-www-form-urlencoded",
    )


def _open_places(form: Form) -> tuple[str, ...]:
    found = ["" for item in form.fields() for inner in (item, *item.each) if _has_holes(inner)]
    return (*found[:1], *(item.id for item in form.fields() if any(map(_has_holes, item.fields))))


def _has_holes(item: Field) -> bool:
    return any("{" in text for text in (item.text, item.label, item.help, item.why))


def _takes_files(fields: Iterable[Field]) -> bool:
    return any(item.type in _IN_PARTS or _takes_files(item.fields) for item in fields)


def _page_parts(form: Form, setting: Setting) -> Parts:
    talk = conversation.held(form, setting.audience)
    if talk is not None:
        return conversation.page_parts(form, talk, setting)
    numbered = enumerate(form.sections, 1)
    return [piece for number, part in numbered for piece in section(part, setting, draw, number)]


def _nav(form: Form, setting: Setting) -> str:
    talk = conversation.held(form, setting.audience)
    if talk is not None:
        return conversation.outline(form, talk, setting)
    if len(form.sections) < NAV_FROM:
        return ""
    items = safe(links(form.sections))
    return html('<nav class="toc" aria-label="{}"><ol>{}</ol></nav>', setting.say("sections"), items)


def _island(form: Form, setting: Setting) -> str:
    told = island(form, setting.language)
    talk = conversation.held(form, setting.audience)
    if talk is not None:
        told["conversation"] = conversation.island(form, talk, setting.language)
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _urgent(form: Form, setting: Setting) -> str:
    """The banner; the script takes it away again when the answer changes."""
    if form.urgent_if is None:
        return ""
    return html(
        '<div class="urgent" id="urgent" role="alert" data-urgent><p>{}</p></div>', _urgent_words(setting)
    )


def _urgent_later(form: Form, setting: Setting) -> str:
    """The banner for the script to show once it is needed; without a script a note, as somebody may still need it."""
    if form.urgent_if is None:
        return ""
    words = _urgent_words(setting)
    return html(
        '<div class="urgent" id="urgent" role="alert" data-urgent hidden><p>{}</p></div>'
        '<noscript><p class="urgent-note">{}</p></noscript>',
        words,
        words,
    )


def _urgent_words(setting: Setting) -> Markup:
    return safe(markdown.inline(setting.say("urgent")))
