"""Is a task proposed with a reason, given once, and asked for again only by who means it?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from app.engine import values
from app.services.cases import case_page, matches
from app.services.cases.match_view import Matches
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.intake import drafts, prefill
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock, history, ids
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, holder_of, local, press

pytestmark = pytest.mark.usefixtures("town")
THURSDAY = local("2026-11-12 11:00")
TALKED: Mapping[str, Any] = {"wijze": "bureau", "privacy_info": "mondeling"}
AHMAD: Mapping[str, Any] = {
    "persoon.roepnaam": "Ahmad",
    "contact.gsm": "0400 00 00 04",
    "graag": "Herstellen en uitleggen hoe iets werkt.",
    "talenten": ["herstellen"],
    "wanneer": ["do.nm"],
    "buurt": "statie",
    "groep": "groep",
    "steun_nodig": ["duidelijke_uitleg", "vervoer"],
    "inkomen_statuut": "leefloon",
}
REPAIR: Mapping[str, Any] = {
    "wat": "Meehelpen in het repaircafé",
    "organisatie": "Repaircafé Statie",
    "talenten": ["herstellen"],
    "wanneer": ["do.nm"],
    "buurt": "statie",
    "samen": "groep",
    "steun": ["duidelijke_uitleg"],
    "contact_tel": "0400 00 00 71",
    "nagekeken": "ja",
}


def hand_in(form: str, answers: Mapping[str, Any], parent: str = "") -> Receipt:
    """A form at the desk of the volunteers' coordinator."""
    version = catalogs.live(MUNICIPALITY).form(form)
    return submit(
        SubmitForm(
            actor=actor("marleen_baert"),
            form_version=version.id,
            given=values.read_json(version.form, answers),
            token=secrets.token_hex(16),
            audience="reception",
            parent=parent,
        )
    )


def task(**more: Any) -> Receipt:
    return hand_in("vrijwilligerstaak", {**REPAIR, **more})


def looking(**more: Any) -> Receipt:
    """Somebody who had the talk."""
    receipt = hand_in("vrijwilligersintake", {**AHMAD, **more})
    press(receipt.case, "gesproken", TALKED)
    return receipt


def seen(case: str, who: str = "marleen_baert") -> Matches:
    return matches.of_case(actor(who), case, pressable=["voorstel"])


def propose(case: str, other: str) -> None:
    press(case, "voorstel", {"taak": "Meehelpen"}, match=other)


def told(case: str) -> list[str]:
    return [line.text for line in case_page.show(holder_of(case), case).timeline]


def test_the_repair_cafe_is_proposed_with_what_fits_and_what_does_not() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        found = seen(ahmad.case)
    (best,) = found.best
    assert (best.case, best.title, best.about) == (
        repair.case,
        "Meehelpen in het repaircafé",
        ("Repaircafé Statie",),
    )
    assert "Talent: herstellen." in best.fits
    assert "Kan op donderdagnamiddag." in best.fits
    assert best.lacks == ("Niet voorzien: vervoer.",)
    assert found.action == "voorstel"


def test_a_proposal_starts_with_what_the_task_says_and_ties_the_two() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        first = matches.first_answers(actor("marleen_baert"), ahmad.case, repair.case)
        propose(ahmad.case, repair.case)
        mine, theirs = seen(ahmad.case), seen(repair.case)
    assert first == {"taak": ["Meehelpen in het repaircafé"], "waar": ["Repaircafé Statie"]}
    assert [(link.number, link.stands) for link in mine.links] == [(repair.number, True)]
    assert (theirs.places, theirs.free) == (1, 0)
    assert [(link.number, link.title, link.stands) for link in theirs.links] == [(ahmad.number, "", True)]
    assert f"Voorgesteld: {repair.number}." in told(ahmad.case)
    assert f"Voorgesteld aan {ahmad.number}." in told(repair.case)


