"""How does a database that cannot or must not be used say so?"""

from __future__ import annotations

from app.texts import say


class Unavailable(Exception):
    """The database is away, locked too long, or chose this transaction to break a deadlock. Trying again may help."""


class StorageRefused(Exception):
    """A database that must not be used as it is; the text is one sentence for the operator."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(say(f"cli.storage_{code}", "nl", **params))
        self.code = code
