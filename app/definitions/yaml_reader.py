"""How does a parser take typed values out of a mapping, and tell all that is wrong at once?

A :class:`Reader` stands over one mapping. Each ``take`` names a key it owns; a value that does not fit becomes a
problem and reads as absent, so the parser goes on. ``finish()`` reports the keys nobody asked for, with a guess.

    reader = Reader(node, problems)
    field_id = reader.identifier("field", required=True)
    label = reader.text("label", required=True)
    required = reader.boolean("required")
    options = reader.node("options")              # any shape: look at it yourself
    limits = reader.integer("max_length", least=1)
    for child in reader.readers("fields"): ...
    reader.finish()

Shape problems are ``Y040``-``Y059``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from app.definitions.durations import as_duration
from app.definitions.model.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from app.definitions.model.source import Problem, Span
from app.definitions.model.workflows import Duration
from app.definitions.problems import guess, problem

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
TRUE = frozenset({"true", "ja", "yes"})
FALSE = frozenset({"false", "nee", "no"})

Word = TypeVar("Word", bound=StrEnum)


class Reader:
    """Reads one mapping once. ``problems`` is the caller's list, shared by all readers of a file."""

    def __init__(self, node: MappingNode, problems: list[Problem]) -> None:
        self.mapping = node
        self.problems = problems
        self._known: set[str] = set()

    # Where ------------------------------------------------------------------------------------------------

    @property
    def span(self) -> Span:
        """Where the mapping begins."""
        return self.mapping.span

    def at(self, key: str) -> Span:
        """Where the value of ``key`` stands; the mapping's start when it is not there."""
        found = self.mapping.get(key)
        return found.span if found else self.span

    def tell(self, code: str, span: Span, /, **params: object) -> None:
        """Add an error of the parser's own."""
        self.problems.append(problem(code, span, **params))

    # Raw --------------------------------------------------------------------------------------------------

    def has(self, key: str) -> bool:
        """Whether the key is written; it counts as known from now on."""
        self._known.add(key)
        return self.mapping.entry(key) is not None

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """The value in whatever shape. Missing: ``Y040`` when required. A value already refused reads as absent."""
        self._known.add(key)
        found = self.mapping.get(key)
        if found is None:
            if required:
                self.tell("Y040", self.span, key=key)
            return None
        return None if isinstance(found, ScalarNode) and found.broken else found

    def scalar(self, key: str, *, required: bool = False) -> ScalarNode | None:
        """The text with its place (for conditions). ``Y041`` a list or mapping, ``Y042`` nothing behind the key."""
        found = self.node(key, required=required)
        return None if found is None else as_scalar(found, key, self.problems)

    def entries(self, key: str, *, required: bool = False) -> tuple[Entry, ...]:
        """A mapping whose keys the author chooses (``states:``). ``Y043`` when it is something else."""
        found = self.node(key, required=required)
        if found is None:
            return ()
        if isinstance(found, MappingNode):
            return found.entries
        self.tell("Y043", found.span, key=key)
        return ()

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """A list; one text or one mapping alone counts as a list of one. ``Y042`` for nothing behind the key."""
        found = self.node(key, required=required)
        if found is None:
            return ()
        if isinstance(found, SequenceNode):
            return found.items
        if isinstance(found, ScalarNode) and not found.text:
            self.tell("Y042", found.span, key=key)
            return ()
        return (found,)

    # Typed ------------------------------------------------------------------------------------------------

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Text as written, blanks around it removed."""
        found = self.scalar(key, required=required)
        return default if found is None else found.text.strip()

    def identifier(self, key: str, default: str = "", *, required: bool = False, dotted: bool = False) -> str:
        """An id: ``[a-z][a-z0-9_]*``, at most 40 characters (each part when ``dotted``). ``Y046`` otherwise."""
        found = self.scalar(key, required=required)
        return default if found is None else as_identifier(found, self.problems, dotted=dotted) or default

    def boolean(self, key: str, default: bool = False) -> bool:
        """``true``/``false`` (also ja, nee, yes, no). ``Y044`` otherwise."""
        found = self.scalar(key)
        if found is None:
            return default
        word = found.text.strip().lower()
        if word in TRUE | FALSE:
            return word in TRUE
        self.tell("Y044", found.span, key=key, text=found.text)
        return default

    def integer(self, key: str, *, least: int | None = None, most: int | None = None) -> int | None:
        """A whole number in digits. ``Y045`` otherwise, ``Y047`` outside ``least``..``most``."""
        found = self.scalar(key)
        if found is None:
            return None
        text = found.text.strip()
        if not re.fullmatch(r"-?[0-9]{1,12}", text):
            self.tell("Y045", found.span, key=key, text=text)
            return None
        number = int(text)
        if (least is not None and number < least) or (most is not None and number > most):
            self.tell(
                "Y047",
                found.span,
                key=key,
                text=text,
                least="…" if least is None else least,
                most=most or "…",
            )
            return None
        return number

    def decimal(self, key: str) -> Decimal | None:
        """A number with a point. ``Y048`` otherwise; a comma gets its own hint."""
        found = self.scalar(key)
        if found is None:
            return None
        try:
            if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", found.text.strip()):
                return Decimal(found.text.strip())
        except InvalidOperation:  # pragma: no cover - the pattern is stricter
            pass
        self.tell("Y048", found.span, key=key, text=found.text)
        return None

    def one_of(self, key: str, allowed: Iterable[str], default: str = "", *, required: bool = False) -> str:
        """One word of a closed list. ``Y049`` with a guess otherwise."""
        found = self.scalar(key, required=required)
        return default if found is None else as_one_of(found, key, allowed, self.problems) or default

    def enum(self, key: str, kind: type[Word], default: Word, *, required: bool = False) -> Word:
        """One word of an enumeration; ``default`` when absent or wrong."""
        word = self.one_of(key, [member.value for member in kind], required=required)
        return kind(word) if word else default

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts, or one text."""
        found = (as_scalar(item, key, self.problems) for item in self.items(key, required=required))
        return tuple(node.text.strip() for node in found if node is not None)

    def scalars(self, key: str, *, required: bool = False) -> tuple[ScalarNode, ...]:
        """A list of texts with their places, or one text."""
        found = (as_scalar(item, key, self.problems) for item in self.items(key, required=required))
        return tuple(node for node in found if node is not None)

    def words(self, key: str, allowed: Iterable[str], *, required: bool = False) -> tuple[str, ...]:
        """A list of words of a closed list (``audience:``); wrong ones are told and left out."""
        known = tuple(allowed)
        found = (as_one_of(node, key, known, self.problems) for node in self.scalars(key, required=required))
        return tuple(word for word in found if word)

    def duration(self, key: str, *, required: bool = False) -> Duration | None:
        """``5 working days``. ``Y050`` otherwise."""
        found = self.scalar(key, required=required)
        return None if found is None else as_duration(found, self.problems)

    def reader(self, key: str, *, required: bool = False) -> Reader | None:
        """A mapping below, to be read in turn. ``Y043`` when it is something else."""
        found = self.node(key, required=required)
        return None if found is None else as_reader(found, key, self.problems)

    def readers(self, key: str, *, required: bool = False) -> tuple[Reader, ...]:
        """A list of mappings (or one mapping alone), to be read in turn."""
        found = (as_reader(item, key, self.problems) for item in self.items(key, required=required))
        return tuple(reader for reader in found if reader is not None)

    # The end ----------------------------------------------------------------------------------------------

    def finish(self, *also_known: str) -> None:
        """Report every key nobody asked for (``Y051``), with the known key that was probably meant."""
        known = self._known | set(also_known)
        for entry in self.mapping.entries:
            if entry.key not in known:
                meant = guess(entry.key, sorted(known - set(self.mapping.keys)))
                self.tell("Y051", entry.span, key=entry.key, guess=meant, known=", ".join(sorted(known)))


