"""Which drawing belongs to which field type?"""

from __future__ import annotations

from app.definitions.model.forms import Field, FieldType
from app.web.forms import groups, inputs, markdown, picks
from app.web.forms.frame import Setting, bare, named
from app.web.forms.parts import Parts, html, safe

T = FieldType

_DRAWN = {
    T.LONG_TEXT: inputs.long_text,
    T.CHOICE: picks.one_of,
    T.YES_NO: picks.one_of,
    T.YES_NO_UNASKED: picks.one_of,
    T.SCALE: picks.one_of,
    T.CHOICES: picks.some_of,
    T.TAGS: picks.tags,
    T.AVAILABILITY: picks.availability,
    T.CONSENT: inputs.agreement,
    T.READ_RECEIPT: inputs.agreement,
    T.FILE: inputs.file_input,
    T.ADDRESS: groups.address,
    T.SIGNATURE: groups.signature,
}


def draw(field: Field, setting: Setting) -> Parts:
    """The whole of one field: frame and control."""
    if field.compute is not None:
        return inputs.computed(field, setting)
    if field.type is T.INFO:
        return bare(
            field,
            setting,
            [html('<div class="info">{}</div>', safe(markdown.block(field.text or field.label)))],
        )
    if field.type is T.MATRIX:
        return groups.matrix(field, setting, draw)
    if field.type is T.REPEAT:
        return groups.repeat(field, setting, draw)
    if field.cases is not None:
        chooser = picks.some_cases if field.many else inputs.select
        return chooser(field, setting, sources(field))
    if field.type is T.STREET:
        return picks.streets(field, setting, sources(field))
    if field.type in {T.NEIGHBOURHOOD, T.PARTNER, T.PERSON, T.SESSION}:
        lent = picks.some_lent if field.many else inputs.select
        return lent(field, setting, sources(field))
    return _DRAWN.get(field.type, inputs.text_input)(field, setting)


def sources(field: Field) -> tuple[str, ...]:
    """The names of the choices that services must lend for this field."""
    if field.type is T.PERSON:
        return tuple(f"person:{kind}" for kind in field.of)
    if field.type in {T.NEIGHBOURHOOD, T.PARTNER, T.SESSION, T.STREET}:
        return (field.type.value,)
    if field.cases is not None:
        return (f"case:{field.id}",)
    return ()


def needed_sources(field: Field) -> set[str]:
    """The same for the field and everything inside it."""
    result = set(sources(field))
    for child in (*field.each, *field.fields):
        result |= needed_sources(child)
    return result


__all__ = ["draw", "named", "needed_sources", "sources"]
