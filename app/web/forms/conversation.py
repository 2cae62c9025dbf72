"""How does a form stand on the page when it is held as a conversation?

The free notes come first and stay beside everything else; then the section with the overview, then the others. It is
the ordinary form in another order: same inputs, same post, and it works without a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.definitions.expressions.as_json import to_json
from app.definitions.model.forms import Conversation, Field, Form, Section
from app.texts import codes_of, say
from app.web.forms.fields import draw
from app.web.forms.frame import Setting, is_required
from app.web.forms.glance import Counting, glance, levels_of
from app.web.forms.parts import Parts, html, safe
from app.web.forms.sections import links, section

HELD_BY = "reception"
Json = dict[str, object]


def held(form: Form, audience: str) -> Conversation | None:
    """How this audience holds the form as a conversation; ``None`` where it fills in a page."""
    return form.conversation if audience == HELD_BY else None


def page_parts(form: Form, talk: Conversation, setting: Setting) -> Parts:
    """All questions of the form."""
    notes = form.field(talk.notes)
    counting = counting_of(form, talk)

    def drawn(field: Field, where: Setting) -> Parts:
        return glance(field, where, draw, counting) if field.id == talk.overview else draw(field, where)

    parts: Parts = ['<div class="talk"><div class="talk-notes">']
    parts += draw(notes, setting) if notes else []
    parts += [
        html('<button type="button" class="btn btn--quiet btn--small" data-stamp="{}" hidden>', talk.notes),
        html('{}</button></div><div class="talk-rest">', _say(setting, "stamp")),
    ]
    for part in in_order(form, talk):
        parts += section(part, setting, drawn)
    return [*parts, "</div></div>"]


def in_order(form: Form, talk: Conversation) -> tuple[Section, ...]:
    """The sections without the notes: first the one with the overview, then the others as written."""
    kept = (
        replace(part, fields=tuple(field for field in part.fields if field.id != talk.notes))
        for part in form.sections
    )
    return tuple(
        sorted(
            (part for part in kept if part.fields),
            key=lambda part: all(field.id != talk.overview for field in part.fields),
        )
    )


def outline(form: Form, talk: Conversation, setting: Setting) -> str:
    """The list beside the page: where everything is, and what is still needed before it can be handed in."""
    notes = html(
        '<li><a href="#f-{}"><span class="nav-title">{}</span></a></li>', talk.notes, _say(setting, "notes")
    )
    items = safe(notes + links(in_order(form, talk)))
    return html(
        '<nav class="toc toc--free" id="onderdelen" tabindex="-1" aria-label="{}"><ol>{}</ol>'
        '<div class="toc-needed" data-needed><p id="nog-nodig">{}</p><ul aria-labelledby="nog-nodig">{}</ul>'
        "</div></nav>",
        setting.say("sections"),
        items,
        _say(setting, "needed"),
        safe("".join(_needed(form, setting))),
    )


def island(form: Form, talk: Conversation, language: str) -> Json:
    """What the scripts of a conversation must know: the overview, what makes a question needed, and their words."""
    overview = form.field(talk.overview)
    counting = counting_of(form, talk)
    said = {
        code.removeprefix("script."): say(f"conversation.{code}", language)
        for code in codes_of("conversation", language)
        if code.startswith(("script.", "sum", "agreed", "noted"))
    }
    return {
        "overview": talk.overview,
        "agreements": counting.agreements,
        "column": counting.column,
        "levels": levels_of(overview.options) if overview and overview.options else {},
        "needs": {item.id: to_json(item.required_if.tree) for item in form.fields() if item.required_if},
        "rules": [to_json(rule.condition.tree) for rule in form.rules],
        "say": said,
    }


def counting_of(form: Form, talk: Conversation) -> Counting:
    """Which agreements name a row of the overview, and where."""
    agreements = form.field(talk.agreements) if talk.agreements else None
    for child in agreements.fields if agreements else ():
        if child.options_from_rows == talk.overview:
            return Counting(talk.agreements, child.id)
    return Counting()


def _needed(form: Form, setting: Setting) -> Iterator[str]:
    for field in form.fields():
        if not field.only_for and (is_required(field, setting) or field.required_if is not None):
            hidden = safe("" if field.show_if is None and field.required_if is None else " hidden")
            yield html(
                '<li data-needs="{}"{}><a href="#i-{}">{}</a></li>', field.id, hidden, field.id, field.label
            )
    for number, rule in enumerate(form.rules):
        yield html('<li data-rule="{}"><a href="#i-{}">{}</a></li>', number, rule.at, rule.message)


def _say(setting: Setting, code: str) -> str:
    return say(f"conversation.{code}", setting.language)
