"""phone, national_number and iban."""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.model.forms import Field
from app.engine.belgium import enterprise_number, iban, national_number, phone
from app.engine.model.answers import Value
from app.engine.values.given import Finding, Rejected
from app.engine.values.made import Codec, as_text, load_text, one_text, same
from app.engine.values.words import one

PHONE_MOST = 40


def phone_codec(field: Field) -> Codec:
    """Stored as E.164, shown nationally. An odd number is kept as typed and warned about, never refused;
    only a text without any number is."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw, PHONE_MOST)
        if not text:
            return None
        number = phone.normalise(text)
        if number:
            return number
        if not any(character in "0123456789" for character in text):
            raise Rejected("phone")
        return text

    def show(value: Value, language: str) -> str:
        return phone.show(as_text(value))

    def raw_text(value: Value) -> tuple[str, ...]:
        return (phone.show(as_text(value)),)

    return Codec(read, show, raw_text, same, load_text, warn=_odd_phone)


def _odd_phone(value: Value) -> Finding | None:
    return None if phone.is_usual(as_text(value)) else ("odd_phone", ())


def national_number_codec(field: Field) -> Codec:
    """Eleven digits, shown masked."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw)
        if not text:
            return None
        number = national_number.normalise(text)
        if not number:
            raise Rejected("national_number")
        return number

    def show(value: Value, language: str) -> str:
        return national_number.mask(as_text(value))

    def raw_text(value: Value) -> tuple[str, ...]:
        return (national_number.write(as_text(value)),)

    return Codec(read, show, raw_text, same, load_text)


def iban_codec(field: Field) -> Codec:
    """Without blanks, shown in groups of four."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw)
        if not text:
            return None
        number = iban.normalise(text)
        if not number:
            raise Rejected("iban")
        return number

    def show(value: Value, language: str) -> str:
        return iban.show(as_text(value))

    return Codec(read, show, one_text, same, load_text)


def enterprise_number_codec(field: Field) -> Codec:
    """Ten digits, shown with dots."""

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw)
        if not text:
            return None
        number = enterprise_number.normalise(text)
        if not number:
            raise Rejected("enterprise_number")
        return number

    def show(value: Value, language: str) -> str:
        return enterprise_number.show(as_text(value))

    return Codec(read, show, one_text, same, load_text)