def as_scalar(node: Node, key: str, problems: list[Problem]) -> ScalarNode | None:
    """The node as non-empty text; ``Y041`` for a list or mapping, ``Y042`` for an empty one. Broken: ``None``."""
    if not isinstance(node, ScalarNode):
        problems.append(problem("Y041", node.span, key=key))
    elif not node.broken and not node.text.strip():
        problems.append(problem("Y042", node.span, key=key))
    elif not node.broken:
        return node
    return None


def as_reader(node: Node, key: str, problems: list[Problem]) -> Reader | None:
    """The node as a mapping to read; ``Y043`` otherwise."""
    if isinstance(node, MappingNode):
        return Reader(node, problems)
    if not (isinstance(node, ScalarNode) and node.broken):
        problems.append(problem("Y043", node.span, key=key))
    return None


def as_identifier(node: ScalarNode, problems: list[Problem], *, dotted: bool = False) -> str:
    """The node as an id, or ``""`` with ``Y046``."""
    text = node.text.strip()
    parts = text.split(".") if dotted else [text]
    if all(IDENTIFIER.fullmatch(part) for part in parts):
        return text
    problems.append(problem("Y046", node.span, text=text, guess=proposed_identifier(text)))
    return ""


def proposed_identifier(text: str) -> str:
    """An id made of what was written (``Ter Heide`` -> ``ter_heide``), or ``""`` when nothing remains."""
    letters = unicodedata.normalize("NFKD", text.lower())  # zoë -> zoe, the fi-ligature -> fi
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40]
    word = f"o_{word}" if word[:1].isdigit() else word
    return word if word != text and IDENTIFIER.fullmatch(word) else ""


def as_one_of(node: ScalarNode, key: str, allowed: Iterable[str], problems: list[Problem]) -> str:
    """The node as one of ``allowed``, or ``""`` with ``Y049``."""
    known = tuple(allowed)
    word = node.text.strip()
    if word in known:
        return word
    params = {"key": key, "text": word, "guess": guess(word, known), "known": ", ".join(known)}
    problems.append(problem("Y049", node.span, **params))
    return ""
