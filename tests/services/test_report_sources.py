"""What do reports of closed rounds and of streets say, of what really came in?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.policy import Actor
from app.engine.streets import BOTH, StreetRange
from app.services.errors import Forbidden, Invalid
from app.services.reports import frozen, refresh
from app.services.reports.frozen import ReportResult
from app.storage import clock
from app.storage.database import transaction
from app.storage.repositories import street_rows
from tests.services.test_asks import hand_in, round_with
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, press, send

pytestmark = pytest.mark.usefixtures("town")
DAY = local("2026-11-09 09:40")
POLICY = Actor("probe", MUNICIPALITY, roles=frozenset({"policy"}))
NEIGHBOUR = "zorgzame_buur"
WELCOME: tuple[tuple[str, dict[str, object]], ...] = (
    ("afgesproken", {}),
    ("nota_gelezen", {"gelezen": True}),
    ("start", {}),
)
STREETS = (
    ("Molenstraat", "oosthoek"),
    ("Kerkweg", "oosthoek"),
    ("Molenstraat", "statie"),
    ("Dreef", "statie"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    refresh.configure(tmp_path)


def _read(report: str) -> ReportResult:
    found = frozen.read(POLICY, report)
    assert found is not None
    return found


def _neighbour(*streets: str) -> str:
    told = {
        "persoon.voornaam": "Olena",
        "persoon.naam": "Kovalenko",
        "contact.gsm": "0400 00 00 08",
        "buurt": "oosthoek",
        "straten": list(streets),
        "rol": ["signalen"],
        "afspraken": True,
    }
    return send(NEIGHBOUR, {name: found for name, found in told.items() if found}).case


def _columns(result: ReportResult, table: str, row: str) -> dict[str, object]:
    """The cells of a line by the label of their column; ``hidden`` for what is hidden."""
    made = result.table(table)
    assert made is not None
    cells = next(line.cells for line in made.rows if line.key == row)
    return {
        column.id: "hidden" if cell.hidden else cell.value
        for column, cell in zip(made.columns, cells, strict=True)
    }


def test_a_street_counts_in_its_own_neighbourhood_and_one_that_was_typed_wherever_it_lies() -> None:
    with transaction(MUNICIPALITY) as tx:
        street_rows.put(tx, [StreetRange(name, BOTH, 1, None, place) for name, place in STREETS])
    with clock.stopped_at(DAY):
        case = _neighbour("oosthoek:Molenstraat", "dreef")
        asked = _read("straten")
        for action, answers in WELCOME:
            press(case, action, answers)
        found = _read("straten")
    assert _columns(asked, "totals", "")["met"] == 0
    assert _columns(found, "neighbourhood", "oosthoek") == {"deel": 50, "met": 1, "zonder": 1, "straten": 2}
    assert found.listing is not None
    assert found.listing.lines == (("Oosthoek", ("Kerkweg",)), ("Statie", ("Molenstraat",)))


def test_a_street_is_asked_and_the_figures_are_for_who_they_are_meant_for() -> None:
    with pytest.raises(Invalid) as told:
        _neighbour()
    assert [error.field for error in told.value.errors] == ["straten"]
    with pytest.raises(Forbidden):
        frozen.read(actor("joris_maes"), "straten")


def test_a_round_counts_once_it_is_closed_and_only_where_enough_people_answered() -> None:
    with clock.stopped_at(local("2026-11-16 10:00")):
        hand_in("zelfevaluatie", {"kader": "c_visie", "fase": "planning"})
        round_with({"overleg": ["verankerd"] * 4})
        few = _read("toetsingskaders")
        round_with({"overleg": ["nog_niet"] * 3 + ["begonnen"] * 2 + ["weet_niet"]})
    with clock.stopped_at(local("2027-11-15 10:00")):
        round_with({"overleg": ["loopt"] * 5})
        made = _read("toetsingskaders")
    assert _columns(few, "totals", "")["antwoorden"] == 0
    assert _columns(made, "totals", "")["antwoorden"] == 10
    years = _columns(made, "punt/year", "oordeel_visie.visie.overleg")
    assert (years["2026.gemiddelde"], years["2026.antwoorden"], years["2027.gemiddelde"]) == (13.3, 5, 66.7)
