"""How does a test get two municipalities on one installation, each with somebody of every role and the same things?

What residents tell holds a marker of its town and class, so that a page that shows it is found by looking for it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.engine import values
from app.engine.access import ANYONE, POLICY, SIGNED_IN
from app.engine.model.people import Duty, Holding
from app.engine.policy import Actor
from app.services.access import accounts, sessions
from app.services.cases import emergencies, hand_over
from app.services.definitions import catalogs, publish_definitions
from app.services.intake import drafts
from app.services.intake.submit_form import SubmitForm, submit
from app.services.municipality import setup
from app.services.people import partners, referrer_links
from app.services.people.partner_record import Partner
from app.services.staff import staffing
from app.services.tasks import saved_views
from app.services.tasks.choice import Choice
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.models import Case, Municipality
from app.storage.repositories import staffing_rows
from tests.support.bound import MUNICIPALITY, NEIGHBOUR, bound, migrated
from tests.support.referring import TALK

TOWNS = (MUNICIPALITY, NEIGHBOUR)
HOSTS: Mapping[str, str] = MappingProxyType({MUNICIPALITY: "zandlede.example", NEIGHBOUR: "buurlede.example"})
ROLES = tuple(role for role in POLICY if role not in (ANYONE, SIGNED_IN, "resident", "referrer"))
COLLEAGUE, COUNCIL = "contact_2", "council"
"""A second contact person, of other cases; and somebody of the council, whose function grants nothing."""
WHO = (*ROLES, COLLEAGUE, COUNCIL)
PLACES: Mapping[str, str] = MappingProxyType({"oosthoek": "Oosthoek", "statie": "Statie"})
PLAIN, RESTRICTED, BLOCKED, THEIRS = "plain", "restricted", "blocked", "theirs"
CASES = (PLAIN, RESTRICTED, BLOCKED, THEIRS)


@dataclass(slots=True)
class Town:
    """A municipality: who works there, its cases by what they are, and what else has an id, by kind."""

    id: str
    people: dict[str, Actor] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def marker(self, case: str) -> str:
        """What the resident of a case told, of class 2 or 3."""
        return f"geheim{self.id}{case}"


class Browser(FlaskClient):
    """One that always asks the same host."""

    at = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask."""
        kwargs.setdefault("base_url", self.at)
        return super().open(*args, **kwargs)


def prepared(url: str) -> None:
    """Both towns, for ``Templates.copy``."""
    migrated(url)
    with bound(url):
        for town in TOWNS:
            _arrange(town)


def found() -> dict[str, Town]:
    """What stands in the database, by municipality; the things are made anew by ``furnished``."""
    towns = {}
    for name in TOWNS:
        workers = staffing.world(name).staffing.workers
        town = Town(name)
        for key in WHO:
            account = staffing.account_id(name, key)
            worker = workers[account]
            town.people[key] = Actor(account, name, worker.name, worker.roles, worker.controller)
        towns[name] = town
    return towns


def furnished(town: Town) -> None:
    """Cases of every kind, and one of everything else that has an id."""
    people = town.people
    for kind in CASES:
        town.cases[kind] = _talk(town, kind)
    _bend(town)
    version = catalogs.live(town.id).form("doorverwijskaart").id
    town.things["draft_id"] = drafts.start(people["reception"], version).id
    town.things["view_id"] = saved_views.save(people["contact"], "Mijn lijst", Choice())
    town.things["link"], town.things["token"] = referrer_links.make(
        people["system_admin"], f"Praktijk {town.id}"
    )
    town.things["key"] = partners.add(
        people["form_admin"], Partner(key="", name=f"CAW {town.id}", kind="welzijn")
    )
    page_number = _number(town, THEIRS)
    asked, _ = emergencies.ask(
        people["system_admin"], page_number, ground="noodtoestand", reason=town.marker("reason")
    )
    town.things["request_id"] = asked


def signed_in(app: Flask, town: Town, key: str) -> tuple[FlaskClient, str]:
    """Somebody's browser, and the token for what it posts; without ``key`` a browser nobody signed in with."""
    host = HOSTS[town.id]
    client = Browser(app, app.response_class, use_cookies=True)
    client.at = f"http://{host}"
    if not key:
        found = re.search(r'name="_csrf" value="([^"]+)"', client.get("/aanmelden").text)
        assert found, client.get("/aanmelden").text[:1500]
        return client, found[1]
    with app.app_context(), transaction(town.id) as tx:
        token = sessions.begin(tx, town.people[key].account, ip="127.0.0.1", agent="test")
        client.set_cookie("meernet", token, domain=host)
    with app.app_context():
        session = sessions.load(town.id, token)
    assert session is not None
    return client, session.csrf


