"""Which talks are being collected in Zandlede? A round in one neighbourhood, some read, some waiting for a reader."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta

from app.cli.demo.rounds import lead, press
from app.engine import values
from app.engine.calendar import local
from app.services.definitions import catalogs
from app.services.intake import submit_form
from app.services.staff import staffing
from app.storage import clock

AGO = timedelta(days=6)
WHERE = "oosthoek"
ABOUT = "Hoe vinden mensen hulp, en elkaar?"
CODED = {"niemand_herkenbaar": True}
Told = tuple[str, str, str, str, str, str]
TALKS: tuple[Told, ...] = (
    ("straat", "van_65", "vier", "beetje", "ja", "mobiliteit"),
    ("thuis", "van_65", "vijf", "nee", "soms", "mobiliteit"),
    ("thuis", "vanaf_80", "drie", "nee", "nee", "eenzaam"),
    ("straat", "van_45", "vier", "ja", "ja", "ontmoeting"),
    ("straat", "van_45", "twee", "beetje", "soms", "groen"),
    ("thuis", "van_65", "vier", "beetje", "ja", "winkels"),
    ("straat", "tot_25", "drie", "nee", "nee", ""),
    ("thuis", "van_65", "vijf", "ja", "ja", ""),
)
"""Kind, age, glad to live here, finds help, asks a neighbour, theme (none: nobody read it yet)."""


def fill(slug: str) -> None:
    """Begin the round and write the talks down."""
    now = clock.now()
    today = local(staffing.world(slug).calendar, now).today
    begun = {
        "buurt": WHERE,
        "van": today - AGO,
        "tot": today + timedelta(days=30),
        "doel": 5,
        "waarover": ABOUT,
    }
    with clock.stopped_at(now - AGO):
        _handed_in(slug, "gespreksronde", {name: str(value) for name, value in begun.items()})
        for kind, age, glad, help_, neighbour, theme in TALKS:
            said = {"type_gesprek": kind, "buurt": WHERE, "leeftijd": age, "graag_wonen": glad}
            talk = _handed_in(slug, "buurtgesprek", {**said, "hulp_vinden": help_, "buur_vragen": neighbour})
            if theme:
                press(slug, talk, "verwerkt", {"themas": [theme], **CODED})
                press(slug, talk, "nagelezen", {})


def _handed_in(slug: str, form: str, answers: Mapping[str, object]) -> str:
    who, version = lead(slug), catalogs.live(slug).form(form)
    given = values.read_json(version.form, answers)
    request = submit_form.SubmitForm(who, version.id, given, secrets.token_hex(16), "reception")
    return submit_form.submit(request).case
