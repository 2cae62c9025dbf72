"""Is this a password worth having, and how is it kept?

No rules about digits or capitals, pasting is welcome, any sign counts. Refused is what is tried first: common words
with digits behind them, rows of the keyboard, one piece over and over, one's own name.
"""

from __future__ import annotations

import re

from werkzeug.security import check_password_hash, generate_password_hash

from app.engine.model.answers import FieldError
from app.services.errors import Invalid

SHORTEST = 12
LONGEST = 200
COST = "scrypt:32768:8:3"
"""How passwords are kept: scrypt with N = 2^15, r = 8, p = 3, as OWASP advises; 32 MB and about a fifth of a second."""
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
    "herfst",
    "lente",
    "iloveyou",
    "ikhouvanjou",
    "letmein",
    "sociaalhuis",
    "ocmw",
    "admin",
    "administrator",
    "beheerder",
)
"""Words that, with digits behind them, are tried first."""


_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)
_IN_A_ROW = 8
"""So many signs that follow each other on a keyboard or in the alphabet are a pattern."""


def kept(password: str) -> str:
    """What the database keeps of a password."""
    return generate_password_hash(password, COST)


def matches(hashed: str, password: str) -> bool:
    """Whether it is that password; takes as long either way. Never inside a transaction."""
    return check_password_hash(hashed, password)


def is_outdated(hashed: str) -> bool:
    """Whether it was kept in a cheaper way than we do now."""
    return not hashed.startswith(f"{COST}$")


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
    if (
        len(set(plain)) < 5
        or _is_pattern(plain)
        or any(re.fullmatch(rf"{word}[\d\W_]*", plain) for word in _COMMON)
    ):
        return "password_common"
    own = {email.partition("@")[0], *name.casefold().split()}
    return "password_own_name" if any(len(part) > 3 and part in plain for part in own) else ""


def _is_pattern(plain: str) -> bool:
    """One piece over and over, or a row of the keyboard or the alphabet, there or back."""
    if re.fullmatch(r"(.{2,12}?)\1+", plain):
        return True
    pieces = (plain[start : start + _IN_A_ROW] for start in range(len(plain) - _IN_A_ROW + 1))
    return any(piece in row or piece[::-1] in row for piece in pieces for row in _ROWS)
