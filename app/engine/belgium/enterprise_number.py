"""How is the number of an enterprise or association in the Crossroads Bank (KBO) read and shown?"""

from __future__ import annotations

from stdnum.be import vat
from stdnum.exceptions import ValidationError

_BLANKS = str.maketrans("", "", "\u00a0\u202f\t")


def normalise(text: str) -> str:
    """The ten digits when the check digits are right (97 less the first eight mod 97), else ``""``. ``BE`` or ``BTW``
    before it, dots and blanks are ignored; nine digits, as on old paper, get their zero."""
    try:
        return str(vat.validate(text.translate(_BLANKS).upper().removeprefix("BTW")))
    except ValidationError:
        return ""


def show(number: str) -> str:
    """As people write it: ``0566.988.259``."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"
