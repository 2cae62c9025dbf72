"""person, partner, case and file: values that point at something elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.definitions.model.forms import Field, Limits
from app.engine.model.answers import FileRef, Moment, PersonRef, Value
from app.engine.values.choices import count_check, count_finding, whole
from app.engine.values.file_kinds import KINDS, MEGABYTE, UPLOAD_MOST
from app.engine.values.given import Finding, NotStored, Rejected
from app.engine.values.made import Check, Codec, as_text, load_mapping, load_text, one_text, same, text_of
from app.engine.values.words import each, one
from app.texts import say

PERSON_KINDS = ("resident", "staff", "volunteer", "partner")
NAME_MOST = 120
MOST_MANY = 50
SESSION_MOST = 300


def person_codec(field: Field) -> Codec:
    """``staff:joris_maes`` or ``staff:joris_maes:Joris Maes`` for somebody known, ``resident`` for the person the
    form is about, or a plain name. A partner field takes only partners."""
    kinds = field.of or (("partner",) if field.type.value == "partner" else PERSON_KINDS)

    def read_one(text: str) -> Value:
        kind, colon, rest = text.partition(":")
        if kind in PERSON_KINDS and (colon or kind in kinds):
            if kind not in kinds:
                raise Rejected("person_kind", typed=kind)
            identity, _, name = rest.partition(":")
            return PersonRef(kind, identity.strip(), name.strip())
        return PersonRef(kinds[0] if len(kinds) == 1 else "", "", text)

    return _one_or_many(field, _One(read_one, person_raw, _dump_person, _load_person, _show_person))


def person_raw(value: Value) -> str:
    """The text an input holds for a person."""
    if not isinstance(value, PersonRef):
        return as_text(value)
    if not value.id:
        return f"{value.kind}::{value.name}" if value.kind and value.name else value.kind or value.name
    return f"{value.kind}:{value.id}:{value.name}" if value.name else f"{value.kind}:{value.id}"


def _show_person(value: Value, language: str) -> str:
    if not isinstance(value, PersonRef):
        return as_text(value)
    if value.name:
        return value.name
    return say(f"values.person.{value.kind}", language) if value.kind else ""


def _dump_person(value: Value) -> object:
    if not isinstance(value, PersonRef):
        raise NotStored("a person expected")
    return {
        part: text for part, text in (("kind", value.kind), ("id", value.id), ("name", value.name)) if text
    }


def _load_person(data: object) -> Value:
    found = load_mapping(data)
    return PersonRef(text_of(found, "kind"), text_of(found, "id"), text_of(found, "name"))


def case_codec(field: Field) -> Codec:
    """The number of another case, or of several."""
    return _one_or_many(
        field, _One(str.strip, as_text, same, load_text, lambda value, language: as_text(value))
    )


def session_codec(field: Field) -> Codec:
    """A session: its number, then what it is called on a page (``MS-2026-00012 vr 13/11/2026, Dorpshuis``)."""

    def read(raw: Sequence[str]) -> Value | None:
        return one(raw, SESSION_MOST) or None

    def show(value: Value, language: str) -> str:
        number, _, called = as_text(value).partition(" ")
        return called or number

    return Codec(read, show, one_text, same, load_text)


def file_codec(field: Field) -> Codec:
    """Files that were uploaded before: an input holds ``file_text(ref)``; services look again whose file it is."""
    codec = _one_or_many(field, _One(_read_file, file_text, _dump_file, _load_file, _show_file))
    return Codec(codec.coerce, codec.show, codec.raw, codec.dump, codec.load, _file_check(field.limits))


def file_text(value: Value) -> str:
    """The text an input holds for an uploaded file: ``id/kind/size/name``."""
    return (
        f"{value.id}/{value.kind}/{value.size}/{value.name}" if isinstance(value, FileRef) else as_text(value)
    )


def _read_file(text: str) -> Value:
    pieces = text.split("/", 3)
    if len(pieces) != 4 or not (pieces[2].isascii() and pieces[2].isdigit()) or not pieces[0]:
        raise Rejected("file_lost")
    return FileRef(pieces[0], pieces[3], pieces[1], int(pieces[2][:18]))


def _show_file(value: Value, language: str) -> str:
    if not isinstance(value, FileRef):
        return as_text(value)
    return say("values.file", language, name=value.name, size=show_size(value.size))


def show_size(size: int) -> str:
    """``12 kB``, ``3,4 MB``."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


def _dump_file(value: Value) -> object:
    if not isinstance(value, FileRef):
        raise NotStored("a file expected")
    return {"id": value.id, "name": value.name, "kind": value.kind, "size": value.size}


def _load_file(data: object) -> Value:
    found = load_mapping(data)
    if not isinstance(size := found.get("size"), int) or isinstance(size, bool):
        raise NotStored("size: a number of bytes expected")
    return FileRef(text_of(found, "id"), text_of(found, "name"), text_of(found, "kind"), size)


def _file_check(limits: Limits) -> Check:
    kinds, most = limits.accept or KINDS, limits.max_bytes or UPLOAD_MOST
    low, high = whole(limits.min), whole(limits.max)

    def check(value: Value, moment: Moment) -> Finding | None:
        files = value if isinstance(value, tuple) else (value,)
        for file in files:
            if not isinstance(file, FileRef) or file.kind not in kinds:
                return "file_kind", (("kinds", ", ".join(kinds)),)
            if file.size > most:
                return "file_size", (("max", show_size(most)), ("size", show_size(file.size)))
        return count_finding(len(files), low, high)

    return check


@dataclass(frozen=True, slots=True)
class _One:
    """How one of them is read, written, stored and shown."""

    read: Callable[[str], Value]
    raw: Callable[[Value], str]
    dump: Callable[[Value], object]
    load: Callable[[object], Value]
    show: Callable[[Value, str], str]


def _one_or_many(field: Field, each_one: _One) -> Codec:
    if field.many:
        return _many(field, each_one)

    def read(texts: Sequence[str]) -> Value | None:
        text = one(texts, NAME_MOST * 3)
        return each_one.read(text) if text else None

    return Codec(read, each_one.show, lambda value: (each_one.raw(value),), each_one.dump, each_one.load)


def _many(field: Field, each_one: _One) -> Codec:
    def read(texts: Sequence[str]) -> Value | None:
        if len(texts) > MOST_MANY:
            raise Rejected("too_many", max=MOST_MANY, n=len(texts))
        return tuple(dict.fromkeys(each_one.read(text) for text in each(texts, NAME_MOST * 3))) or None

    def load_all(data: object) -> Value:
        if not isinstance(data, list):
            raise NotStored("a list expected")
        return tuple(each_one.load(item) for item in data)

    return Codec(
        read,
        lambda value, language: ", ".join(each_one.show(item, language) for item in _items(value)),
        lambda value: tuple(each_one.raw(item) for item in _items(value)),
        lambda value: [each_one.dump(item) for item in _items(value)],
        load_all,
        count_check(field.limits),
    )


def _items(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)
