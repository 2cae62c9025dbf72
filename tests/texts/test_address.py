"""Does a form that says ``u`` say it everywhere?"""

from __future__ import annotations

import re

import pytest

from app.texts import addressed, say
from app.texts.nl import errors, forms

FAMILIAR = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
AREAS = {"errors": errors.TEXTS, "forms": forms.TEXTS}
STAFF_ONLY = ("password_", "draft_", "drafts_", "view_")
"""Errors of pages that are no forms: those of accounts and of the studio."""
SAID = [
    (area, code)
    for area, texts in AREAS.items()
    for code in texts
    if not code.endswith(".u") and not code.startswith(STAFF_ONLY)
]


@pytest.mark.parametrize(("area", "code"), SAID)
def test_no_text_on_a_form_that_says_u_says_je(area: str, code: str) -> None:
    chosen = addressed(f"{area}.{code}", "u")
    assert not FAMILIAR.search(AREAS[area][chosen.removeprefix(f"{area}.")])
    assert addressed(f"{area}.{code}", "je") == f"{area}.{code}"


def test_a_text_without_a_polite_one_is_said_as_it_is() -> None:
    assert say(addressed("forms.submit", "u")) == "Verstuur"
