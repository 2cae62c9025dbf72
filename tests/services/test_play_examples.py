"""Do a form's examples catch what its author did not mean?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.definitions.model.source import Source
from app.definitions.problems import text_of
from app.services.definitions import check_definitions
from app.services.definitions.check_definitions import CheckResult
from app.services.municipality import setup

CARD = "formdefs/doorverwijskaart.yaml"
STAFF = Path("app/cli/demo/zandlede.yaml")


def _check(change: tuple[str, str] = ("", ""), *, staff: str = "") -> CheckResult:
    """The shipped definitions with one change to the card, and a staffing file."""
    sources = [
        replace(source, text=source.text.decode().replace(*change, 1)) if source.path == CARD else source
        for source in setup.shipped()
        if isinstance(source.text, bytes)
    ]
    return check_definitions.check(sources, Source("staff.yaml", staff) if staff else None)


def test_the_shipped_definitions_and_their_examples_hold() -> None:
    result = _check(staff=STAFF.read_text())
    assert result.problems == ()
    assert result.ok
    assert result.played >= 8


@pytest.mark.parametrize(
    ("was", "becomes", "found"),
    [
        ("contact_point: aanspreekpunt_65plus", "contact_point: onthaal", "aanspreekpunt_65plus"),
        ("deadline: 2026-11-13", "deadline: 2026-11-12", "2026-11-13"),
        ("eerste_contact: 2026-11-24", "eerste_contact: 2026-11-25", "eerste_contact: 2026-11-24"),
    ],
)
def test_an_expectation_that_does_not_hold_stops_publication_and_says_what_it_becomes(
    was: str, becomes: str, found: str
) -> None:
    result = _check((was, becomes))
    (problem,) = result.problems
    assert not result.ok
    assert (problem.span.path, problem.code) == (CARD, "E802")
    message, hint = text_of(problem)
    assert found in message
    assert hint


def test_what_another_municipality_expects_is_not_played_with_our_staff() -> None:
    elsewhere = ("  - name: 85 jaar", "  - municipality: elders\n    name: 85 jaar")
    ours = _check(staff=STAFF.read_text())
    assert _check(elsewhere, staff=STAFF.read_text()).played < ours.played
    assert _check(elsewhere).played == ours.played


def test_something_that_cannot_be_expected_is_told_with_what_can() -> None:
    (problem,) = _check(("deadline: 2026-11-13", "dedline: 2026-11-13")).problems
    assert problem.code == "E803"
    assert "deadline" in text_of(problem)[1]


def test_a_person_can_be_expected_once_the_staff_are_known() -> None:
    change = ("contact_point: aanspreekpunt_65plus, deadline", "person: nele_lambrecht, deadline")
    assert _check(change).ok
    (problem,) = _check(change, staff=STAFF.read_text()).problems
    assert "joris_maes" in text_of(problem)[0]


def test_a_contact_point_nobody_holds_is_told_beside_the_staff() -> None:
    lines = STAFF.read_text().splitlines(keepends=True)
    result = _check(staff="".join(line for line in lines if not line.startswith("  woonloket:")))
    assert {problem.span.path for problem in result.problems if problem.code == "L605"} == {"staff.yaml"}


def test_one_file_is_checked_with_the_package_it_stands_in() -> None:
    sources, asked = check_definitions.read_paths([Path(CARD)])
    assert asked == {CARD}
    assert len(sources) > 10
    assert check_definitions.only(check_definitions.check(sources), asked).problems == ()


def test_a_path_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        check_definitions.read_paths([Path("formdefs/nergens.yaml")])
