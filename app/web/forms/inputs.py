"""How is a question with one input drawn: text, numbers, dates, and the lists only services know?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.forms import Field, FieldType
from app.engine import holes
from app.web.forms import markdown
from app.web.forms.frame import (
    Setting,
    bare,
    describe,
    is_required,
    label_words,
    labelled,
    under_label,
)
from app.web.forms.parts import ChoicesHole, Parts, PickedHole, ShownHole, ValueHole, html, safe


@dataclass(frozen=True, slots=True)
class Look:
    """How an input of one type presents itself; ``size`` is a class of the style sheet."""

    type: str = "text"
    mode: str = ""
    size: str = "full"
    hint: str = ""
    spell: bool = True


LOOKS = {
    FieldType.TEXT: Look(),
    FieldType.INTEGER: Look(mode="numeric", size="short"),
    FieldType.DECIMAL: Look(mode="decimal", size="short"),
    FieldType.DATE: Look(size="medium", hint="hint.date"),
    FieldType.PARTIAL_DATE: Look(size="medium", hint="hint.partial_date"),
    FieldType.TIME: Look(size="short", hint="hint.time"),
    FieldType.EMAIL: Look(type="email", mode="email", spell=False),
    FieldType.PHONE: Look(type="tel", mode="tel", size="medium", spell=False),
    FieldType.NATIONAL_NUMBER: Look(size="medium", hint="hint.national_number", spell=False),
    FieldType.IBAN: Look(size="medium", hint="hint.iban", spell=False),
    FieldType.ENTERPRISE_NUMBER: Look(size="medium", hint="hint.enterprise_number", spell=False),
    FieldType.CASE: Look(size="medium", hint="hint.case", spell=False),
}


def text_input(field: Field, setting: Setting) -> Parts:
    """A single line."""
    look = LOOKS[field.type]
    way, hint = _way(field, setting.say(look.hint) if look.hint else "")
    unit = html('<span class="unit">{}</span>', field.limits.unit) if field.limits.unit else ""
    return labelled(
        field,
        setting,
        [
            hint,
            html('<input class="input input--{}" type="{}" id="i-{}"', look.size, look.type, field.id),
            html(' name="{}"{} value="', field.id, safe(_attributes(field, look, setting))),
            ValueHole(field.id, html("{}", field.default or "")),
            '"',
            describe(field, way),
            f">{unit}",
        ],
    )


def long_text(field: Field, setting: Setting) -> Parts:
    """Several lines; grows with what is typed."""
    limit = html(' data-max="{}"', field.limits.max_length) if field.limits.max_length else ""
    return labelled(
        field,
        setting,
        [
            html('<textarea class="input" id="i-{}" name="{}" rows="3"{}', field.id, field.id, safe(limit)),
            _common(field, setting),
            describe(field),
            ">\n",
            ValueHole(field.id, html("{}", field.default or "")),
            "</textarea>",
        ],
    )


def select(field: Field, setting: Setting, sources: tuple[str, ...]) -> Parts:
    """A list that only the services know: neighbourhoods, people, partners."""
    return labelled(
        field,
        setting,
        [
            html('<select class="input input--medium" id="i-{}" name="{}"', field.id, field.id),
            " data-place" if field.type is FieldType.NEIGHBOURHOOD else "",
            _common(field, setting),
            describe(field),
            html('><option value="">{}</option>', setting.say("choose")),
            ChoicesHole(field.id, sources),
            "</select>",
        ],
    )


def options_select(field: Field, setting: Setting, options: tuple[tuple[str, str], ...]) -> Parts:
    """A long list of fixed options."""
    parts: Parts = [
        html('<select class="input input--medium" id="i-{}" name="{}"', field.id, field.id),
        _common(field, setting),
        describe(field),
        html('><option value="">{}</option>', setting.say("choose")),
    ]
    for value, label in options:
        picked = PickedHole(field.id, value, " selected", default=value == field.default)
        parts += [html('<option value="{}"', value), picked, html(">{}</option>", label)]
    return labelled(field, setting, [*parts, "</select>"])


def agreement(field: Field, setting: Setting) -> Parts:
    """Consent or a read receipt: one box, never ticked beforehand, with its own words as the label."""
    label = markdown.inline(field.text or field.label)
    needed = (
        html(' <span class="needed">{}</span>', setting.say("required"))
        if is_required(field, setting)
        else ""
    )
    heading = html('<p class="label">{}</p>', field.label) if field.label and field.text else ""
    return bare(
        field,
        setting,
        [
            heading,
            *under_label(field, setting),
            html('<div class="tick tick--consent"><input type="hidden" name="{}" value="">', field.id),
            html('<input type="checkbox" id="i-{}" name="{}" value="ja"', field.id, field.id),
            PickedHole(field.id, "ja"),
            describe(field),
            html('><label for="i-{}">', field.id),
            f"{label}{needed}</label></div>",
            *([ShownHole(field.id)] if holes.names(field.text) else []),
        ],
    )


def computed(field: Field, setting: Setting) -> Parts:
    """What the server works out; shown, never posted."""
    if not field.shown:
        return []
    return bare(
        field,
        setting,
        [
            html('<span class="label">{}</span>', safe(label_words(field, setting))),
            *under_label(field, setting),
            html('<output class="computed" data-computed="{}">', field.id),
            ValueHole(field.id, html("{}", setting.say("computed"))),
            "</output>",
        ],
    )


def file_input(field: Field, setting: Setting) -> Parts:
    """A file: chosen here, sent with the form, kept under a reference when the form comes back."""
    kinds = ", ".join(field.limits.accept)
    accept = html(' accept="{}"', ",".join(f".{kind}" for kind in field.limits.accept)) if kinds else ""
    way, hint = _way(field, setting.say("hint.file", kinds=kinds) if kinds else "")
    return labelled(
        field,
        setting,
        [
            hint,
            html('<input type="hidden" name="{}" value="', field.id),
            ValueHole(field.id),
            html(
                '"><input class="input" type="file" id="i-{}" name="{}:upload"{}',
                field.id,
                field.id,
                safe(accept),
            ),
            describe(field, way),
            ">",
        ],
    )


def _way(field: Field, words: str) -> tuple[str, str]:
    """How it is written: the id of the hint, and the hint; both empty without words."""
    key = f"w-{field.id}" if words else ""
    return key, html('<div class="hint" id="{}">{}</div>', key, words) if words else ""


def _attributes(field: Field, look: Look, setting: Setting) -> str:
    mode = html(' inputmode="{}"', look.mode) if look.mode else ""
    spell = "" if look.spell else ' spellcheck="false"'
    return f"{mode}{spell}{_common(field, setting)}"


def _common(field: Field, setting: Setting) -> str:
    """Attributes of every typed input; staff fill in for somebody else, so their browser must not fill in them."""
    token = "off" if setting.audience == "reception" else field.autocomplete or "off"
    needed = ' aria-required="true"' if is_required(field, setting) else ""
    placeholder = html(' placeholder="{}"', field.placeholder) if field.placeholder else ""
    return html(' autocomplete="{}"', token) + needed + placeholder
