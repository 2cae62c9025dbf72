"""How does a matrix show in one look what was talked about, how it stands and what was agreed?

Each row is folded; what folds it open says in words how the row stands, whether something was noted and how many
agreements name it. Its questions are the ones of any matrix: same inputs, same post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from app.definitions.model.forms import Field, Option, OptionList
from app.texts import say
from app.web.forms.folds import Draw, in_folds
from app.web.forms.frame import Setting, grouped, named
from app.web.forms.groups import score_of
from app.web.forms.parts import NOTHING, Filling, Part, Parts, Raw, html, safe
from app.web.forms.picks import radios
from app.web.forms.rows import row_numbers

SILENT, APART, GOOD, MILD, BAD, WORST = "silent", "apart", "good", "mild", "bad", "worst"
"""How a row stands, for whoever looks; the words beside it say the same."""


def levels_of(options: OptionList) -> dict[str, str]:
    """Option -> how it stands: silent, apart from the order, or from good to worst along it."""
    found = {
        option.id: SILENT if option.silent else APART if option.opt_out else GOOD
        for option in options.options
    }
    order = options.order
    for place, option in enumerate(order):
        if place:
            last = place == len(order) - 1
            found[option] = WORST if last else MILD if place < len(order) / 2 else BAD
    return found


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted for a matrix: ``agreements`` is the repeat and ``column`` its field that names a row."""

    agreements: str = ""
    column: str = ""

    def agreed(self, raw: Raw) -> list[str]:
        """The row that each agreement names, once for each."""
        if not self.agreements:
            return []
        names = (f"{self.agreements}.{number}.{self.column}" for number in row_numbers(raw, self.agreements))
        return [text for name in names for text in raw.get(name, NOTHING) if text]


@dataclass(frozen=True, slots=True)
class StateHole:
    """How one row stands: the markup of the chosen option, else of ``default``."""

    name: str
    default: str
    said: Mapping[str, str]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        texts = f.raw.get(self.name)
        return self.said.get(texts[0] if texts else self.default) or self.said[self.default]

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class MarksHole:
    """Whether something was noted at a row, under one of the inputs ``notes``, and how many agreements name it."""

    row: str
    notes: tuple[str, ...]
    counting: Counting
    language: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        noted = any(text.strip() for name in self.notes for text in f.raw.get(name, NOTHING))
        return _signs(noted, self.counting.agreed(f.raw).count(self.row), self.language)

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@lru_cache(maxsize=256)
def _signs(noted: bool, agreed: int, language: str) -> str:
    words = say("conversation.agreed", language, n=agreed) if agreed else ""
    signs = mark("noted", say("conversation.noted", language) if noted else "") + mark("agreed", words)
    return html(' <span class="glance-marks">{}</span>', safe(signs))


@dataclass(frozen=True, slots=True)
class SumHole:
    """How many rows were talked about, worry, were not to be told and have an agreement."""

    name: str
    rows: tuple[str, ...]
    levels: Mapping[str, str]
    counting: Counting
    language: str

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        stand = [self.levels.get("".join(f.raw.get(f"{self.name}.{row}", NOTHING)[:1])) for row in self.rows]
        explored = sum(level not in (None, SILENT, APART) for level in stand)
        told = [say("conversation.sum", self.language, explored=explored, total=len(self.rows))]
        counts = {
            "worries": stand.count(BAD) + stand.count(WORST),
            "apart": stand.count(APART),
            "agreed": len(set(self.counting.agreed(f.raw)) & set(self.rows)),
        }
        told += [say(f"conversation.sum.{code}", self.language, n=n) for code, n in counts.items() if n]
        return html("{}", " · ".join(told))

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return (self.fill(Filling()),)


@dataclass(frozen=True, slots=True)
class WrongOpenHole:
    """`` open`` on a row in which something must be mended."""

    names: frozenset[str]

    def fill(self, f: Filling) -> str:
        """See ``Hole``."""
        return " open" if self.names & f.errors.keys() else ""

    def blank(self) -> Iterable[Part]:
        """See ``Hole``."""
        return ("",)


def mark(kind: str, words: str) -> str:
    """A small sign beside a row, empty until there is something to say."""
    return html(
        '<span class="glance-{}" data-glance-{}{}>{}</span> ',
        kind,
        kind,
        safe("" if words else " hidden"),
        words,
    )


def glance(field: Field, setting: Setting, draw: Draw, counting: Counting) -> Parts:
    """The whole matrix ``field``, each row folded."""
    options = field.options or OptionList("", ())
    rows = field.rows.options if field.rows else ()
    levels = levels_of(options)
    words = partial(_words, setting.language)
    said = {
        option.id: html(
            ' <span class="glance-state" data-level="{}">{}</span>', levels[option.id], option.label
        )
        for option in options.options
    }
    parts: Parts = [
        '<div class="glance-top"><p class="glance-sum" data-glance-sum>',
        SumHole(field.id, tuple(row.id for row in rows), levels, counting, setting.language),
        html(
            '</p><p class="talk-keys" data-talk-keys hidden><span class="soft">{}</span>', words("keys.hint")
        ),
        html(' <button class="glance-keys" type="button" data-keys>{}</button></p></div>', words("keys")),
        html('<div class="matrix glance" data-glance="{}">', field.id),
    ]
    for row in rows:
        parts += _row(field, row, setting, draw, (said, counting))
    return grouped(field, setting, [*parts, "</div>"], kind="group--matrix")


def _words(language: str, code: str) -> str:
    return say(f"conversation.{code}", language)


def _row(
    field: Field, row: Option, setting: Setting, draw: Draw, shown: tuple[Mapping[str, str], Counting]
) -> Parts:
    said, counting = shown
    score = score_of(field, row)
    options = field.options.options if field.options else ()
    each = [named(child, f"{score.id}.{child.id}") for child in field.each]
    notes = tuple(child.id for child in each)
    return [
        html('<details class="matrix-row glance-row" data-glance-row="{}"', row.id),
        WrongOpenHole(frozenset({score.id, *notes})),
        html('><summary><span class="glance-name">{}</span>', row.label),
        StateHole(score.id, score.default or "", said),
        MarksHole(row.id, notes, counting, setting.language),
        '</summary><div class="glance-body">',
        *grouped(score, setting, radios(score, options, chips=True), kind="matrix-score"),
        '<div class="glance-each">',
        *in_folds(each, setting.deeper(), draw),
        html('</div><button type="button" class="btn btn--quiet btn--small" data-agree="{}" hidden>', row.id),
        html("{}</button></div></details>", _words(setting.language, "agree")),
    ]
