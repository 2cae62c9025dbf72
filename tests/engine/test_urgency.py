"""When does a form call for the numbers to ring?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.engine.model.answers import Moment, Value
from app.engine.urgency import is_urgent
from app.engine.values.given import Given
from tests.support.compiled import one_section

MONDAY = Moment(datetime(2026, 11, 9, 8, 40, tzinfo=UTC), date(2026, 11, 9))
FIELDS = """
{field: alleen, type: yes_no, label: Alleen?, privacy: 0}
{field: nood, type: choice, label: Nood?, options: {nee: Nee, ja: Ja}, default: ja, show_if: alleen is ja, privacy: 0}
"""
FORM = one_section(FIELDS, "urgent_if: nood is ja")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, False),  # the default of a hidden field is absent
        ({"alleen": "nee", "nood": "ja"}, False),  # so is what was typed before it was hidden
        ({"alleen": "ja"}, True),  # a default counts once it is shown
        ({"alleen": "ja", "nood": "ja"}, True),
        ({"alleen": "ja", "nood": "nee"}, False),
    ],
)
def test_only_what_is_shown_makes_a_form_urgent(typed: dict[str, Value], expected: bool) -> None:
    assert is_urgent(FORM, Given(typed, ()), MONDAY) is expected


def test_a_form_without_the_condition_never_is() -> None:
    assert not is_urgent(one_section(FIELDS), Given({"alleen": "ja", "nood": "ja"}, ()), MONDAY)