def _arrange(town: str) -> None:
    operator = accounts.operator(town)
    known = {}
    for key in WHO:
        roles = ("contact",) if key == COLLEAGUE else (key,)
        name = f"{key.replace('_', ' ').title()} {town.title()}"
        known[key] = accounts.create(
            operator,
            accounts.NewAccount(name, f"{key}@{town}.example", roles, key=key, phone="0400 00 00 01"),
        )
    with transaction(town) as tx:
        mine = sa.update(Municipality).where(Municipality.id == town)
        tx.execute(mine.values(settings={"hosts": [HOSTS[town]]}))
        staffing_rows.put_neighbourhoods(tx, PLACES)
        accounts.touch(tx)
    _hold(town, known)
    result = publish_definitions.publish(town, setup.shipped(), whole=True)
    assert not result.refused, result.problems[:3]


def _hold(town: str, known: Mapping[str, str]) -> None:
    """Everything is the contact person's, but for the counter, the safety of people and one neighbourhood."""
    own = {"onthaal": "reception", "veiligheid": COLLEAGUE}
    with transaction(town) as tx:
        for point in POINTS:
            holder = known[own.get(point, "contact")]
            staffing_rows.put_holding(tx, Holding(point, "", holder, (), known["head_of_service"]))
        near = Holding(
            "buurtzorgregisseur", "oosthoek", known["neighbourhood_lead"], (), known["head_of_service"]
        )
        staffing_rows.put_holding(tx, near)
        long = timedelta(days=3650)
        staffing_rows.put_duties(
            tx, [Duty("wachtdienst", known["contact"], clock.now() - long, clock.now() + long)]
        )
        accounts.touch(tx)


POINTS = (
    "onthaal", "wachtdienst", "aanspreekpunt_65plus", "buurtzorgregisseur", "sociale_dienst", "maatschappelijk_werker",
    "woonloket", "thuiszorgcoordinator", "jongerenwerker", "dienstencentrum", "veiligheid", "vrijwilligerscoordinator",
    "huis_van_het_kind", "caw",
)  # fmt: skip


def _talk(town: Town, kind: str) -> str:
    version = catalogs.live(town.id).form("brede_intake")
    changes: dict[str, Any] = {
        "persoon.roepnaam": f"Zoekbos{kind}{town.id}",
        "vraag_eigen_woorden": town.marker(kind),
        "domeinen.psychisch.nota": town.marker(kind),
    }
    given = values.read_json(version.form, {**TALK, **changes})
    sent = SubmitForm(
        actor=town.people["reception"],
        form_version=version.id,
        given=given,
        token=secrets.token_hex(16),
        audience="reception",
        make_person=True,
    )
    return submit(sent).case


def _bend(town: Town) -> None:
    """One case is of a restricted contact point, of one consent was withdrawn, one is a colleague's."""
    for kind in (RESTRICTED, THEIRS):
        hand_over.hand_over(
            town.people["head_of_service"],
            town.cases[kind],
            to=town.people[COLLEAGUE].account,
            reason="werk",
            version=1,
        )
    changes: dict[str, dict[str, Any]] = {
        RESTRICTED: {"contact_point": "veiligheid"},
        BLOCKED: {"blocked": True},
    }
    with transaction(town.id) as tx:
        for kind, columns in changes.items():
            mine = sa.and_(Case.municipality == town.id, Case.id == ids.from_text(town.cases[kind]))
            tx.execute(sa.update(Case).where(mine).values(**columns))


def _number(town: Town, kind: str) -> str:
    with transaction(town.id, readonly=True) as tx:
        mine = sa.and_(Case.municipality == town.id, Case.id == ids.from_text(town.cases[kind]))
        return str(tx.scalar(sa.select(Case.number).where(mine)))


__all__ = ["CASES", "HOSTS", "ROLES", "TOWNS", "WHO", "Town", "found", "furnished", "prepared", "signed_in"]
