"""Does a warning hold where it can be seen, and stop nobody?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.engine.judge import judge
from app.engine.model.answers import Moment
from app.engine.values.given import Given
from app.engine.warning import WARNED, warned
from tests.support.compiled import one_section

MONDAY = Moment(datetime(2026, 11, 9, 8, 40, tzinfo=UTC), date(2026, 11, 9))
FORM = one_section(
    """
    {field: feest, type: yes_no, label: Een feest?, privacy: 0}
    {field: datum, type: date, label: Wanneer?, show_if: feest is ja, privacy: 0}
    """,
    "warn:\n  - {if: datum < today + 30, message: Dat is kort dag., at: datum}",
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, ()),
        ({"feest": "ja", "datum": date(2026, 12, 9)}, ()),  # thirty days on
        ({"feest": "ja", "datum": date(2026, 12, 8)}, (0,)),
        (
            {"feest": "nee", "datum": date(2026, 12, 8)},
            (),
        ),  # the field cannot be seen, so nor can the warning
    ],
)
def test_a_warning_is_told_where_it_holds_and_never_in_the_way(
    typed: dict[str, str | date], expected: tuple[int, ...]
) -> None:
    given = Given(typed, ())
    assert warned(FORM, given, MONDAY) == expected
    judged = judge(FORM, given, MONDAY)
    assert judged.ok
    told = [(found.field, found.message) for found in judged.warnings if found.code == WARNED]
    assert told == [("datum", "Dat is kort dag.")] * len(expected)
