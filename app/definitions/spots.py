"""Where in a definition is the cursor, and what is a suggestion for that place?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.definitions.outline import Branch
from app.definitions.vocabulary import Key
from app.definitions.vocabulary import Node as Words

TYPED = re.compile(r"[\w.]*$")


class Place(StrEnum):
    """What is being written: a key of the vocabulary, a name the author gives as a key, or a value."""

    KEY = "key"
    NAME = "name"
    VALUE = "value"


class Sort(StrEnum):
    """What a suggestion is, for whoever draws it."""

    MISSING = "missing"  # a mandatory key that is not there yet
    KEY = "key"
    VALUE = "value"
    NAME = "name"  # of another definition, a state, a message
    FIELD = "field"
    OPTION = "option"
    FUNCTION = "function"
    WORD = "word"  # of the language of conditions, terms and texts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``help`` is the code of a text, ``about`` what the author called it; either may be empty."""

    word: str
    insert: str
    sort: Sort
    help: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """The mapping the cursor is in (``branch``) with its vocabulary, and the key it stands behind.

    ``typed`` is the value before the cursor; ``chain`` all mappings around it with the names of their vocabulary,
    outermost first; ``owner`` the mapping around one whose keys are names; ``beside`` the name before a free value.
    """

    place: Place
    branch: Branch
    words: Words | None = None
    key: Key | None = None
    typed: str = ""
    written: str = ""
    chain: tuple[tuple[str, Branch], ...] = field(default_factory=tuple)
    owner: Branch | None = None
    beside: str = ""
    in_list: bool = False
    dash: bool = False
    followed: bool = False
    blank: bool = False

    @property
    def root(self) -> Branch:
        """The whole file."""
        return self.chain[0][1] if self.chain else self.branch

    @property
    def kind(self) -> str:
        """What the file defines."""
        return self.chain[0][0] if self.chain else ""

    def around(self, *names: str) -> Branch | None:
        """The nearest mapping around the cursor with one of these vocabularies, this one included."""
        return next((branch for name, branch in reversed(self.chain) if name in names), None)


def prefix_of(before: str) -> str:
    """The word that is being typed."""
    found = TYPED.search(before)
    return found.group() if found else ""
