"""Do municipalities see each other's released figures only when both agreed, and never anything else?"""

from __future__ import annotations

import pytest

from app.reporting.closed import CASES
from app.reporting.releases import load
from app.reporting.side_by_side import TOTAL, WITHIN
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.reports import regions
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import region_rows
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.regions import FIRST, LAST, released, somebody, together

pytestmark = pytest.mark.usefixtures("store")


def figures_seen(municipality: str, group: str) -> set[str]:
    """Whose figures a municipality reads, whoever forgets a ``where``."""
    with transaction(municipality, readonly=True) as tx:
        return {row["municipality"] for row in region_rows.figures(tx, ids.from_text(group), CASES)}


def test_both_agree_and_stand_side_by_side_without_forms_and_neighbourhoods() -> None:
    ours, theirs, group = together()
    for who in (ours, theirs):
        made = regions.compare(who, group)
        assert (made.first, made.last) == (FIRST, LAST)
        by = dict(zip(made.names, zip(*(line.numbers for line in made.lines), strict=True), strict=True))
        keys = [line.key for line in made.lines]
        assert by["Zandlede"][keys.index(TOTAL)] == 40
        assert (by["Zandlede"][keys.index(WITHIN)], by["Buurlede"][keys.index(WITHIN)]) == (75, 50)
        assert made.lines[keys.index(WITHIN)].spread == (50, 62.5, 75)
    with transaction(NEIGHBOUR, readonly=True) as tx:
        rows = region_rows.figures(tx, ids.from_text(group), CASES)
    for row in rows:
        assert set(load(row["content"]).tables) == {(), ("wait",)}


def test_who_did_not_agree_sees_nothing_and_shows_nothing() -> None:
    ours, theirs = somebody(MUNICIPALITY, "head_of_service"), somebody(NEIGHBOUR, "dpo")
    released(MUNICIPALITY, 30, 10)
    released(NEIGHBOUR, 20, 20)
    group = regions.found(ours, "Zorgraad")
    with pytest.raises(NotFound):
        regions.agree(theirs, group)
    regions.agree(ours, group)
    regions.ask(ours, group, NEIGHBOUR)
    assert [item.name for item in regions.listed(theirs)] == ["Zorgraad"]
    with pytest.raises(NotFound):
        regions.compare(theirs, group)
    assert regions.compare(ours, group).names == ("Zandlede",)
    assert figures_seen(NEIGHBOUR, group) == set()


def test_taking_back_removes_what_was_shown_and_closes_the_view() -> None:
    ours, theirs, group = together()
    regions.withdraw(theirs, group)
    assert regions.compare(ours, group).names == ("Zandlede",)
    with pytest.raises(NotFound):
        regions.compare(theirs, group)
    with pytest.raises(Conflict):
        regions.withdraw(theirs, group)
    regions.agree(theirs, group)
    assert len(regions.compare(ours, group).names) == 2


def test_only_head_and_officer_agree() -> None:
    ours, _, group = together()
    policy = somebody(MUNICIPALITY, "policy")
    assert regions.compare(policy, group).names
    for press in (lambda: regions.withdraw(policy, group), lambda: regions.found(policy, "x")):
        with pytest.raises(Forbidden):
            press()
    with pytest.raises(NotFound):
        regions.ask(ours, "0" * 13, NEIGHBOUR)
