"""Cases that belong together: chosen by who may read them, pressed along all or none, each with its own life."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine import values
from app.services.cases import bond_view, bonds, case_page
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock, history, ids
from app.storage.database import table_of, transaction
from app.storage.models import Case
from app.storage.repositories import erase_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press

pytestmark = pytest.mark.usefixtures("town")
FRIDAY = local("2026-11-13 15:00")
NEED: Mapping[str, Any] = {
    "soort": "nood",
    "titel": "Boodschappen doen",
    "omschrijving": "Wie niet rijdt raakt er niet.",
    "dorp": "sint_amand_lede",
    "thema": ["winkels"],
    "professioneel": "nee",
}
PROJECT: Mapping[str, Any] = {
    "naam": "Boodschappenbus",
    "doel": "Elke dinsdag samen naar de winkel.",
    "dorp": "sint_amand_lede",
    "wie": "De dorpsraad",
    "waar": "De kerk",
    "van": "2027-01-12",
    "stappen": [{"wat": "Een busje vragen", "wie": "Annemie"}, {"wat": "Chauffeurs zoeken", "wie": "Rik"}],
}
RESULT: Mapping[str, Any] = {"resultaat": "nee", "leerpunt": "Eerst bellen.", "blijft": "nee"}
MAKER = "griet_cools"


def hand_in(form: str, answers: Mapping[str, Any], who: str = MAKER) -> Receipt:
    version = catalogs.live(MUNICIPALITY).form(form)
    return submit(
        SubmitForm(
            actor=actor(who),
            form_version=version.id,
            given=values.read_json(version.form, answers),
            token=secrets.token_hex(16),
            audience="reception",
        )
    )


def need(**more: Any) -> Receipt:
    return hand_in("nood_of_kans", {**NEED, **more})


def project(*chosen: Receipt, who: str = MAKER) -> Receipt:
    return hand_in("microproject", {**PROJECT, "koppelt": [one.number for one in chosen]}, who)


def state(receipt: Receipt) -> str:
    return case_page.show(holder_of(receipt.case), receipt.case).state


def told(receipt: Receipt) -> list[str]:
    return [line.text for line in case_page.show(holder_of(receipt.case), receipt.case).timeline]


def test_three_needs_are_chosen_by_number_title_and_village_and_nothing_else() -> None:
    with clock.stopped_at(FRIDAY):
        first, parked, ended = need(), need(titel="Vervoer"), need(titel="Al opgelost")
        press(parked.case, "parkeer")
        press(ended.case, "gekoppeld")
        field = catalogs.live(MUNICIPALITY).form("microproject").form.field("koppelt")
        cases = field.cases if field is not None else None
        assert cases is not None
        offered = bonds.offered(actor(MAKER), cases)
        assert bonds.offered(actor("bram_de_coster"), cases) == ()
    assert [one.label for one in offered] == [
        f"{first.number} · Boodschappen doen · Sint-Amand-Lede",
        f"{parked.number} · Vervoer · Sint-Amand-Lede",
    ]


def test_a_button_of_the_project_presses_one_of_each_need_and_back() -> None:
    with clock.stopped_at(FRIDAY):
        needs = [need(), need(titel="Vervoer"), need(titel="Gezelschap")]
        bus = project(*needs)
        assert [state(one) for one in needs] == ["open"] * 3
        press(bus.case, "haalbaar")
        assert [state(one) for one in needs] == ["gebundeld"] * 3
        assert f"Gekozen in {bus.number}." in told(needs[0])
        press(bus.case, "gestopt", RESULT, open_tasks={"also:1:0": "done", "also:1:1": "cancelled"})
        assert [state(one) for one in needs] == ["open"] * 3


def test_what_ended_by_itself_stays_and_what_cannot_go_along_is_told_before_anybody_presses() -> None:
    with clock.stopped_at(FRIDAY):
        one, other, third = need(), need(titel="Vervoer"), need(titel="Hulp", professioneel="nee")
        bus = project(one, other, third)
        press(one.case, "gekoppeld")
        action = next(a for a in case_page.show(actor(MAKER), bus.case).actions if a.id == "haalbaar")
        assert [(line.ended, line.button) for line in action.along] == [
            (True, ""),
            (False, "Zit in een microproject"),
            (False, "Zit in een microproject"),
        ]
        press(bus.case, "haalbaar")
    assert [state(one), state(other), state(third)] == ["gekoppeld", "gebundeld", "gebundeld"]


def test_what_was_taken_in_the_meantime_or_may_not_be_read_cannot_be_chosen() -> None:
    with clock.stopped_at(FRIDAY):
        gone, mine = need(), need()
        press(gone.case, "gekoppeld")
        with pytest.raises(Invalid) as problem:
            project(gone)
        assert problem.value.errors[0].field == "koppelt"
        assert "staat al in 'Gekoppeld'" in problem.value.errors[0].message
        for who, number in (("bram_de_coster", mine), (MAKER, None)):
            with pytest.raises(Invalid):
                project(number, who=who) if number else hand_in(
                    "microproject", {**PROJECT, "koppelt": ["NK-1"]}
                )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["open", "parkeer", "kaart_", "gekoppeld"]), min_size=1, max_size=4))
def test_a_link_never_leaves_a_child_half_pressed(ways: list[str]) -> None:
    with clock.stopped_at(FRIDAY):
        needs = [need() for _ in ways]
        bus = project(*needs)
        for one, way in zip(needs, ways, strict=True):
            if way == "kaart_":
                with transaction(MUNICIPALITY) as tx:
                    _put(tx, one, "doorverwijzen")
            elif way != "open":
                press(one.case, way)
        before = [state(one) for one in needs]
        version = case_page.show(actor(MAKER), bus.case).version
        refused = "doorverwijzen" in before
        if refused:
            with pytest.raises(Invalid) as problem:
                press(bus.case, "haalbaar")
            assert "kan niet mee" in problem.value.errors[0].message
            assert [state(one) for one in needs] == before
            assert case_page.show(actor(MAKER), bus.case).version == version
        else:
            press(bus.case, "haalbaar")
            assert [state(one) for one in needs] == [
                "gekoppeld" if was == "gekoppeld" else "gebundeld" for was in before
            ]


def _put(tx: Any, one: Receipt, where: str) -> None:
    """Somebody of another service brought it somewhere that has no such button."""
    table = table_of(Case)
    mine = sa.and_(table.c.municipality == tx.municipality, table.c.id == ids.from_text(one.case))
    tx.execute(sa.update(table).where(mine).values(state=where))


def test_the_page_of_the_project_counts_its_needs_and_steps_and_shows_only_what_may_be_seen() -> None:
    with clock.stopped_at(FRIDAY):
        one, other = need(), need(titel="Vervoer")
        bus = project(one, other)
        press(one.case, "gekoppeld")
        seen = bond_view.of_case(actor(MAKER), bus.case)
        above = bond_view.of_case(actor(MAKER), one.case)
    assert (seen.ended, seen.counted) == (1, 2)
    assert [(line.number, line.state_label) for line in seen.below] == [
        (one.number, "Gekoppeld"),
        (other.number, "Open"),
    ]
    assert (seen.done, [step.label for step in seen.steps]) == (
        0,
        ["Een busje vragen (Annemie)", "Chauffeurs zoeken (Rik)"],
    )
    assert [line.number for line in above.above] == [bus.number]


def test_an_erased_need_is_still_counted_and_a_project_that_goes_takes_no_need_along() -> None:
    with clock.stopped_at(FRIDAY):
        one, other = need(), need(titel="Vervoer")
        bus = project(one, other)
        with transaction(MUNICIPALITY) as tx:
            erase_rows.case(tx, [ids.from_text(one.case)])
        seen = bond_view.of_case(actor(MAKER), bus.case)
        assert [line.erased for line in seen.below] == [True, False]
        press(bus.case, "haalbaar")
        assert state(other) == "gebundeld"
        with transaction(MUNICIPALITY) as tx:
            assert erase_rows.case(tx, [ids.from_text(bus.case)])["case_bond"] == 2
        assert bond_view.of_case(actor(MAKER), other.case) == bond_view.NOTHING
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert history.entries(tx, ids.from_text(other.case))
