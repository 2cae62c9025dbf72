"""How is a reading of a report kept, so that it says the same for ever? As JSON, by the shape of its types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.reporting.results import ReportResult


def dump(result: ReportResult) -> str:
    """The same text for the same reading."""
    return json.dumps(result, default=_plain, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> ReportResult:
    """Read what ``dump`` wrote; raises ``ValueError`` for anything else."""
    try:
        found = _made(ReportResult, json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a reading") from error
    if not isinstance(found, ReportResult):
        raise ValueError("not a reading")
    return found


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    raise TypeError(type(value).__name__)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, raw: Any) -> Any:
    if raw is None or kind in (str, int, float, bool):
        return raw
    if kind is date:
        return date.fromisoformat(raw)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        there = [
            item.name for item in fields(kind) if item.name in raw
        ]  # the others came later: their default
        return kind(**{name: _made(hints[name], raw[name]) for name in there})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_made(inner[0], item) for item in raw)
    if origin is UnionType:
        return _made(next((item for item in inner if is_dataclass(item) or item is date), NoneType), raw)
    return dict(raw) if isinstance(raw, dict) else raw
