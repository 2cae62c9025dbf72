"""Is what somebody filled in acceptable, and what of it counts? The only judge.

visibility -> hidden dropped -> computed -> required -> limits -> rules. Hidden means absent, also for a computed field and a
default. Nobody else decides whether an answer is valid.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from app.definitions.model.forms import Form
from app.engine.model.answers import Answers, FieldError, Judgement, Moment
from app.engine.values.given import Given

__all__ = ["Given", "explain", "judge", "visible_ids"]

NOTHING: Answers = MappingProxyType({})


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

    ``audience`` decides ``required_for``; ``roles`` opens ``only_for`` fields. For others such a field is not visible and not
    judged: its value in ``kept`` (the answers as they stood) stays. ``neighbourhoods``: the ids the municipality knows,
    ``None`` when that is not checked.
    """
    raise NotImplementedError


def visible_ids(
    form: Form,
    values: Answers,
    moment: Moment,
    *,
    roles: frozenset[str] = frozenset(),
    kept: Answers = NOTHING,
) -> frozenset[str]:
    """The ids that may be seen with these values: ``persoon.roepnaam``, ``domeinen``, ``domeinen.wonen``,
    ``domeinen.wonen.nota``, ``afspraken``, ``afspraken.0.wat``."""
    raise NotImplementedError


def explain(error: FieldError, language: str = "nl", *, where: bool = False) -> str:
    """The sentence for an error: the author's own message, else ``errors.<code>``.

    ``where`` puts the field's label (and the row) in front, for the summary above the page.
    """
    raise NotImplementedError


_ = Mapping
