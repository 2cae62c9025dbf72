"""What is the shape of one field's codec?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.engine.model.answers import Moment, Value
from app.engine.values.given import Finding, NotStored

Check = Callable[[Value, Moment], Finding | None]
Warn = Callable[[Value], Finding | None]


@dataclass(frozen=True, slots=True)
class Codec:
    """Closures made once a field.

    ``coerce`` raises ``Rejected``, ``load`` raises ``NotStored``. ``check`` gives the first limit that is broken,
    ``warn`` what deserves a second look but never blocks. ``parts`` is empty for a field with one input; ``silent``
    holds the stored
    values that are no answer (``niet_besproken``).
    """

    coerce: Callable[[Sequence[str]], Value | None]
    show: Callable[[Value, str], str]
    raw: Callable[[Value], tuple[str, ...]]
    dump: Callable[[Value], object]
    load: Callable[[object], Value]
    check: Check | None = None
    warn: Warn | None = None
    parts: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()


def as_text(value: Value) -> str:
    """A value that is text, or what it looks like as text."""
    return value if isinstance(value, str) else str(value)


def same(value: Value) -> object:
    """Store text and whole numbers as they are."""
    return value


def one_text(value: Value) -> tuple[str, ...]:
    """The input of a field whose value is a text."""
    return (as_text(value),)


def load_text(data: object) -> Value:
    """Stored text."""
    if not isinstance(data, str):
        raise NotStored(f"text expected, found {type(data).__name__}")
    return data


def load_texts(data: object) -> tuple[str, ...]:
    """A stored list of texts."""
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        raise NotStored("a list of texts expected")
    return tuple(data)


def load_mapping(data: object) -> dict[str, object]:
    """A stored object with text keys."""
    if not isinstance(data, dict):
        raise NotStored(f"an object expected, found {type(data).__name__}")
    return data


def text_of(data: dict[str, object], key: str) -> str:
    """A text in a stored object, ``""`` when it is left out."""
    found = data.get(key, "")
    if not isinstance(found, str):
        raise NotStored(f"{key}: text expected")
    return found
