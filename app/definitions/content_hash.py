"""When do two definitions mean the same? When their hash is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

from app.definitions.model.campaigns import Campaign
from app.definitions.model.catalog import LANGUAGE_VERSION
from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.definitions.model.workflows import Workflow


def content_hash(definition: Form | Workflow | Campaign | Report) -> str:
    """sha256 over the normalised JSON of a frozen definition: all it holds but the places in files.

    Blocks and lists are in it as laid in; comments, blanks and the order of keys that have no order are not.
    """
    body = {"language": LANGUAGE_VERSION, type(definition).__name__.lower(): normalised(definition)}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def normalised(value: object) -> object:
    """Plain JSON values; a mapping keeps its order as pairs, for the order of buttons and states is meaning."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return str(value.normalize())
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in fields(value) if part.name != "span"}
        unused = [part.name for part in fields(value) if part.metadata.get("later") and not parts[part.name]]
        parts = {name: part for name, part in parts.items() if name not in unused}
        return {"is": type(value).__name__, **{name: normalised(part) for name, part in parts.items()}}
    if isinstance(value, Mapping):
        return [[str(key), normalised(part)] for key, part in value.items()]
    if isinstance(value, tuple | list):
        return [normalised(part) for part in value]
    return str(value)
