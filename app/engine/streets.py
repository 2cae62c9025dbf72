"""In which neighbourhood does an address lie? One postcode covers several villages, so streets tell it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ODD, EVEN, BOTH = "odd", "even", "both"
_NUMBER = re.compile(r"\s*([0-9]{1,5})")
_SHORT = (
    (re.compile(r"str\.?$"), "straat"),
    (re.compile(r"ln\.?$"), "laan"),
    (re.compile(r"stwg\.?$"), "steenweg"),
)


@dataclass(frozen=True, slots=True)
class StreetRange:
    """A stretch of a street: ``first`` to ``last`` (``None``: to its end), on one side or both.

    ``neighbourhood`` is an id; an empty ``postcode`` fits any.
    """

    street: str
    side: str
    first: int
    last: int | None
    neighbourhood: str
    postcode: str = ""

    def holds(self, number: int) -> bool:
        """Whether a house number lies in it."""
        if number < self.first or (self.last is not None and number > self.last):
            return False
        return self.side == BOTH or (self.side == ODD) == bool(number % 2)

    def meets(self, other: StreetRange) -> bool:
        """Whether some house number lies in both, of streets with the same name."""
        if self.postcode and other.postcode and self.postcode != other.postcode:
            return False
        if {self.side, other.side} == {ODD, EVEN}:
            return False
        low = max(self.first, other.first)
        ends = [item.last for item in (self, other) if item.last is not None]
        high = min(ends, default=low + 1)
        return any(
            self.holds(number) and other.holds(number) for number in range(low, min(high, low + 1) + 1)
        )


def fold(street: str) -> str:
    """A street name as it is compared: without capitals, accents, signs and common abbreviations."""
    plain = unicodedata.normalize("NFKD", street.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("ij", "y")
    for written, whole in _SHORT:
        plain = written.sub(whole, plain.strip())
    return "".join(sign for sign in plain if sign.isalnum())


def house_number(text: str) -> int | None:
    """``12A`` -> 12, ``12/3`` -> 12; ``None`` when it begins with no number."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def neighbourhood_of(ranges: Iterable[StreetRange], number: str, postcode: str = "") -> str:
    """The one neighbourhood that all stretches of a street which fit agree on; ``""`` when none does or they differ.

    ``ranges`` are those with the street's name. Without a house number the whole street must lie in one.
    """
    house = house_number(number)
    found = {
        item.neighbourhood
        for item in ranges
        if not (item.postcode and postcode and item.postcode != postcode)
        and (house is None or item.holds(house))
    }
    return found.pop() if len(found) == 1 else ""
