"""text, long_text and email."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import re2

from app.definitions.model.forms import Field, Limits
from app.engine.model.answers import Moment, Value
from app.engine.recognising import recognised
from app.engine.values.given import Finding, Rejected
from app.engine.values.made import Check, Codec, as_text, load_text, one_text, same
from app.engine.values.words import clean_line, clean_prose, one

RECOGNISABLE = "recognisable"
LINE_MOST = 500
PROSE_MOST = 20_000
EMAIL_MOST = 254
_SPARE = 4  # what decomposed accents and line ends may take before normalising

# One plain address: no quoted names, no comments, no second address (RFC 5321 dot-string, a domain with a dot).
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


def text_codec(field: Field) -> Codec:
    """One line."""
    return _words(field, LINE_MOST, clean_line)


def prose_codec(field: Field) -> Codec:
    """Several lines."""
    return _words(field, PROSE_MOST, clean_prose)


def email_codec(field: Field) -> Codec:
    """One address; its domain in small letters."""
    return Codec(_read_email, _show, one_text, same, load_text, length_check(field.limits, EMAIL_MOST))


def _words(field: Field, most: int, clean: Callable[[str], str]) -> Codec:
    ceiling = (field.limits.max_length or most) * _SPARE + PROSE_MOST

    def read(raw: Sequence[str]) -> Value | None:
        for text in raw:
            if len(text) > ceiling:
                shown = field.limits.max_length or most
                raise Rejected("too_long", max=shown, n=len(text))
            found = clean(text)
            if found:
                return found
        return None

    check = length_check(field.limits, most)
    return Codec(read, _show, one_text, same, load_text, check, points_at if field.anonymous else None)


def points_at(value: Value) -> Finding | None:
    """What may tell who somebody is, in a text or in words of one's own that should be about nobody."""
    words = value if isinstance(value, tuple) else (value,)
    found = next((one for one in (recognised(as_text(word)) for word in words) if one), None)
    return (RECOGNISABLE, (("kind", found[0]), ("typed", found[1]))) if found else None


def _read_email(raw: Sequence[str]) -> Value | None:
    text = one(raw, EMAIL_MOST)
    if not text:
        return None
    local, at, domain = text.removeprefix("mailto:").rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    if len(local) > 64 or not _EMAIL.fullmatch(address):
        raise Rejected("email")
    return address


def _show(value: Value, language: str) -> str:
    return as_text(value)


def length_check(limits: Limits, most: int) -> Check:
    """The check of ``min_length``, ``max_length`` (always some) and ``pattern``."""
    low, high = limits.min_length or 0, limits.max_length or most
    matches = compiled(limits.pattern) if limits.pattern else None

    def check(value: Value, moment: Moment) -> Finding | None:
        text = as_text(value)
        size = len(text)
        if size > high:
            return "too_long", (("max", str(high)), ("n", str(size)))
        if size < low:
            return "too_short", (("min", str(low)), ("n", str(size)))
        if matches is not None and not matches(text):
            return "pattern", ()
        return None

    return check


def compiled(pattern: str) -> Callable[[str], bool]:
    """Whether a whole text fits ``pattern`` (RE2: time in proportion to the text, whatever the pattern)."""
    options = re2.Options()
    options.log_errors = False
    expression = re2.compile(pattern, options)

    def matches(text: str) -> bool:
        return expression.fullmatch(text) is not None

    return matches
