"""May two people who look for the same be brought together, and only when both want that?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import pytest

from app.engine import values
from app.services.cases import matches
from app.services.cases.match_view import Matches
from app.services.definitions import catalogs
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local, press

pytestmark = pytest.mark.usefixtures("town")
THURSDAY = local("2026-11-12 14:00")
WALKS: Mapping[str, Any] = {
    "soort": "zoek",
    "wat": ["wandelen"],
    "wanneer": ["di.nm"],
    "hoe_vaak": "wekelijks",
    "persoon.voornaam": "Godelieve",
    "persoon.naam": "'t Jolle",
    "contact.gsm": "0400 00 00 31",
    "straat": "Kerkweg",
    "buurt": "oosthoek",
    "spelregels": True,
}


def looks(**more: Any) -> Receipt:
    """Somebody who looks for company, at the desk of the contact person."""
    version = catalogs.live(MUNICIPALITY).form("buurtgezel")
    given = values.read_json(version.form, {**WALKS, **more})
    return submit(
        SubmitForm(actor("hilde_claes"), version.id, given, secrets.token_hex(16), audience="reception")
    )


def seen(case: str) -> Matches:
    return matches.of_case(actor("joris_maes"), case, pressable=["voorstel"])


def test_two_who_both_want_it_are_put_forward_to_each_other() -> None:
    with clock.stopped_at(THURSDAY):
        one, other = looks(groep_ok="ja"), looks(groep_ok="ja", **{"persoon.voornaam": "Jozef"})
        (found,) = seen(one.case).best
        assert (found.case, found.title, found.about) == (other.case, "Oosthoek", ("Ik zoek", "Wekelijks"))
        assert "Heeft dezelfde vraag: samen kan ook." in found.fits
        press(one.case, "voorstel", {}, match=other.case)
        assert seen(other.case).best == ()  # who is being asked is not asked twice


@pytest.mark.parametrize("theirs", ["nee", None])
def test_who_did_not_say_yes_is_not_put_forward(theirs: str | None) -> None:
    with clock.stopped_at(THURSDAY):
        one, _ = looks(groep_ok="ja"), looks(**({"groep_ok": theirs} if theirs else {}))
        assert seen(one.case).best == ()
