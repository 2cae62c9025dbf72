"""Which codec belongs to a field?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.definitions.model.forms import Field, FieldType
from app.engine.model.answers import Value
from app.engine.values.agreements import consent_codec, signature_codec
from app.engine.values.choices import (
    availability_codec,
    choice_codec,
    choices_codec,
    neighbourhood_codec,
    street_codec,
)
from app.engine.values.dates import date_codec, partial_date_codec
from app.engine.values.given import NotStored
from app.engine.values.identifiers import (
    enterprise_number_codec,
    iban_codec,
    national_number_codec,
    phone_codec,
)
from app.engine.values.made import Codec
from app.engine.values.numbers import decimal_codec, integer_codec
from app.engine.values.places import address_codec
from app.engine.values.references import case_codec, file_codec, person_codec, session_codec
from app.engine.values.texts import email_codec, prose_codec, text_codec
from app.engine.values.times import time_codec

_MOST_KEPT = 20_000
_kept: dict[int, tuple[Field, Codec]] = {}


def codec_of(field: Field) -> Codec:
    """The codec of ``field``: made at the first call, found by identity afterwards.

    Fields are frozen, so an identity says all as long as the field itself is held beside its codec.
    """
    found = _kept.get(id(field))
    if found is not None:
        return found[1]
    made = _MAKERS[field.type](field)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[id(field)] = (field, made)
    return made


def coerce(field: Field, raw: Sequence[str]) -> Value | None:
    """Read ``raw`` (all texts of the input, or one text a part) as a value; ``None`` when blank.

    Raises :class:`Rejected` and nothing else, whatever the text. A consent takes ``ja``; choices, tags (own words
    among them or behind) and availability repeat their input, blank texts do not count. A matrix takes one row's
    score; a repeat is read by ``read_posted`` and ``read_json`` only.
    """
    return codec_of(field).coerce(raw)


def parts_of(field: Field) -> tuple[str, ...]:
    """The parts of a composite field, ``()`` for a plain one; inputs are ``<id>:<part>``, in this order for ``coerce``.

    address: street number box postcode town homeless free. signature: way data.
    """
    return codec_of(field).parts


def raw_of(field: Field, value: Value) -> tuple[str, ...]:
    """The texts that fill an input with ``value`` again: ``coerce`` of them gives an equal value."""
    return codec_of(field).raw(value)


def show(field: Field, value: Value | None, language: str = "nl") -> str:
    """The words a person reads back (``17/05/1941``, ``€ 1 234,50``, labels); ``""`` when blank; never HTML.

    For a matrix: one row's score.
    """
    return "" if value is None else codec_of(field).show(value, language)


def _no_value(field: Field) -> Codec:
    """Display text, and a repeat, whose rows are read and stored a column at a time."""

    def load(data: object) -> Value:
        raise NotStored(f"{field.id} holds no value of its own")

    return Codec(lambda raw: None, lambda value, language: "", lambda value: (), lambda value: None, load)


def _scale(field: Field) -> Codec:
    return choice_codec(field) if field.options else integer_codec(field)


_MAKERS: dict[FieldType, Callable[[Field], Codec]] = {
    FieldType.TEXT: text_codec,
    FieldType.LONG_TEXT: prose_codec,
    FieldType.INTEGER: integer_codec,
    FieldType.DECIMAL: decimal_codec,
    FieldType.DATE: date_codec,
    FieldType.PARTIAL_DATE: partial_date_codec,
    FieldType.TIME: time_codec,
    FieldType.EMAIL: email_codec,
    FieldType.PHONE: phone_codec,
    FieldType.CHOICE: choice_codec,
    FieldType.CHOICES: choices_codec,
    FieldType.TAGS: choices_codec,
    FieldType.YES_NO: choice_codec,
    FieldType.YES_NO_UNASKED: choice_codec,
    FieldType.MATRIX: choice_codec,
    FieldType.SCALE: _scale,
    FieldType.CONSENT: consent_codec,
    FieldType.READ_RECEIPT: consent_codec,
    FieldType.SIGNATURE: signature_codec,
    FieldType.FILE: file_codec,
    FieldType.ADDRESS: address_codec,
    FieldType.NEIGHBOURHOOD: neighbourhood_codec,
    FieldType.STREET: street_codec,
    FieldType.NATIONAL_NUMBER: national_number_codec,
    FieldType.IBAN: iban_codec,
    FieldType.ENTERPRISE_NUMBER: enterprise_number_codec,
    FieldType.PERSON: person_codec,
    FieldType.PARTNER: person_codec,
    FieldType.CASE: case_codec,
    FieldType.SESSION: session_codec,
    FieldType.REPEAT: _no_value,
    FieldType.AVAILABILITY: availability_codec,
    FieldType.INFO: _no_value,
}
