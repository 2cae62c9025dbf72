"""How does a run that makes an application for every test not work out the same four hundred addresses every time?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.routing import Rule

_Key = tuple[tuple[tuple[bool, str], ...], bool]


@contextmanager
def compiled_once() -> Iterator[None]:
    """What writes the address of a route is kept by the pieces of that route, which is all that it is made of; a route
    with defaults is made anew. More than half of making an application is this."""
    make = Rule._compile_builder
    kept: dict[_Key, Any] = {}

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return make(rule, append_unknown)
        key = (tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = make(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_builder  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Rule._compile_builder = make  # type: ignore[method-assign]
