"""What can go wrong that somebody should hear about? The only exceptions that leave this room.

``web/errors.py`` maps each to a page once. They carry codes and ids, never sentences and never personal data.
"""

from __future__ import annotations

from app.engine.model.answers import FieldError, Judgement
from app.storage.database import Unavailable


class ServiceError(Exception):
    """Any of the below except ``Unavailable``. ``code`` names a text ``errors.<code>`` with ``params``."""

    def __init__(self, code: str = "", **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFound(ServiceError):
    """There is no such thing here; also said of what belongs to another municipality or may not be known of."""


class Forbidden(ServiceError):
    """It is there, the actor may know so, but may not do this."""


class Conflict(ServiceError):
    """Somebody was first. ``current`` is what stands there now (a version, a revision), for a merge page."""

    def __init__(self, code: str = "conflict", *, current: object = None, **params: str) -> None:
        super().__init__(code, **params)
        self.current = current


class AlreadyDone(ServiceError):
    """The same request was carried out before. ``result`` is what it gave then."""

    def __init__(self, code: str = "already_done", *, result: object = None, **params: str) -> None:
        super().__init__(code, **params)
        self.result = result


class Invalid(ServiceError):
    """What was given cannot be accepted: ``errors`` per field, and the whole ``judgement`` where a form was judged."""

    def __init__(
        self,
        code: str = "invalid",
        *,
        errors: tuple[FieldError, ...] = (),
        judgement: Judgement | None = None,
        **params: str,
    ) -> None:
        super().__init__(code, **params)
        self.judgement = judgement
        self.errors = errors or (judgement.errors if judgement else ())


__all__ = ["AlreadyDone", "Conflict", "Forbidden", "Invalid", "NotFound", "ServiceError", "Unavailable"]
