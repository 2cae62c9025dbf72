"""Which words and signs does a condition consist of, and which are not in the language?

Runs before ``ast``: what passes here cannot make Python warn, and every sign that means something else to an author
than to Python is told by name, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.definitions.yaml_reader import proposed_identifier

MAX_NESTING = 40

TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\n]+)
  | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?!\w) | [0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?!\w))
  | (?P<time>[0-9]{1,2}:[0-9][0-9](?!\w))
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))
  | (?P<badnumber>[0-9][\w.]*)
  | (?P<name>[^\W\d]\w*)
  | (?P<string>"[^"\n]*"|'[^'\n]*')
  | (?P<sign>=>|=<|<>|&&|\|\||!=|==|<=|>=|\*\*|//|:=|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)
CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb\u2032\u2033`]")
BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000\u00ad]")
PLAIN_SIGNS = frozenset({"!=", "==", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."})
MEANT = {
    "=": ("T105", "is"),
    "=>": ("T106", ">="),
    "=<": ("T106", "<="),
    "<>": ("T106", "is not"),
    "&&": ("T107", "and"),
    "&": ("T107", "and"),
    "||": ("T107", "or"),
    "|": ("T107", "or"),
    "!": ("T109", "not"),
    "#": ("T113", ""),
    "≥": ("T106", ">="),
    "≤": ("T106", "<="),
    "≠": ("T106", "is not"),
    "–": ("T106", "-"),
    "−": ("T106", "-"),
    "×": ("T106", "*"),
}
WORDS = {
    "en": "and",
    "of": "or",
    "niet": "not",
    "und": "and",
    "et": "and",
    "ou": "or",
    "in": "in",
    "is": "is",
}
WORDS |= {"and": "and", "or": "or", "not": "not"}
KEYWORDS = frozenset({"and", "or", "not", "in", "is"})
OPERAND = frozenset({"name", "number", "string"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign; ``start`` counts characters from 0."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a character; becomes a problem once the place in the file is known."""

    code: str
    start: int
    params: tuple[tuple[str, str], ...] = ()


def tokens(text: str) -> list[Token]:
    """All words and signs, blanks left out."""
    found = (Token(match.lastgroup or "sign", match.group(), match.start()) for match in TOKEN.finditer(text))
    return [token for token in found if token.kind != "blank"]


def always_wrong(found: list[Token]) -> list[Fault]:
    """Signs and words that are never right, whatever ``ast`` makes of them."""
    faults = [fault for token in found for fault in _wrong(token)]
    faults += _wrong_pairs(found)
    depth = 0
    for token in found:
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth > MAX_NESTING:
            faults.append(Fault("T103", token.start))
            break
    return sorted(faults, key=lambda fault: fault.start)


def _wrong(token: Token) -> Iterator[Fault]:
    text, start = token.text, token.start
    if token.kind == "date":
        yield Fault("T124", start, (("text", text), ("guess", f'date("{_iso(text)}")')))
    elif token.kind == "time":
        yield Fault("T118", start, (("text", text), ("guess", f'"{text:0>5}"')))
    elif token.kind == "badnumber":
        code = "T125" if re.fullmatch(r"[0-9]+(_[0-9]+)+(\.[0-9]+)?", text) else "T111"
        yield Fault(code, start, (("text", text), ("guess", text.replace("_", "") if code == "T125" else "")))
    elif token.kind == "number" and _too_precise(text):
        yield Fault("T133", start, (("text", text),))
    elif token.kind == "string" and ("\\" in text or len(text) > 202):
        yield Fault("T115", start, (("text", text),))
    elif token.kind == "name":
        yield from _wrong_name(text, start)
    elif token.kind == "sign" and text not in PLAIN_SIGNS:
        yield _wrong_sign(text, start)


def _wrong_name(text: str, start: int) -> Iterator[Fault]:
    if text in ("None", "True", "False"):
        yield Fault("T131", start, (("text", text), ("guess", "" if text == "None" else text.lower())))
    elif text in ("lambda", "if", "else", "for", "await", "async", "yield"):
        yield Fault("T130", start, (("what", text),))
    elif text.isupper() and text.lower() in WORDS:
        yield Fault("T108", start, (("text", text), ("guess", WORDS[text.lower()])))
    elif not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text):
        yield Fault("T135", start, (("text", text), ("guess", proposed_identifier(text))))


def _wrong_sign(text: str, start: int) -> Fault:
    if text in MEANT:
        code, guess = MEANT[text]
        return Fault(code, start, (("text", text), ("guess", guess)))
    if CURLY.match(text) or BLANKS.match(text):
        return Fault("T112" if BLANKS.match(text) else "T117", start, (("char", f"U+{ord(text):04X}"),))
    if text in ("**", "//", "%", "^", "~", "@", ":=", ":", "{", "}", ";", "->"):
        return Fault("T130", start, (("what", text),))
    return Fault("T116", start, (("char", text if text.isprintable() else f"U+{ord(text[0]):04X}"),))


def _wrong_pairs(found: list[Token]) -> Iterator[Fault]:
    for left, right in pairwise(found):
        touching = left.start + len(left.text) == right.start
        if left.kind == "name" and right.kind == "string" and touching and left.text not in KEYWORDS:
            yield Fault("T130", left.start, (("what", left.text + right.text[0]),))
        elif left.kind == "string" and right.kind == "string":
            yield Fault("T102", right.start, (("text", right.text),))


def likely_wrong(found: list[Token]) -> Fault | None:
    """Why ``ast`` stopped, in an author's words: ``niet``, ``en``, two words for one id, ``is not in``."""
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        fault = _likely(before, token, after)
        if fault is not None:
            return fault
    return None


def _likely(before: Token | None, token: Token, after: Token | None) -> Fault | None:
    if token.kind != "name" or after is None:
        return None
    if (
        token.text in WORDS
        and token.text not in KEYWORDS
        and (before is None or _glues(before, token, after))
    ):
        return Fault("T108", token.start, (("text", token.text), ("guess", WORDS[token.text])))
    if token.text == "is" and after.text == "in":
        return Fault("T114", token.start, (("text", "is in"), ("guess", "in")))
    if token.text == "not" and after.text == "in" and before is not None and before.text == "is":
        return Fault("T114", before.start, (("text", "is not in"), ("guess", "not in")))
    both = token.text not in KEYWORDS and after.kind == "name" and after.text not in KEYWORDS
    if both and after.text not in WORDS:
        return Fault(
            "T110",
            token.start,
            (("text", f"{token.text} {after.text}"), ("guess", f"{token.text}_{after.text}")),
        )
    return None


def _glues(before: Token, token: Token, after: Token) -> bool:
    """Whether the word stands where only ``and``, ``or`` or ``not`` can."""
    starts = after.kind in OPERAND or after.text in ("(", "not", "in")
    ends = before.kind in OPERAND or before.text in (")", "]")
    return starts and (ends or token.text == "niet")


def _iso(text: str) -> str:
    parts = text.split("-") if "-" in text else text.split("/")[::-1]
    return f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"


def _too_precise(text: str) -> bool:
    whole, _, decimals = text.partition(".")
    return len(decimals) > 6 or len(whole.lstrip("0")) > 15 or (len(whole) > 1 and whole[0] == "0")
