"""What is a page of a form made of, between the definition and the bytes?

Literal markup, written once when a form version is first used, and holes that are filled at each request. Everything
that comes from a definition is escaped by :func:`html`; everything that comes from a person is escaped by its hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup, escape

from app.engine.holes import word

Raw = Mapping[str, Sequence[str]]
"""What was posted or kept in a draft: input name -> texts."""

Choice = tuple[str, str]
"""Value and label of an option that only the services know (a person, a partner, a neighbourhood)."""

NOTHING: Sequence[str] = ()
SHOWN = ":shown"
"""After the name of an agreement: the words its page showed, sealed."""


@dataclass(slots=True)
class Filling:
    """What one request puts into the holes.

    ``errors``: flat field id -> sentence. ``choices``: ``"neighbourhood"``, ``"person:staff"`` ... -> choices.
    ``words``: ``"holder.name"`` -> name. ``shown``: flat id -> the words agreed to, sealed. ``roles``: of who looks,
    for ``only_for``.
    """

    raw: Raw = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    warned: frozenset[int] = frozenset()
    """Places in the ``warn`` of the form of those that hold."""

    def first(self, name: str, default: str = "") -> str:
        """The first text under ``name``; ``default`` when nothing was posted under it."""
        texts = self.raw.get(name)
        return texts[0] if texts else default

    def all(self, name: str) -> Sequence[str]:
        """All texts under ``name``."""
        return self.raw.get(name, NOTHING)


class Hole(Protocol):
    """A place in the markup that differs per request."""

    def fill(self, f: Filling) -> str:
        """Markup, escaped."""

    def blank(self) -> Iterable[Part]:
        """What stands here while nobody typed anything: literal, or still open for what only services know."""


Part = str | Hole
Parts = list[Part]


def html(template: str, *values: object) -> str:
    """``template`` is markup of ours; each ``{}`` takes a value, escaped unless it came from here as ``Safe``."""
    return str(Markup(template).format(*values))  # noqa: S704 - the one door; templates are literals of this room


def safe(markup: str) -> Markup:
    """Markup that this room made itself, to be laid in another piece."""
    return Markup(markup)  # noqa: S704 - only called with the result of html() or fill()


def text(value: object) -> str:
    """Any value as escaped text, fit for content and quoted attributes."""
    return str(escape(value))


def merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same parts with neighbouring literals joined."""
    result: Parts = []
    for part in parts:
        if not isinstance(part, str):
            result.append(part)
        elif result and isinstance(result[-1], str):
            result[-1] = "".join((result[-1], part))  # not +: adding Markup would escape what is left of it
        elif part:
            result.append(str(part))
    return tuple(result)


def blanked(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of a page in which nothing was typed and nothing is wrong: far fewer holes."""
    return merged(piece for part in parts for piece in ((part,) if isinstance(part, str) else part.blank()))


def filled(parts: Iterable[Part], f: Filling) -> str:
    """The markup of ``parts`` for one request."""
    return "".join([part if isinstance(part, str) else part.fill(f) for part in parts])


@lru_cache(maxsize=256)
def _options(choices: tuple[Choice, ...], picked: tuple[str, ...]) -> str:
    """``<option>`` elements; the same people are lent to page after page."""
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value in picked else ""}>{escape(label)}</option>'
        for value, label in choices
    )


@lru_cache(maxsize=256)
def _ticks(name: str, choices: tuple[Choice, ...], picked: tuple[str, ...]) -> str:
    """The same as boxes."""
    return "".join(
        f'<div class="tick"><input type="checkbox" id="i-{name}-{number}" name="{name}" '
        f'value="{escape(value)}"{" checked" if value in picked else ""}>'
        f'<label for="i-{name}-{number}">{escape(label)}</label></div>'
        for number, (value, label) in enumerate(choices)
    )


# The holes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValueHole:
    """The text that was typed, for an attribute in double quotes or for a text area."""

    name: str
    default: str = ""

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        texts = f.raw.get(self.name)
        return str(escape(texts[0])) if texts else self.default

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class PickedHole:
    """`` checked`` or `` selected`` on one option; ``default`` holds while nothing was posted under the name."""

    name: str
    value: str
    word: str = " checked"
    default: bool = False

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        texts = f.raw.get(self.name)
        if texts is None:
            return self.word if self.default else ""
        return self.word if self.value in texts else ""

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class DescribeHole:
    """``aria-describedby`` and ``aria-invalid`` of a control; ``help_id`` is empty where there is no help."""

    field: str
    help_id: str = ""

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        if self.field not in f.errors:
            return f' aria-describedby="{self.help_id}"' if self.help_id else ""
        ids = f"{self.help_id} e-{self.field}".strip()
        return f' aria-describedby="{ids}" aria-invalid="true"'

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class ErrorHole:
    """The sentence beside a field; ``prefix`` is read aloud before it."""

    field: str
    prefix: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        sentence = f.errors.get(self.field)
        if sentence is None:
            return ""
        return (
            f'<p class="field-error" id="e-{self.field}"><span class="visually-hidden">{self.prefix} </span>'
            f"{escape(sentence)}</p>"
        )

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class WrongHole:
    """A class on the wrapper of a field that must be mended."""

    field: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        return " field--wrong" if self.field in f.errors else ""

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class WordHole:
    """A word that only the services know, such as ``{holder.name}``; ``default`` reads well without it. ``place`` is
    the row it stands in."""

    name: str
    default: str
    place: str = ""

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        return str(escape(word(f.words, self.name, self.place) or self.default))

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self,)


@dataclass(frozen=True, slots=True)
class ShownHole:
    """Which words an agreement showed, to come back with the answer; nothing while the default ones stand there."""

    name: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        sealed = f.shown.get(self.name)
        if not sealed:
            return ""
        return f'<input type="hidden" name="{escape(self.name)}{SHOWN}" value="{escape(sealed)}">'

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self,)


@dataclass(frozen=True, slots=True)
class ChoicesHole:
    """``<option>`` elements that only the services know."""

    name: str
    sources: tuple[str, ...]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        choices = tuple(choice for source in self.sources for choice in f.choices.get(source, ()))
        return _options(choices, tuple(f.raw.get(self.name, NOTHING)))

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self,)


@dataclass(frozen=True, slots=True)
class TicksHole:
    """The same as boxes, for any number of them."""

    name: str
    sources: tuple[str, ...]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        choices = tuple(choice for source in self.sources for choice in f.choices.get(source, ()))
        return _ticks(self.name, choices, tuple(f.raw.get(self.name, NOTHING)))

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self,)


FIND = ":find"
"""Behind the name of a field: what its list is searched for."""


@dataclass(frozen=True, slots=True)
class CasesHole:
    """Boxes for cases that match what was searched for, and those that are ticked; ``empty`` where there is none."""

    name: str
    sources: tuple[str, ...]
    empty: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        picked = tuple(f.raw.get(self.name, NOTHING))
        sought = f.first(f"{self.name}{FIND}").casefold().split()
        found = tuple(
            (value, label)
            for source in self.sources
            for value, label in f.choices.get(source, ())
            if value in picked or all(word in label.casefold() for word in sought)
        )
        return _ticks(self.name, found, picked) or self.empty

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self,)


@dataclass(frozen=True, slots=True)
class OnlyHole:
    """Parts that are there for some roles only; for others they do not exist."""

    roles: frozenset[str]
    parts: tuple[Part, ...]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        return filled(self.parts, f) if self.roles & f.roles else ""

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (OnlyHole(self.roles, blanked(self.parts)),)
