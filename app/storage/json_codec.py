"""How do frozen types become JSON and come back as what they were?

Only what a column needs: dataclasses (by field name), mappings, tuples and lists, text, numbers, booleans, instants and
dates (ISO text), decimals (text). ``canonical`` gives the same bytes for the same value, for hashes and chains.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def to_plain(value: object) -> Any:
    """``value`` as what JSON knows; instants in UTC."""
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:  # what nearly everything is
        return value
    if kind is dict:
        return {str(key): to_plain(item) for key, item in value.items()}  # type: ignore[attr-defined]
    return _less_usual(value)


def _less_usual(value: object) -> Any:
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple | list | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [to_plain(item) for item in items]
    raise TypeError(f"{type(value).__name__} has no place in a column")


def dumps(value: object) -> str:
    """Compact JSON text."""
    return _COMPACT.encode(to_plain(value))


def loads(text: str | bytes) -> Any:
    """What ``dumps`` wrote, as plain values."""
    return json.loads(text)


def canonical(value: object) -> bytes:
    """The same bytes for the same value."""
    return _CANONICAL.encode(to_plain(value)).encode()


def from_plain(kind: type[T], plain: Any) -> T:
    """A ``kind`` (a dataclass) from what ``to_plain`` made of it; names it does not know are left out."""
    result: T = _read(kind, plain)
    return result


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: Any) -> Any:
    if plain is None:
        return None
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in plain.items() if name in hints})
    origin = get_origin(kind)
    if origin is None:
        return _read_scalar(kind, plain)
    if origin in (Union, UnionType):
        return _read(next(arg for arg in get_args(kind) if arg is not type(None)), plain)
    return _read_many(origin, get_args(kind), plain)


def _read_scalar(kind: Any, plain: Any) -> Any:
    if kind in (datetime, date, time):
        return kind.fromisoformat(plain)
    return Decimal(plain) if kind is Decimal else plain


def _read_many(origin: Any, args: tuple[Any, ...], plain: Any) -> Any:
    if origin is tuple:
        if len(args) == 2 and args[1] is not Ellipsis:
            return tuple(_read(kind, item) for kind, item in zip(args, plain, strict=True))
        return tuple(_read(args[0], item) for item in plain)
    if origin in (frozenset, set, list):
        return origin(_read(args[0], item) for item in plain)
    return {key: _read(args[1], item) for key, item in plain.items()}
