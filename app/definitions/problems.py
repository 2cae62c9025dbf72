"""How is a problem made, guessed at, and said?

Codes are a letter for the pass and three digits. Their words: ``Y`` (reading YAML) in the text area ``problems``,
``T`` (expressions) in ``problems_expressions``, all other passes in ``problems_definitions``. Beside ``<code>`` a
catalogue may hold ``<code>.hint``; a parameter ``guess`` adds "did you mean" before the hint.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from app.definitions.counterexamples import PARAMETER, phrase
from app.definitions.model.source import Problem, Severity, Span
from app.texts import has, say

AREAS = ("problems", "problems_expressions", "problems_definitions", "problems_examples", "problems_versions",
         "problems_matching", "problems_partners", "problems_sessions", "problems_asking", "problems_later",
         "problems_consents", "problems_unlinked", "problems_reports", "problems_campaigns", "problems_bonds",
         "problems_openings", "problems_stock", "problems_collecting")  # fmt: skip
SHOWN_AT_MOST = 60
LISTED_AT_MOST = 600
WHOLE = frozenset({"known", "guess"})  # a list of words, a proposal to copy
UNCUT = frozenset({PARAMETER})  # it is read back


def problem(code: str, span: Span, /, **params: object) -> Problem:
    """An error at ``span``; parameters become text, cut at 60 characters (``known`` and ``guess`` at 600)."""
    return Problem(span, code, _pairs(params))


def advice(code: str, span: Span, /, **params: object) -> Problem:
    """Something worth telling that does not stop publication."""
    return Problem(span, code, _pairs(params), Severity.ADVICE)


def guess(wrong: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ``""``. Case, blanks and hyphens do not count."""
    by_shape = {_shape(word): word for word in known}
    shape = _shape(wrong)
    if shape in by_shape:
        return by_shape[shape]
    close = difflib.get_close_matches(shape, by_shape, n=1, cutoff=0.66)
    return by_shape[close[0]] if close else ""


def text_of(found: Problem, language: str = "nl") -> tuple[str, str]:
    """Message and hint of a problem (the hint may be empty). Raises ``KeyError`` for a code without words."""
    params = {name: _word(name, value, language) for name, value in found.params}
    params["code"] = found.code
    area = next((area for area in AREAS if has(f"{area}.{found.code}")), AREAS[0])
    message = say(f"{area}.{found.code}", language, **params)
    if PARAMETER in params and has(f"{area}.{found.code}.who"):
        who = say(f"{area}.{found.code}.who", language, who=phrase(params[PARAMETER], language))
        message = f"{message} {who}"
    hints = []
    if params.get("guess"):
        hints.append(say("problems.guess", language, **params))
    if has(f"{area}.{found.code}.hint"):
        hints.append(say(f"{area}.{found.code}.hint", language, **params))
    return message, " ".join(hints)


def show(found: Problem, language: str = "nl") -> str:
    """``path:line:column: CODE message``, as ``meernet check`` prints it (the hint is a line of its own there)."""
    place = f"{found.span.path}:{found.span.line}:{found.span.column}"
    return f"{place}: {found.code} {text_of(found, language)[0]}"


def cut(text: str, at_most: int = SHOWN_AT_MOST) -> str:
    """One printable line of at most ``at_most`` characters, for showing what an author wrote."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= at_most else line[: at_most - 1] + "…"


def _pairs(params: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _shortened(name, str(value))) for name, value in params.items())


def _shortened(name: str, value: str) -> str:
    return value if name in UNCUT else cut(value, LISTED_AT_MOST if name in WHOLE else SHOWN_AT_MOST)


def _word(name: str, value: str, language: str) -> str:
    """A parameter ``type`` or ``type_…`` is a value type, a ``kind`` something that has a name: those have words of
    their own, and so has the ``neighbourhood`` that stands for all."""
    area = "problems_expressions" if name == "type" or name.startswith("type_") else "problems_definitions"
    word = f"{area}.{name.partition('_')[0]}.{value}"
    return say(word, language) if has(word) else value


def _shape(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