def test_a_declined_proposal_frees_the_place_and_comes_back_only_when_asked() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        propose(ahmad.case, repair.case)
        press(ahmad.case, "anders", {"waarom": "moment"})
        again = seen(ahmad.case)
        free = seen(repair.case).free
        propose(ahmad.case, repair.case)
        taken = seen(repair.case).free
    assert again.best == ()
    assert [(one.why, one.again) for one in again.left_out] == [("Werd al voorgesteld en paste niet.", True)]
    assert (free, taken) == (1, 0)
    assert f"{ahmad.number} is niet meer gekoppeld. De plaats is weer vrij." in told(repair.case)


def test_who_stops_gives_the_place_back() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        propose(ahmad.case, repair.case)
        press(ahmad.case, "stopt", reason="werk")
        found = seen(repair.case)
    assert found.free == 1
    assert [link.stands for link in found.links] == [False]


def test_the_last_place_is_given_once_and_the_other_hears_it(town: Flask) -> None:
    with clock.stopped_at(THURSDAY):
        repair = task()
        people = [looking(), looking(**{"persoon.roepnaam": "Rik"})]

        def one(receipt: Receipt) -> str:
            with town.app_context():
                try:
                    propose(receipt.case, repair.case)
                except Invalid as problem:
                    return problem.code
            return "proposed"

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(one, people))
        states = sorted(case_page.show(actor("marleen_baert"), one.case).state for one in people)
        links = seen(repair.case).links
    assert said == ["match_full", "proposed"]
    assert states == ["voorgesteld", "zoeken_naar_match"]
    assert len(links) == 1


def test_what_is_excluded_cannot_be_proposed_by_hand_either() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking(steun_nodig=["rolstoel"])
        with pytest.raises(Invalid) as refused:
            propose(ahmad.case, repair.case)
        found = seen(ahmad.case)
    assert refused.value.code == "match_gone"
    assert found.left_out[0].why == "Er is geen rolstoeltoegang."


def test_a_stopped_task_is_not_proposed() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        press(repair.case, "gestopt", reason="voorbij")
        found = seen(ahmad.case)
    assert (found.best, found.left_out) == ((), ())


def test_a_task_made_to_measure_starts_with_the_talk_and_is_kept_for_that_person() -> None:
    with clock.stopped_at(THURSDAY):
        task()
        ahmad, rik = looking(), looking(**{"persoon.roepnaam": "Rik"})
        press(ahmad.case, "op_maat")
        version = catalogs.live(MUNICIPALITY).form("vrijwilligerstaak")
        draft = prefill.begin(actor("marleen_baert"), version, parent=ahmad.case)
        raw = drafts.load(actor("marleen_baert"), draft.id).raw
        made = hand_in(
            "vrijwilligerstaak", {**REPAIR, "wat": "Fietsen nakijken", "talenten": []}, parent=ahmad.case
        )
        his, other = seen(ahmad.case), seen(rik.case)
    assert {name: list(raw[name]) for name in ("talenten", "wanneer", "buurt", "samen")} == {
        "talenten": ["herstellen"],
        "wanneer": ["do.nm"],
        "buurt": ["statie"],
        "samen": ["groep"],
    }
    assert "steun" not in raw
    assert (his.best[0].case, his.best[0].made) == (made.case, True)
    assert made.case not in [one.case for one in other.best]
    assert ("Op maat gemaakt voor iemand anders.", True) in [(one.why, one.again) for one in other.left_out]


def test_who_may_not_read_the_talk_sees_no_suggestion() -> None:
    with clock.stopped_at(THURSDAY):
        task()
        ahmad = looking()
    assert seen(ahmad.case, "joris_maes") == Matches()


def test_no_history_or_link_tells_what_support_somebody_needs() -> None:
    with clock.stopped_at(THURSDAY):
        repair, ahmad = task(), looking()
        propose(ahmad.case, repair.case)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            entries = history.entries(tx, ids.from_text(repair.case))
    assert all("vervoer" not in str(entry.params) and "Ahmad" not in str(entry.params) for entry in entries)
