"""Do two names sound the same to somebody at a desk in Flanders?

Pure. Names come as heard, over the telephone or in hurried writing: ``Vandenbulcke`` is ``Van den Bulke``,
``'t Jolle`` is ``Tjolle``, ``Kovalenko`` is ``Kowalenko``. Each word of a name gets a sound, with its particles joined
to it, and the order of the words does not count. Sounds serve to find candidates for somebody to choose from; they
decide nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ŋ": "ng",
        "č": "cz",
        "š": "sh",
        "ž": "z",
        "ş": "sh",
        "ș": "sh",
    }
)
"""What taking the accents off would lose, or would not touch."""
_APOSTROPHES = re.compile("['`´\u2018\u2019\u02bc]")
_NO_LETTER = re.compile(r"[^a-z]+")
_DUTCH = frozenset({"d", "de", "den", "der", "des", "het", "t", "te", "ten", "ter"})
_VAN = frozenset({"van", "vande", "vanden", "vander", "von", "zu", "zum"})
_ELSEWHERE = frozenset(
    {"abd", "abdel", "abdoul", "abdul", "al", "bou", "da", "das", "del", "dos", "du", "el", "mac", "ul"}
)
_PARTICLES = _DUTCH | _VAN | _ELSEWHERE
_PERHAPS = frozenset({"ben", "bin", "le", "la", "di", "do", "o", "san"})
"""Particles that are whole names too: Ben Peeters, Ben Ali."""
LONGEST = 120
MOST_WORDS = 8

# In order: the more letters first. A capital is a sound that no single letter writes.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^vanhet", "vant"),
        (r"^vande[nr]?(?=[bcdfghjklmnpqrstvwxz])", "vande"),
        (r"^de?h(?=[aeiouy])", "deh"),
        (r"^ab[dt][eou]+l", "abdel"),
        (r"tsch|tsj|tch|cz", "ch"),  # Shevtschenko, Kowalczyk
        (r"ssch(?=en?$|$)", "s"),  # Vanden Bossche
        (r"sch(?=en?$|$)", "s"),  # Van den Bosch
        (r"sch", "sG"),
        (r"c[kq]u?x", "ks"),
        (r"ph", "f"),
        (r"ch|gh|kh", "G"),
        (r"sj|sh", "s"),
        (r"th|dt", "t"),
        (r"([bdrlm])h", r"\1"),
        (r"dj", "j"),
        (r"x|[ckg]s", "ks"),
        (r"c?q(u(?=[aeiouy]))?|ck|c(?=eu)|c(?![eiy])", "k"),  # Ceulemans is said with a k
        (r"c", "s"),
        (r"z", "s"),
        (r"[vw]", "f"),
        (r"[ao]uf(?![aeiouy])", "u"),  # De Pauw
        (r"(?<=[aeiou])h(?![aeiouy])", ""),
        (r"^y(?=[aeiou])", "j"),
        (r"^y", "i"),
        (r"(?<=[^aeiou])y$", "i"),
        (r"uy|ui(?!j)|uij", "U"),
        (r"aey|aeij", "ai"),
        (r"([aou])(y|ij)", r"\1i"),
        (r"eij|ij|ei|ey|y", "Y"),
        (r"au|ou|oe|uu|u", "u"),
        (r"a[ae]+", "a"),
        (r"ie|ii", "i"),
        (r"e[ae]+", "e"),
        (r"o[ao]+", "o"),
        (r"([a-zA-Z])\1+", r"\1"),
        (r"d(?=s|$)", "t"),
        (r"b(?=s|$)", "p"),
        (r"gs", "ks"),
        (r"([kt])s(?=s)", r"\1"),
        (r"t(?=ts)", ""),
        (r"(?<=[a-zA-Z][^aeiouYU])e$", ""),  # Broecke
        (r"G", "g"),
        (r"([a-zA-Z])\1+", r"\1"),
    )
)
_VOWELS = re.compile("[aeiouYU]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as far as it is known. ``whole``: all of it in one text, in any order."""

    first: str = ""
    family: str = ""
    called: str = ""
    whole: str = ""

    def readings(self) -> tuple[str, ...]:
        """The name as people may give it, whole: with the first name and with the name used."""
        given = (self.first, self.called)
        if self.family:
            some = [name for name in given if name] or [""]
            told = [f"{name} {self.family}" for name in some]
        else:
            told = [" ".join(given), *given]
        found = (" ".join(text.split()) for text in (*told, self.whole))
        return tuple(dict.fromkeys(text for text in found if text))


def folded(text: str) -> str:
    """Letters a to z and single spaces: no capitals, no accents, no signs. A name in another script stays as it is."""
    plain = unicodedata.normalize("NFC", text[:LONGEST].casefold()).translate(_LETTERS)
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", plain))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", plain).strip() or " ".join(text[:LONGEST].casefold().split())


def words(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name with their particles joined to them, in one reading or, where a particle may be a first name,
    in two."""
    found = folded(text).split()[:MOST_WORDS]
    if not found:
        return ()
    return tuple(
        dict.fromkeys(_joined(found, particles) for particles in (_PARTICLES | _PERHAPS, _PARTICLES))
    )


@lru_cache(maxsize=1024)
def sound(word: str) -> str:
    """How one folded word sounds; the same for words that people take for one another."""
    for pattern, heard in _RULES:
        word = pattern.sub(heard, word)
    return word


def sounds(text: str) -> tuple[tuple[str, ...], ...]:
    """The sounds of the words of a name in alphabetical order, once for each reading; initials do not count."""
    readings = (tuple(sorted({sound(word) for word in found if _counts(word)})) for found in words(text))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def bare(text: str) -> frozenset[str]:
    """The sounds of the words of a name without the particles before them: Smet of De Smet."""
    found = (word for word in folded(text).split()[:MOST_WORDS] if word not in _PARTICLES)
    return frozenset(sound(word) for word in found if _counts(word))


def skeleton(reading: tuple[str, ...]) -> str:
    """What is left of sounds without their vowels: names that almost sound the same share it."""
    return " ".join(sorted(word[:1] + _VOWELS.sub("", word[1:]) for word in reading))


def _counts(word: str) -> bool:
    return len(word) > 1 or not word.isascii()


def _joined(found: list[str], particles: frozenset[str]) -> tuple[str, ...]:
    joined: list[str] = []
    waiting = ""
    for word in found:
        if word in particles:
            waiting += word
        else:
            joined.append(waiting + word)
            waiting = ""
    return (*joined, waiting) if waiting else tuple(joined)
