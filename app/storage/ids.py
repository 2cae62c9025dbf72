"""How is a row named? By 63 bits that rise with time, shown in addresses as 13 letters and digits.

42 bits are milliseconds since 2024, 21 bits count on from a random start, so that two processes seldom meet and rows
made later sort later. An id says when its row was made and nothing else; it is no secret.
"""

from __future__ import annotations

import secrets
import threading
import time
from datetime import timedelta

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
_COUNT_BITS = 21
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
TEXT_LENGTH = 13
_PAIR_SHIFTS = range(50, -1, -10)
"""Behind the first letter, two letters at a time."""


class _Source:
    """Ids of this process: strictly rising, also when the clock steps back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def draw(self) -> int:
        moment = time.time_ns() // 1_000_000 - _EPOCH_MS
        with self._lock:
            if moment > self._last >> _COUNT_BITS:
                self._last = (moment << _COUNT_BITS) | secrets.randbits(_COUNT_BITS - 1)
            else:  # within one millisecond: count on, so that order is kept
                self._last += 1
            return self._last


_source = _Source()


def new_id() -> int:
    """A new id, higher than all ids this process made before."""
    return _source.draw()


def to_text(number: int) -> str:
    """``number`` as 13 characters; sorts as the number does."""
    if not 0 <= number < 1 << 63:
        raise ValueError("an id has 63 bits")
    pairs = [_PAIRS[(number >> shift) & 1023] for shift in _PAIR_SHIFTS]
    return "".join((_ALPHABET[number >> 60], *pairs))


def from_text(text: str) -> int:
    """The id that ``to_text`` wrote; ``ValueError`` for anything else."""
    if len(text) != TEXT_LENGTH:
        raise ValueError("an id has 13 characters")
    number = 0
    for letter in text:
        if letter not in _VALUES:
            raise ValueError("an id has letters and digits only")
        number = number << 5 | _VALUES[letter]
    if number >= 1 << 63:
        raise ValueError("an id has 63 bits")
    return number


def new_account_id() -> str:
    """A new account id: the same, as text, because the engine names people by text."""
    return to_text(new_id())


def before(number: int, time_before: timedelta) -> int:
    """The lowest id that could have been drawn ``time_before`` the moment of ``number``."""
    return max(0, (number >> _COUNT_BITS) - time_before // timedelta(milliseconds=1)) << _COUNT_BITS
