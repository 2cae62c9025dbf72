"""How is a bank account number read and shown?"""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.exceptions import ValidationError

_SEPARATORS = str.maketrans("", "", " .-\u00a0\u202f")
_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")


def normalise(text: str) -> str:
    """The IBAN without blanks when country, length and check digits are right (mod 97; a Belgian one also by its own
    check digits), else ``""``. A leading word ``IBAN`` is ignored."""
    compact = text.translate(_SEPARATORS).upper().removeprefix("IBAN").removeprefix(":")
    if not _SHAPE.fullmatch(compact):
        return ""
    try:
        iban.validate(
            compact, check_country=False
        )  # bank codes come and go: a list of them would refuse new ones
    except ValidationError:
        return ""
    return compact if not compact.startswith("BE") or _own_check(compact[4:]) else ""


def _own_check(account: str) -> bool:
    """Whether the last two of the twelve Belgian digits are the rest of the first ten by 97 (97 for none)."""
    return account.isdigit() and (int(account[:10]) % 97 or 97) == int(account[10:])


def show(number: str) -> str:
    """In groups of four: ``BE68 5390 0754 7034``."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
