"""What did the page show that somebody saves, and what did somebody else save meanwhile?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import request

from app.services.errors import Conflict, ServiceError
from app.services.seen import PAGE_CHANGED

FIELD = "seen"
Now = tuple[tuple[str, str], ...]
"""Label and text of what stands there by now."""


def posted(name: str = FIELD) -> str:
    """The mark that came along; a form without one has seen nothing."""
    return request.form.get(name, "")[:64]


def is_stale(problem: ServiceError | None) -> bool:
    """Whether somebody else saved first."""
    return isinstance(problem, Conflict) and problem.code == PAGE_CHANGED


def now(problem: ServiceError | None, typed: Mapping[str, str], label: Callable[[str], str]) -> Now:
    """What somebody else saved, where it is not what was ``typed``; nothing for any other problem."""
    current = problem.current if isinstance(problem, Conflict) and is_stale(problem) else None
    if not isinstance(current, Mapping):
        return ()
    return differing((label(name), text, typed.get(name, "")) for name, text in current.items())


def differing(lines: Iterable[tuple[str, str, str]]) -> Now:
    """The same from ``(label, stands there, was typed)``."""
    return tuple((label, text) for label, text, typed in lines if text != typed)
