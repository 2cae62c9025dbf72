"""What does a template need to show a form: markup, errors, hidden fields and buttons?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.engine.judge import explain
from app.engine.model.answers import FieldError
from app.engine.values.texts import RECOGNISABLE
from app.texts import say
from app.web.forms.pages import FormPage
from app.web.forms.parts import Filling, Raw

TOKEN = "_token"  # noqa: S105 - the name of a field
DO = "_do"
SURE = "sure"
"""The button that sends what may tell who somebody is all the same."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the summary above the form; ``anchor`` is empty for what concerns the whole form."""

    anchor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Button:
    """A submit button: ``value`` comes back under ``_do``."""

    value: str
    label: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class ShownForm:
    """Everything ``_form.html`` shows. ``autosave`` is the address for saving a draft, empty where there is none."""

    page: FormPage
    body: str
    action: str
    token: str
    summary: tuple[SummaryLine, ...]
    buttons: tuple[Button, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    autosave: str = ""
    revision: int = 0
    today: str = ""
    """The date in the municipality (ISO), for conditions the script judges."""
    urgent: bool = False
    """The banner with the numbers to ring stands there from the start."""
    extra: str = ""
    """Markup of ours between the sections and the buttons."""


def with_sure(buttons: tuple[Button, ...], errors: Iterable[FieldError]) -> tuple[Button, ...]:
    """The buttons, and one to send all the same what may tell who somebody is."""
    doubted = any(error.code == RECOGNISABLE for error in errors)
    return (*buttons, Button(SURE, say("forms.sure"))) if doubted else buttons


def minted() -> str:
    """A token for one submission: the same token twice is the same submission."""
    return secrets.token_urlsafe(18)


def error_sentences(
    errors: Iterable[FieldError], language: str = "nl", *, address: str = "je"
) -> dict[str, str]:
    """Flat id -> sentence beside the field; the first error of a field counts."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(error.field, explain(error, language, address=address))
    return found


def summary_of(
    errors: Iterable[FieldError], language: str = "nl", *, address: str = "je"
) -> tuple[SummaryLine, ...]:
    """The lines above the form, each with the label of its field."""
    lines: dict[str, SummaryLine] = {}
    for error in errors:
        anchor = f"i-{error.field}" if error.field else ""
        sentence = explain(error, language, where=True, address=address)
        lines.setdefault(error.field, SummaryLine(anchor, sentence))
    return tuple(lines.values())


def kept_fields(raw: Raw) -> dict[str, Sequence[str]]:
    """What was posted without our own fields (those begin with ``_``)."""
    return {name: texts for name, texts in raw.items() if not name.startswith("_")}


def filling_of(
    raw: Raw, errors: Iterable[FieldError] = (), language: str = "nl", *, address: str = "je"
) -> Filling:
    """A filling with what was typed and what is wrong with it."""
    return Filling(raw=raw, errors=error_sentences(errors, language, address=address))
