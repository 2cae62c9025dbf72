"""Who lives and works in an exercise? People put together from common names; nobody is copied."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST = (
    "Aline", "Bart", "Carla", "Dirk", "Elif", "Frans", "Greet", "Hamza", "Ingrid", "Jan", "Kaat", "Luc", "Mieke",
    "Noor", "Omer", "Petra", "Robbe", "Saskia", "Toon", "Ursula", "Veerle", "Ward", "Yasmina",
)  # fmt: skip
_LAST = (
    "Adriaens", "Beernaert", "Coppens", "De Wachter", "Everaert", "Foulon", "Geerts", "Hendrickx", "Ilsbroekx",
    "Jacobs", "Kesteloot", "Lievens", "Mertens", "Nijs", "Oosterlinck", "Peeters", "Quintens", "Roels", "Smeets",
    "Tack", "Uyttersprot", "Vercauteren", "Wuyts", "Yildiz", "'t Seyen", "Zegers", "Van den Eynde", "Ballegeer",
    "Goris",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Somebody who does not exist; ``number`` gives everybody their own telephone."""

    first_name: str
    name: str
    number: int

    @property
    def whole_name(self) -> str:
        """First name and family name."""
        return f"{self.first_name} {self.name}"

    @property
    def phone(self) -> str:
        """A number that is never given out."""
        return f"0400 00 {self.number // 100 % 100:02d} {self.number % 100:02d}"

    def email(self, municipality: str) -> str:
        """An address that cannot exist."""
        plain = "".join(
            sign for sign in f"{self.first_name}.{self.name}".lower() if sign.isalnum() or sign == "."
        )
        return f"{plain}@{municipality}.example"


def made_up(number: int) -> MadeUp:
    """The ``number``-th person; the two lists have no common divisor, so that names return after hundreds."""
    return MadeUp(_FIRST[number % len(_FIRST)], _LAST[(number * 7 + 5) % len(_LAST)], number)
