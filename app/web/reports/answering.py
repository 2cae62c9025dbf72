"""What did somebody write of those who govern, and what is wrong with it?"""

from __future__ import annotations

from collections.abc import Mapping

from app.services.errors import ServiceError
from app.texts import say

FIELDS = ("body", "answered_on", "text")


def said_of(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of an answer as they were typed."""
    return {name: form.get(name, "") for name in FIELDS}


def wrong_of(problem: ServiceError) -> dict[str, str]:
    """Field -> what is wrong with it; ``""`` for the whole."""
    errors = getattr(problem, "errors", ())
    if not errors:
        return {"": say(f"figures.list.{problem.code}")}
    return {item.field: say(f"figures.error.{item.code}", **dict(item.params)) for item in errors}
