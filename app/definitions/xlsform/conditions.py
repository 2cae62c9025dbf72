"""What does an expression of XLSForm (a piece of XPath) say in our language?

``${name}`` is a field, ``.`` the field itself. What our language cannot say raises ``Untold``: the caller reports it
and leaves it out, rather than guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""\s*(?:
      (?P<field>\$\{\s*[^}]+\s*\})
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<name>[A-Za-z_][A-Za-z0-9_.\-]*)
    | (?P<sign>!=|<=|>=|[=<>+\-*(),.])
    )""",
    re.VERBOSE,
)
COMPARES = {"=": "is", "!=": "is not", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
FUNCTIONS = {
    ("count-selected", 1): "count({})", ("string-length", 1): "length({})", ("today", 0): "today", ("now", 0): "today",
    ("true", 0): "true", ("false", 0): "false", ("min", 2): "min({})", ("max", 2): "max({})",
}  # fmt: skip
"""Theirs with so many arguments (2: two or more) -> ours."""
UNWRAPPED = frozenset({"number", "int", "string", "boolean"})
LONGEST = 2_000
DEEPEST = 60


class Untold(Exception):
    """Our language has no words for it; the argument is the piece that could not be said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the survey said before: XLSForm name -> our id, of fields; option names by field; the types of fields."""

    ids: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    own: str = ""
    """The XLSForm name that ``.`` stands for."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of our language; ``field`` is the XLSForm name when it is one field, ``text`` a literal text."""

    words: str
    field: str = ""
    text: str | None = None


def told(source: str, known: Known) -> str:
    """The expression in our words. Raises ``Untold``."""
    reader = _Reader(_tokens(source), known)
    said = reader.either()
    if reader.rest():
        raise Untold(reader.rest())
    return reader.alone(said)


def _tokens(source: str) -> list[tuple[str, str]]:
    text = source.strip()
    if len(text) > LONGEST:
        raise Untold(text[:60])
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None or match.end() == place:
            raise Untold(text[place : place + 30])
        kind = str(match.lastgroup)
        found.append((kind, match.group(kind)))
        place = match.end()
    return found


class _Reader:
    """Reads tokens from left to right; each method is one level of binding, loosest first."""

    def __init__(self, tokens: list[tuple[str, str]], known: Known) -> None:
        self._tokens = tokens
        self._place = 0
        self._deep = 0
        self._known = known

    def rest(self) -> str:
        """What was not read."""
        return " ".join(text for _, text in self._tokens[self._place :])

    def either(self) -> _Said:
        """``a or b``."""
        parts = [self._both()]
        while self._take("name", "or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else _Said(" or ".join(self.alone(part) for part in parts))

    def _both(self) -> _Said:
        parts = [self._compared()]
        while self._take("name", "and"):
            parts.append(self._compared())
        if len(parts) == 1:
            return parts[0]
        return _Said(" and ".join(_grouped(self.alone(part)) for part in parts))

    def _compared(self) -> _Said:
        left = self._summed()
        kind, sign = self._peek()
        if kind != "sign" or sign not in COMPARES:
            return left
        self._place += 1
        return self._comparison(left, sign, self._summed())

    def _comparison(self, left: _Said, sign: str, right: _Said) -> _Said:
        if left.text is not None and right.field:
            left, right = right, left
            sign = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
        if right.text is None:
            return _Said(f"{left.words} {COMPARES[sign]} {right.words}")
        if sign not in ("=", "!="):
            raise Untold(f"{sign} '{right.text}'")
        if right.text == "":
            answered = f"answered({left.words})"
            return _Said(f"not {answered}" if sign == "=" else answered)
        return _Said(f"{left.words} {COMPARES[sign]} {self._option(left.field, right.text)}")

    def _summed(self) -> _Said:
        said = self._value()
        while (token := self._peek())[0] == "sign" and token[1] in "+-*":
            self._place += 1
            said = _Said(f"{said.words} {token[1]} {self._value().words}")
        return said

    def _value(self) -> _Said:
        kind, text = self._next()
        if kind == "field":
            return self._field(text[2:-1].strip())
        if kind == "number":
            return _Said(text)
        if kind == "text":
            return _Said(text, text=text[1:-1])
        if kind == "name":
            return self._called(text)
        if text == ".":
            return self._field(self._known.own)
        if text == "-":
            return _Said(f"-{self._value().words}")
        if text == "(":
            return self._within()
        raise Untold(text)

    def _within(self) -> _Said:
        self._deep += 1
        if self._deep > DEEPEST:
            raise Untold("(")
        said = self.either()
        self._demand(")")
        self._deep -= 1
        return _Said(f"({self.alone(said)})")

    def _called(self, name: str) -> _Said:
        if not self._take("sign", "("):
            raise Untold(name)
        self._deep += 1
        if self._deep > DEEPEST:
            raise Untold("(")
        arguments: list[_Said] = []
        if not self._take("sign", ")"):
            arguments.append(self.either())
            while self._take("sign", ","):
                arguments.append(self.either())
            self._demand(")")
        self._deep -= 1
        return self._function(name.lower(), arguments)

    def _function(self, name: str, given: list[_Said]) -> _Said:
        words = [one.words for one in given]
        if name in ("selected", "jr:selected") and len(given) == 2:
            return self._selected(given[0], given[1])
        if name == "date" and len(given) == 1 and given[0].text is not None:
            return _Said(f'date("{given[0].text}")')
        if name in UNWRAPPED and len(given) == 1:
            return given[0]
        if name == "not" and len(given) == 1:
            return _Said(f"not ({self.alone(given[0])})")
        wanted = FUNCTIONS.get((name, min(len(given), 2)))
        if wanted is None:
            raise Untold(f"{name}()")
        return _Said(wanted.format(", ".join(words)))

    def _selected(self, of: _Said, option: _Said) -> _Said:
        if option.text is None:
            raise Untold(option.words)
        made = self._option(of.field, option.text)
        one = self._known.types.get(of.field) == "choice"
        return _Said(f"{of.words} is {made}" if one else f"{made} in {of.words}")

    def _field(self, name: str) -> _Said:
        if name not in self._known.ids:
            raise Untold(f"${{{name}}}")
        return _Said(self._known.ids[name], field=name)

    def _option(self, name: str, text: str) -> str:
        options = self._known.options.get(name)
        if options is None:
            raise Untold(f"'{text}'")
        if text not in options:
            raise Untold(f"'{text}'")
        return options[text]

    def alone(self, said: _Said) -> str:
        """A piece that stands by itself: a literal text cannot."""
        if said.text is not None:
            raise Untold(said.words)
        return said.words

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        if not token[0]:
            raise Untold("…")
        self._place += 1
        return token

    def _take(self, kind: str, text: str) -> bool:
        if self._peek() == (kind, text):
            self._place += 1
            return True
        return False

    def _demand(self, sign: str) -> None:
        if not self._take("sign", sign):
            raise Untold(self.rest() or sign)


def _grouped(words: str) -> str:
    """Brackets where ``or`` stands beside ``and``."""
    return f"({words})" if " or " in words and not words.startswith("(") else words
