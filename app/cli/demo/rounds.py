"""Which rounds run in Zandlede? One that is closed, with what came out of it, and one that people answer now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.engine import values
from app.engine.policy import Actor
from app.services.cases import act_on_case, ask_page, ask_work, asks, case_page
from app.services.definitions import catalogs
from app.services.intake import submit_form
from app.services.staff import staffing
from app.storage import clock, ids
from app.storage.database import transaction

LEAD = "nele_lambrecht"
SCALE = ("nog_niet", "begonnen", "loopt", "verankerd", "weet_niet")
CLOSED_AGO, OPEN_AGO = timedelta(days=40), timedelta(days=4)
CORE = (
    "Ilse Claeys; ilse.claeys@caw.example",
    "Dirk Maes; dirk.maes@wzc.example",
    "Samira Bouazza; samira.bouazza@huisvanhetkind.example",
    "Peter Wouters; peter.wouters@mutualiteit.example",
    "Lut De Smet; lut.desmet@thuiszorg.example",
    "Jan Hendrickx; jan.hendrickx@ldc.example",
    "Els Van Damme; els.vandamme@samenlevingsopbouw.example",
)
STEERING = (
    "Marc Daems; marc.daems@dorpsraad.example",
    "Griet Baeten; griet.baeten@ouderenraad.example",
    "Tom Lenaerts; tom.lenaerts@buurtwerk.example",
    "Nadia Amrani; nadia.amrani@open-school.example",
    "Rik Segers; rik.segers@parochie.example",
    "An Verhoeven; an.verhoeven@huisarts.example",
    "Wim Jacobs; wim.jacobs@politie.example",
    "Leen Pauwels; leen.pauwels@bib.example",
)
RESULT = {
    "conclusie": "We delen de visie. Over middelen en structuur denken we verschillend.",
    "stappen": [{"stap": "Eén overleg per kwartaal, met een vaste trekker", "wie": "Nele Lambrecht"}],
}


@dataclass(frozen=True, slots=True)
class _Round:
    """One round: what it is about, the form of its question, who is invited and how many answer."""

    about: Mapping[str, str]
    form: str
    field: str
    rows: tuple[str, ...]
    group: str
    people: tuple[str, ...]
    answers: int


VISION = _Round(
    {"kader": "c_visie", "fase": "planning", "buurt": "oosthoek"},
    "oordeel_visie",
    "visie",
    (
        "gedeelde_visie",
        "meerjarenplan",
        "structuur",
        "operationeel_team",
        "overleg",
        "middelen",
        "communicatie",
    ),
    "kernpartners",
    CORE,
    7,
)
BLOCKS = _Round(
    {"kader": "b_bouwstenen", "fase": "uitwerken", "buurt": "oosthoek"},
    "oordeel_bouwstenen",
    "bouwstenen",
    ("detectie", "toeleiding", "sociale_netwerken", "inclusie", "buurt"),
    "stuurgroep",
    STEERING,
    3,
)


def fill(slug: str) -> None:
    """Hold both rounds."""
    now = clock.now()
    with clock.stopped_at(now - CLOSED_AGO):
        closed = _held(slug, VISION)
    with clock.stopped_at(now - CLOSED_AGO + timedelta(days=20)):
        press(slug, closed, "bespreken", {})
        press(slug, closed, "besproken", RESULT)
    with clock.stopped_at(now - OPEN_AGO):
        _held(slug, BLOCKS)


def _held(slug: str, what: _Round) -> str:
    """Begin a round, invite everybody, and let some answer; its case."""
    who, version = lead(slug), catalogs.live(slug).form("zelfevaluatie")
    given = values.read_json(version.form, what.about)
    receipt = submit_form.submit(
        submit_form.SubmitForm(who, version.id, given, secrets.token_hex(16), "reception")
    )
    (ask,) = ask_work.of_case(who, receipt.case)
    ask_work.invite(who, receipt.case, ask.id, "\n".join(what.people), what.group)
    (ask,) = ask_work.of_case(who, receipt.case)
    form = catalogs.live(slug).form(what.form).form
    for place, person in enumerate(ask.people[: what.answers]):
        said: dict[str, object] = {
            f"{what.field}.{row}": SCALE[(place * 2 + number * 3 + place * number) % len(SCALE)]
            for number, row in enumerate(what.rows)
        }
        said[f"{what.field}.{what.rows[place % len(what.rows)]}.prioriteit"] = "ja"
        with transaction(slug, readonly=True) as tx:
            token = asks.token_of(tx, ids.from_text(person.id))
        ask_page.answer(slug, token, values.read_json(form, said))
    return receipt.case


def press(slug: str, case: str, action: str, answers: Mapping[str, object]) -> None:
    """Press a button of a case that the lead of the neighbourhood follows."""
    who, page = lead(slug), case_page.show(lead(slug), case)
    view = next(item for item in page.actions if item.id == action)
    given = values.read_json(view.form, answers) if view.form else act_on_case.NOTHING_GIVEN
    token = secrets.token_hex(16)
    act_on_case.act(act_on_case.ActOnCase(who, case, action, page.version, token, given))


def lead(slug: str) -> Actor:
    """Who follows the neighbourhood of both."""
    account = staffing.account_id(slug, LEAD)
    worker = staffing.world(slug).staffing.workers[account]
    return Actor(account, slug, worker.name, worker.roles, worker.controller)
