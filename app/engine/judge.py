"""Is what somebody filled in acceptable, and what of it counts? The only judge.

visibility -> hidden dropped -> computed -> required -> limits -> rules. Hidden means absent, also for a computed field
and a default. Nobody else decides whether an answer is valid.
"""

from __future__ import annotations

from collections.abc import Container
from types import MappingProxyType

from app.definitions.model.forms import Form
from app.engine.judging.checks import Checker
from app.engine.judging.layout import layout_of
from app.engine.judging.settling import Reader, Sheet, settle
from app.engine.model.answers import Answers, FieldError, Judgement, Moment
from app.engine.values.given import Given
from app.texts import addressed, has, say

__all__ = ["Given", "explain", "judge", "prepare", "visible_ids"]

NOTHING: Answers = MappingProxyType({})
_CLOSED = ("?", "!", ".", ":", "…")
"""A label that ends like this takes no colon after it."""


def judge(
    form: Form,
    given: Given,
    moment: Moment,
    *,
    audience: str = "",
    roles: frozenset[str] = frozenset(),
    kept: Answers = NOTHING,
    neighbourhoods: Container[str] | None = None,
) -> Judgement:
    """Judge ``given`` against ``form``.

    ``audience`` decides ``required_for``; ``roles`` opens ``only_for`` fields. For others such a field is not visible
    and not judged: its value in ``kept`` (the answers as they stood) stays, whatever came in. ``neighbourhoods``: the
    ids the municipality knows, ``None`` when that is not checked.

    Required means answered: ``niet_besproken`` and a consent that was refused are no answer. The answers hold
    ``only_for`` values too; whoever shows them asks ``visible``, ``read_back`` or the policy.
    """
    sheet = Sheet(layout_of(form), given, Reader(audience, roles, kept), moment)
    settle(sheet)
    checker = Checker(sheet, neighbourhoods)
    checker.run()
    return Judgement(
        MappingProxyType(sheet.answers),
        frozenset(sheet.visible),
        tuple(checker.errors),
        tuple(checker.warnings),
    )


def visible_ids(
    form: Form,
    values: Answers,
    moment: Moment,
    *,
    roles: frozenset[str] = frozenset(),
    kept: Answers = NOTHING,
) -> frozenset[str]:
    """The ids that may be seen with these values: ``persoon.roepnaam``, ``domeinen``, ``domeinen.wonen``,
    ``domeinen.wonen.nota``, ``afspraken``, ``afspraken.0.wat``. Display texts are among them."""
    sheet = Sheet(layout_of(form), Given(values), Reader("", roles, kept), moment)
    settle(sheet)
    return frozenset(sheet.visible)


def prepare(form: Form) -> None:
    """Make ready what judging ``form`` needs, so that the first post is as quick as the next; for publication."""
    layout_of(form)


def explain(error: FieldError, language: str = "nl", *, where: bool = False, address: str = "je") -> str:
    """The sentence for an error or warning: the author's own message, else ``errors.<code>`` in the ``address`` of the
    form (``je`` or ``u``).

    ``where`` puts the field's label (and the row) in front, for the summary above the page.
    """
    params: dict[str, object] = dict(error.params)
    if str(params.get("n", "")).isdecimal():
        params["n"] = int(str(params["n"]))
    text = error.message or _sentence(error.code, params, language, address)
    if not where or not params.get("label"):
        return text
    form = "errors.in_row" if "row" in params else "errors.in_field"
    closed = str(params["label"]).endswith(_CLOSED)
    params["group"] = str(params.get("group", "")).rstrip("?")  # a comma follows
    return say(f"{form}.closed" if closed else form, language, **{**params, "n": None, "text": text})


def _sentence(code: str, params: dict[str, object], language: str, address: str) -> str:
    special = f"errors.{code}.{params.get('kind', '')}"
    found = special if has(special) else f"errors.{code}"
    return say(addressed(found, address, language), language, **params)
