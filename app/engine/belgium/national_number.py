"""How is a national register number read, written and masked?

Eleven digits ``JJ.MM.DD-RRR.CC``; persons born from 2000 on get a 2 in front before the check digits are counted; a
bis number has its month raised by 20 or 40. Nothing is derived from it for display: no sex, no birthday.
"""

from __future__ import annotations

import re

from stdnum.be import ssn
from stdnum.exceptions import ValidationError

_SEPARATORS = str.maketrans("", "", " .-/\u00a0\u2013")
_ELEVEN = re.compile(r"[0-9]{11}")
MASK = "••.••.••-•••."


def normalise(text: str) -> str:
    """The eleven digits of a valid national or bis number, else ``""``."""
    digits = text.translate(_SEPARATORS)
    if not _ELEVEN.fullmatch(digits):
        return ""
    try:
        ssn.validate(digits)
    except ValidationError:
        return ""
    return digits


def write(number: str) -> str:
    """``85.07.30-033.28``: for the one page of the person who may read it."""
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


def mask(number: str) -> str:
    """``••.••.••-•••.28``: everywhere else."""
    return MASK + number[-2:]
