"""The mobile service centre in Ter Heide: four Fridays that were, and one to come with 24 people registered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.engine import values
from app.engine.calendar import local
from app.engine.policy import Actor
from app.services.cases import act_on_case, case_page
from app.services.cases.act_on_case import ActOnCase
from app.services.definitions import catalogs
from app.services.follow_up import sweep
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.staff import staffing
from app.storage import clock

COORDINATOR, FRIDAY = "Griet Cools", 4
REGULARS = ("Rosa Wittevrongel", "Gilbert Desmedt", "Yvonne Callewaert")
"""They came four times; Rosa not the last time."""
PEOPLE = (
    *REGULARS, "Godelieve 't Jolle", "Jozef Daelemans", "Maria Vandenbulcke", "Rik Vanhoutte", "Denise Maertens",
    "Roger Lievens", "Simonne Bogaert", "André Pattyn", "Jeannine Vercruysse", "Marcel Dewulf", "Paula Haeck",
    "Georges Lambin", "Irène Tanghe", "Lucien Bulcke", "Agnes Strobbe", "Willy Deprez", "Nelly Cardoen",
    "Etienne Vuylsteke", "Monique Samyn", "Albert Geldhof", "Fatima El Amrani",
)  # fmt: skip
DIETS = ("gewoon", "gewoon", "gewoon", "suikerarm", "vegetarisch", "gemalen", "geen_varkensvlees")
Json = Mapping[str, object]


def fill(slug: str) -> int:
    """Make the sessions and who comes; how many cases."""
    who = _of(slug, COORDINATOR)
    today = local(staffing.world(slug).calendar, clock.now()).today
    friday = today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)
    made = 0
    for weeks in (5, 4, 3, 2, 1):
        made += _past(slug, who, friday - timedelta(weeks=weeks), REGULARS[1:] if weeks == 1 else REGULARS)
    coming = _session(slug, who, friday, places=24)
    for number, name in enumerate(PEOPLE):
        _register(slug, who, coming.number, _answers(number, name))
    sweep.sweep(None, own_work=200)
    return made + 1 + len(PEOPLE)


def _past(slug: str, who: Actor, day: date, came: tuple[str, ...]) -> int:
    """A Friday that was: who came, and what was counted."""
    here = _session(slug, who, day, places=30)
    for number, name in enumerate(came):
        _register(slug, who, here.number, {**_name(name), **_answers(number, name)}, walks_in=True)
    for action in ("gesloten", "doorgegaan"):
        _press(slug, who, here.case, action)
    counted = {"bezoekers": len(came), "nieuwe": 0, "maaltijden": len(came), "uren": 12, "sfeer": "goed"}
    _press(slug, who, here.case, "geteld", counted)
    sweep.sweep(None, own_work=200)
    return 1 + len(came)


def _session(slug: str, who: Actor, day: date, *, places: int) -> Receipt:
    answers: Json = {
        "datum": day.isoformat(),
        "uur": "10:30",
        "wijk": "ter_heide",
        "zaal": "Dorpshuis Ter Heide",
        "rolstoel": "ja",
        "menu": "Soep, stoofvlees of groentelasagne",
        "activiteit": "Veilig op de fiets",
        "soort": "informatief",
        "coordinator": {"kind": "staff", "id": who.account},
        "vrijwilligers": list(_helpers(slug)),
        "plaatsen": places,
        "inschrijven_tot": (day - timedelta(days=1)).isoformat(),
    }
    receipt = _hand_in(slug, who, "mdc_sessie", answers)
    _press(slug, who, receipt.case, "open")
    return receipt


def _helpers(slug: str) -> Iterator[Json]:
    workers = staffing.world(slug).staffing.workers
    volunteers = sorted(
        (one for one in workers.values() if "volunteer" in one.roles), key=lambda one: one.name
    )
    for worker, does in zip(volunteers, ("ontvangst", "vervoer"), strict=False):
        yield {"taak": does, "wie": {"kind": "volunteer", "id": worker.id}}
    yield {"taak": "activiteit", "wie": {"kind": "staff", "id": _of(slug, "Marleen Baert").account}}
    yield {"taak": "keuken", "naam": "Annemie"}
    yield {"taak": "zaal", "naam": "Walter van het dorpshuis"}


def _answers(number: int, name: str) -> Json:
    eats = number % 8 != 5
    told: dict[str, object] = {
        **_name(name),
        "contact.tel": f"0400 00 00 {40 + number:02d}",
        "maaltijd": "ja" if eats else "nee",
        "vervoer": "ja" if number % 4 == 0 else "nee",
        "bel_mij": number % 3 != 1,
    }
    if eats:
        told["dieet"] = [DIETS[number % len(DIETS)]]
    if number % 4 == 0:
        told["ophalen"] = {
            "street": "Kerkweg", "number": str(3 + number), "postcode": "9995", "town": "Zandlede"
        }  # fmt: skip
        told["hulpmiddel"] = ("rollator", "nee", "rolstoel")[number % 3]
    return told


def _name(name: str) -> dict[str, object]:
    first, _, family = name.partition(" ")
    return {"persoon.voornaam": first, "persoon.naam": family}


def _register(slug: str, who: Actor, session: str, answers: Json, *, walks_in: bool = False) -> Receipt:
    return _hand_in(slug, who, "mdc_inschrijving", {**answers, "sessie": session}, walks_in=walks_in)


def _hand_in(slug: str, who: Actor, form: str, answers: Json, *, walks_in: bool = False) -> Receipt:
    version = catalogs.live(slug).form(form)
    given, token = values.read_json(version.form, answers), secrets.token_hex(16)
    return submit(SubmitForm(who, version.id, given, token, audience="reception", walks_in=walks_in))


def _press(slug: str, who: Actor, case: str, action: str, answers: Json | None = None) -> None:
    page = case_page.show(who, case)
    view = next(item for item in page.actions if item.id == action)
    given = values.read_json(view.form, answers or {}) if view.form is not None else act_on_case.NOTHING_GIVEN
    press = ActOnCase(who, case, action, page.version, secrets.token_hex(16), given)
    act_on_case.act(press)


def _of(slug: str, name: str) -> Actor:
    worker = next(one for one in staffing.world(slug).staffing.workers.values() if one.name == name)
    return Actor(worker.id, slug, worker.name, worker.roles, worker.controller)
