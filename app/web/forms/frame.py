"""What stands around a control: label or legend, help, the reason we ask, the error?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.definitions.model.forms import Field, Form, Option
from app.engine import holes
from app.texts import addressed, say
from app.web.forms import markdown
from app.web.forms.parts import (
    DescribeHole,
    ErrorHole,
    Filling,
    OnlyHole,
    Part,
    Parts,
    WordHole,
    WrongHole,
    html,
    merged,
    safe,
)

_BRACES = {"{{": "&#123;", "}}": "&#125;"}
"""Written so that no second look takes them for a hole."""


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom and where a field is written: ``audience`` decides what is required, ``form`` lends rows."""

    form: Form
    language: str
    audience: str = ""
    level: int = 3  # of the next heading

    def say(self, code: str, **params: object) -> str:
        """A text of the forms catalogue."""
        return say(addressed(f"forms.{code}", self.form.address_form, self.language), self.language, **params)

    def deeper(self) -> Setting:
        """The same, one heading level down."""
        return replace(self, level=self.level + 1)


@dataclass(frozen=True, slots=True)
class WarnedHole:
    """`` hidden`` on a warning that does not hold."""

    number: int

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        return "" if self.number in f.warned else " hidden"

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


def named(field: Field, name: str) -> Field:
    """The field under another input name: a row's child, a matrix row's note."""
    return replace(field, id=name)


def help_id(field: Field) -> str:
    """The id of the help text; empty where there is none."""
    return f"h-{field.id}" if field.help else ""


def describe(field: Field, way: str = "") -> DescribeHole:
    """The attribute that ties help, the ``way`` to write it (its id) and error to a control or fieldset."""
    return DescribeHole(field.id, f"{help_id(field)} {way}".strip())


def is_required(field: Field, setting: Setting) -> bool:
    """Whether an answer is always needed from this audience."""
    return field.required or bool(field.required_for and field.required_for == setting.audience)


def label_words(field: Field, setting: Setting) -> str:
    """The words of a label or legend."""
    needed = (
        html(' <span class="needed">{}</span>', setting.say("required"))
        if is_required(field, setting)
        else ""
    )
    return html("{}", field.label) + needed


def under_label(field: Field, setting: Setting) -> Parts:
    """Help, the reason we ask, and the error; in reading order before the control."""
    parts: Parts = []
    if field.help:
        parts.append(
            html('<div class="hint" id="h-{}">{}</div>', field.id, safe(markdown.inline(field.help)))
        )
    if field.why:
        parts.append(
            html(
                '<details class="why"><summary>{}</summary><p>{}</p></details>',
                setting.say("why"),
                safe(markdown.inline(field.why)),
            )
        )
    parts.append(ErrorHole(field.id, setting.say("error")))
    return parts


def labelled(field: Field, setting: Setting, control: Iterable[Part]) -> Parts:
    """One input with its label; its id is ``i-<name>``."""
    top = html('<label class="label" for="i-{}">{}</label>', field.id, safe(label_words(field, setting)))
    return _wrapped(field, setting, [top, *under_label(field, setting), *control])


def grouped(field: Field, setting: Setting, controls: Iterable[Part], *, kind: str = "") -> Parts:
    """Several inputs as one question: a fieldset whose legend is the label."""
    opening: Parts = [
        html('<fieldset class="group {}" id="i-{}" tabindex="-1"', kind, field.id),
        describe(field),
        html('><legend class="label">{}</legend>', safe(label_words(field, setting))),
    ]
    return _wrapped(field, setting, [*opening, *under_label(field, setting), *controls, "</fieldset>"])


def bare(field: Field, setting: Setting, controls: Iterable[Part]) -> Parts:
    """A field whose control brings its own label."""
    return _wrapped(field, setting, controls)


def opened(parts: Iterable[Part], setting: Setting, place: str = "") -> Parts:
    """``parts`` with ``{holder.name}`` and the like left open, wherever an author wrote them; ``{{`` is a brace.
    ``place`` is the row they stand in."""
    found: Parts = []
    for part in parts:
        found += _opened(part, setting, place) if isinstance(part, str) and "{" in part else [part]
    return found


def _opened(source: str, setting: Setting, place: str) -> Parts:
    parts: Parts = []
    position = 0
    for match in holes.HOLE.finditer(source):
        parts.append(source[position : match.start()])
        name = match[1]
        parts.append(_BRACES[match[0]] if name is None else WordHole(name, _word(name, setting), place))
        position = match.end()
    return [*parts, source[position:]]


def _word(name: str, setting: Setting) -> str:
    return holes.default(name, setting.language, setting.form.address_form)


def option_help(option: Option) -> str:
    """Small print under an option."""
    return html('<span class="option-help">{}</span>', option.help) if option.help else ""


def _warnings(field: Field, setting: Setting) -> Parts:
    """What is warned of at this field: below the control, read aloud when it appears."""
    found = [(number, warn) for number, warn in enumerate(setting.form.warn) if warn.at == field.id]
    parts: Parts = []
    for number, warn in found:
        words = safe(markdown.inline(warn.message))
        parts += [
            html('<p class="field-warning" data-warn="{}"', number),
            WarnedHole(number),
            html("><strong>{}</strong> {}</p>", setting.say("warning"), words),
        ]
    return ['<div role="status">', *parts, "</div>"] if parts else []


def _wrapped(field: Field, setting: Setting, inner: Iterable[Part]) -> Parts:
    body: Parts = [
        html('<div class="field field--{}', field.type.value),
        WrongHole(field.id),
        html('" id="f-{}" data-field="{}">', field.id, field.id),
        *inner,
        *_warnings(field, setting),
        "</div>",
    ]
    body = opened(body, setting, holes.place_of(field.id))
    if field.only_for:
        return [OnlyHole(frozenset(field.only_for), merged(body))]
    return body
