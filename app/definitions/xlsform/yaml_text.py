"""How is a value written in YAML, so that an author can go on with it by hand?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

PLAIN = re.compile(r"^[A-Za-zÀ-ÿ0-9][^\n:#{}\[\],&*!|>'\"%@`]*$")
"""Texts that YAML reads as they stand; all others go between double quotes."""
Value = str | bool | int | list[str] | Mapping[str, str]


def scalar(value: Value) -> str:
    """One value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(scalar(item) for item in value)}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {scalar(text)}' for name, text in value.items())}}}"
    text = " ".join(value.split())
    plain = PLAIN.match(text) and text == text.strip() and "\u00a0" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)


def pairs(items: Iterable[tuple[str, Value]], indent: int, *, dash: bool = False) -> list[str]:
    """``key: value`` lines; ``dash`` begins the first as an item of a list."""
    found: list[str] = []
    for number, (name, value) in enumerate(items):
        start = " " * (indent - 2) + "- " if dash and number == 0 else " " * indent
        found.append(f"{start}{name}: {scalar(value)}")
    return found
