"""consent, read_receipt and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.definitions.model.forms import Field
from app.engine import holes
from app.engine.model.answers import Consent, Signature, Value
from app.engine.values.given import NotStored, Rejected
from app.engine.values.made import Codec, load_mapping, text_of
from app.engine.values.words import clean_line, one
from app.texts import say

WAYS = ("drawn", "typed", "paper", "spoken")
_WAY_WORDS = {"getekend": "drawn", "getypt": "typed", "papier": "paper", "mondeling": "spoken"}
SIGNATURE_PARTS = ("way", "data")
DRAWING_MOST = 60_000
NAME_MOST = 120
# An SVG path of points only: no pressure, no speed, nothing that could carry another element.
_PATH = re.compile(r"[MLml0-9 .,\-]+")
_GIVEN = frozenset({"ja", "j", "true", "on", "1", "y"})
_REFUSED = frozenset({"nee", "neen", "n", "false", "off", "0"})


def consent_codec(field: Field) -> Codec:
    """Given with ``ja``, refused with ``nee``, blank when nothing was said. ``text`` is the field's own with the words
    that stand in its holes by default; whoever shows it filled in stores what was shown."""
    text = holes.fill(field.text, {})
    yes, no = Consent(True, text), Consent(False, text)
    words = ("values.read", "values.unread") if field.type.value == "read_receipt" else _CONSENT_WORDS

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw).casefold()
        if not text:
            return None
        if text in _GIVEN:
            return yes
        if text in _REFUSED:
            return no
        raise Rejected("unknown_option", typed=text[:40])

    def show(value: Value, language: str) -> str:
        if isinstance(value, Consent) and value.ended:
            return say(f"values.consent.{value.ended}", language, day=_day(value.on))
        if isinstance(value, Consent) and value.until and value.given:
            return say("values.consent.renewed", language, day=_day(value.until))
        return say(words[0] if is_given(value) else words[1], language)

    return Codec(read, show, _consent_raw, _dump_consent, _load_consent)


_CONSENT_WORDS = ("values.consent.given", "values.consent.refused")


def is_given(value: object) -> bool:
    """Whether a consent or read receipt was given."""
    return isinstance(value, Consent) and value.given


def _consent_raw(value: Value) -> tuple[str, ...]:
    return ("ja" if is_given(value) else "nee",)


def _dump_consent(value: Value) -> object:
    if not isinstance(value, Consent):
        return {"given": False, "text": ""}
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(value, name))}
    words = {name: text for name in ("how", "ended") if (text := getattr(value, name))}
    return {"given": value.given, "text": value.text, **days, **words}


_DAYS = ("on", "until")


def _load_consent(data: object) -> Value:
    found = load_mapping(data)
    if not isinstance(given := found.get("given"), bool):
        raise NotStored("given: true or false expected")
    on, until = (_load_day(text_of(found, name)) for name in _DAYS)
    return Consent(given, text_of(found, "text"), on, until, text_of(found, "how"), text_of(found, "ended"))


def _load_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise NotStored("a day expected") from problem


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def signature_codec(field: Field) -> Codec:
    """Drawn, typed, on paper or spoken; blank when there is no data."""
    return Codec(
        _read_signature,
        _show_signature,
        _signature_raw,
        _dump_signature,
        _load_signature,
        parts=SIGNATURE_PARTS,
    )


def _read_signature(raw: Sequence[str]) -> Value | None:
    way = one(raw[:1])
    way = _WAY_WORDS.get(way, way)
    data = raw[1] if len(raw) > 1 else ""
    if not data.strip():
        return None
    if way and way not in WAYS:
        raise Rejected("unknown_option", typed=way[:40])
    if way == "drawn":
        return Signature(way, _drawing(data))
    if len(name := clean_line(data[: NAME_MOST * 4])) > NAME_MOST:
        raise Rejected("too_long", max=NAME_MOST, n=len(name))
    return Signature(way or "typed", name)


def _drawing(data: str) -> str:
    data = data.strip()
    if len(data) > DRAWING_MOST or not _PATH.fullmatch(data):
        raise Rejected("drawing")
    return data


def _show_signature(value: Value, language: str) -> str:
    if not isinstance(value, Signature):
        return ""
    return say(f"values.signature.{value.way}", language, data=value.data)


def _signature_raw(value: Value) -> tuple[str, ...]:
    return (value.way, value.data) if isinstance(value, Signature) else ("", "")


def _dump_signature(value: Value) -> object:
    return dict(zip(SIGNATURE_PARTS, _signature_raw(value), strict=True))


def _load_signature(data: object) -> Value:
    found = load_mapping(data)
    way = text_of(found, "way")
    if way not in WAYS:
        raise NotStored("way: one of the ways expected")
    return Signature(way, text_of(found, "data"))
