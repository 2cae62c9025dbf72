"""What is folded away until somebody asks for it, and when does it stand open by itself?

Questions in a row with the same ``show_after`` share one fold. A fold that holds an answer, an error or something
required is open, so that nothing is missed; it works without a script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from app.definitions.model.forms import Field, FieldType
from app.web.forms.frame import Setting, is_required, opened
from app.web.forms.parts import Filling, OnlyHole, Part, Parts, html, merged

Draw = Callable[[Field, Setting], Parts]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpenHole:
    """`` open`` on a fold. ``names``: the inputs in it, each with the texts that stand there while nobody answered."""

    names: Mapping[str, frozenset[str]]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        wrong = any(self._of(name) is not None for name in f.errors)
        return " open" if wrong or any(self.told(*item) for item in f.raw.items()) else ""

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return ("",)

    def told(self, name: str, texts: Iterable[str]) -> bool:
        """Whether something stands in the input ``name`` that somebody wrote or chose."""
        field = self._of(name)
        return field is not None and any(text and text not in self.names[field] for text in texts)

    def _of(self, name: str) -> str | None:
        """The question that an input belongs to: itself, or one of its parts, rows or columns."""
        whole = (name, *(name[:place] for place, sign in enumerate(name) if sign in ".:"))
        return next((part for part in whole if part in self.names), None)


def in_folds(fields: Iterable[Field], setting: Setting, draw: Draw) -> Parts:
    """The questions one after another, those with ``show_after`` in folds."""
    parts: Parts = []
    for words, some in groupby(fields, key=lambda field: field.show_after):
        group = tuple(some)
        drawn = [part for field in group for part in draw(field, setting)]
        parts += _fold(words, group, setting, drawn) if words else drawn
    return parts


def open_with(fields: Iterable[Field]) -> OpenHole:
    """The hole that opens a fold around ``fields``."""
    return OpenHole({field.id: _quiet(field) for field in fields})


def _fold(words: str, fields: tuple[Field, ...], setting: Setting, drawn: Parts) -> Parts:
    needed = any(is_required(field, setting) for field in fields)
    parts: Parts = [
        '<details class="after"',
        " open" if needed else open_with(fields),
        *opened([html("><summary>{}</summary>", words)], setting),
        *drawn,
        "</details>",
    ]
    if all(field.only_for for field in fields):
        roles = frozenset(role for field in fields for role in field.only_for)
        return [OnlyHole(roles, merged(parts))]
    return parts


def _quiet(field: Field) -> frozenset[str]:
    """What stands in a question by itself: its default, or what says that it was not talked about."""
    silent = {option.id for option in field.options.options if option.silent} if field.options else set()
    if field.type is FieldType.YES_NO_UNASKED:
        silent.add("niet_besproken")
    return frozenset(silent | ({field.default} if field.default is not None else NONE))
