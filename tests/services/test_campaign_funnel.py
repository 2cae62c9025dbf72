"""How far did people come in a campaign, each of them once?"""

from __future__ import annotations

from flask import Flask

from app.services.campaigns import runs
from app.services.reports import frozen
from app.storage import clock
from tests.services.test_campaigns import QUIET, THURSDAY, TUESDAY, note, talk
from tests.support.calling import begun, filled, given, person, row


def test_the_funnel_counts_each_person_once_at_every_stage_and_outlives_the_list(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        campaign = begun()
        filled(campaign, [row(n) for n in range(15)])
        mine = given(campaign, "paul_desmet", 15)
        for _ in range(5):
            talk(mine, {**QUIET, "lukt.vervoer": "hulp_gewenst", "mag_door": "ja"})
        for _ in range(5):
            note(mine, "wil_geen_oproep")
        for _ in range(5):
            note(mine, "geen_antwoord")
    with clock.stopped_at(THURSDAY):
        for _ in range(5):
            note(mine, "geen_antwoord")
        made = frozen.read(person("karin_thijs"), "belronde")
    assert made is not None
    (totals,) = made.totals.rows
    told = {column.id: cell.value for column, cell in zip(made.totals.columns, totals.cells, strict=True)}
    assert [told[f"trechter.{step}"] for step in ("aangesproken", "bereikt", "gesprek", "vraag")] == [
        15,
        10,
        5,
        5,
    ]
    assert (told["bereikt"], told["pogingen"]) == (67, 20)
    outcomes = {item.outcome: item.n for item in runs.show(person("karin_thijs"), campaign).outcomes}
    assert outcomes == {"gesprek": 5, "wil_geen_oproep": 5, "geen_antwoord": 10}
