"""Is this a password worth having?"""

from __future__ import annotations

import re

from app.engine.model.answers import FieldError
from app.services.errors import Invalid

SHORTEST = 12
LONGEST = 200
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_COMMON = (
    "wachtwoord",
    "password",
    "welkom",
    "qwerty",
    "azerty",
    "123456",
    "gemeente",
    "geheim",
    "meernet",
    "zomer",
    "winter",
)
"""Words that, with digits behind them, are tried first."""


def looks_like_email(text: str) -> bool:
    """Whether ``text`` (lower case) is one plain address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def check(password: str, name: str, email: str, *, field: str = "password") -> None:
    """Raise ``Invalid`` with the reason beside ``field``: too short, too long, too common, or one's own name."""
    code = _fault(password, name, email)
    if code:
        raise Invalid(errors=(FieldError(field, code, (("n", str(SHORTEST)),)),))


def _fault(password: str, name: str, email: str) -> str:
    plain = password.casefold()
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    if len(set(plain)) < 5 or any(re.fullmatch(rf"{word}[\d\W_]*", plain) for word in _COMMON):
        return "password_common"
    own = {email.partition("@")[0], *name.casefold().split()}
    return "password_own_name" if any(len(part) > 3 and part in plain for part in own) else ""
