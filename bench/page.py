"""What would a browser post from this page, had somebody typed these answers into it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_TICKED = ("radio", "checkbox")
_NEVER_SENT = ("submit", "button", "image", "reset", "file")
_PLAIN = "application/x-www-form-urlencoded"


class NotOnPage(Exception):
    """Answers for inputs that the page does not have; the text names them."""


@dataclass(slots=True)
class Found:
    """The form of a page: where it goes, how it is written, and its inputs in order with what they hold."""

    action: str = ""
    enctype: str = _PLAIN
    names: set[str] = field(default_factory=set)
    texts: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    """Select -> the values it offers."""

    def filled(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """All inputs as posted, ``answers`` in the place of what they held."""
        if missing := set(answers) - self.names:
            raise NotOnPage(", ".join(sorted(missing)))
        untouched = [(name, text) for name, text in self.texts if name not in answers]
        return untouched + list(answers.items())

    def value(self, name: str) -> str:
        """What one input holds."""
        return dict(self.texts)[name]


def form_of(html: str) -> Found:
    """The form of the page: the one with most inputs. Those of its head, its foot and its windows have few."""
    reader = _Reader()
    reader.feed(html)
    return max(reader.forms, key=lambda form: len(form.names))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.form = Found()
        self.forms = [self.form]
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._many = False
        self._area: str | None = None
        self._typed = ""
        self._template = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what can be sent; what lies in a ``template`` is not there yet."""
        values = {name: text or "" for name, text in attrs}
        self._template += tag == "template"
        if self._template:
            return
        if tag == "form" and values.get("method") != "dialog":  # that one only closes a window of the page
            self.form = Found(values.get("action", ""), values.get("enctype", _PLAIN))
            self.forms.append(self.form)
        elif tag == "input":
            self._input(values)
        elif tag == "textarea":
            self._area, self._typed = values.get("name"), ""
        elif tag == "select":
            self._select, self._options, self._many = values.get("name", ""), [], "multiple" in values
        elif tag == "option":
            self._options.append((values.get("value", ""), "selected" in values))

    def handle_data(self, data: str) -> None:
        """Text of a text area."""
        if self._area is not None:
            self._typed += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        self._template -= tag == "template"
        if tag == "textarea" and self._area is not None:
            self._add(self._area, [self._typed.removeprefix("\n")])
            self._area = None
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected]
            offered = self.form.options[self._select] = [value for value, _ in self._options]
            self._add(self._select, chosen if self._many else chosen or offered[:1])
            self._select = ""

    def _input(self, values: Mapping[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in _NEVER_SENT or not values.get("name"):
            return
        sent = kind not in _TICKED or "checked" in values
        self._add(values["name"], [values.get("value", "on" if kind in _TICKED else "")] if sent else [])

    def _add(self, name: str, texts: list[str]) -> None:
        self.form.names.add(name)
        self.form.texts += [(name, text) for text in texts]
