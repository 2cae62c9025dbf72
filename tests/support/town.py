"""How does a test get the fictional Zandlede in a database: its people, what they hold, the shipped definitions?

``peopled`` prepares a database for ``Templates.copy``; inside ``bound(url)`` the functions below drive the services.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import yaml

from app.engine import values
from app.engine.model.people import Duty, Holding
from app.engine.policy import Actor, by_link
from app.services.access import accounts
from app.services.cases import act_on_case, case_page
from app.services.cases.act_on_case import ActOnCase, ActOutcome
from app.services.cases.case_view import CasePage
from app.services.definitions import catalogs, publish_definitions
from app.services.follow_up import sweep
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.municipality import setup
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.models import Outbox
from app.storage.repositories import outbox_rows, staffing_rows
from tests.support.bound import MUNICIPALITY, bound, migrated

BRUSSELS = ZoneInfo("Europe/Brussels")
STAFF = Path(__file__).resolve().parents[2] / "app" / "cli" / "demo" / "zandlede.yaml"

CARD: Mapping[str, Any] = {
    "persoon.voornaam": "Maria",
    "persoon.naam": "Canariebos",
    "persoon.geboorte": 1941,
    "contact.tel": "09 000 00 01",
    "buurt": "oosthoek",
    "zorgen": ["eenzaam"],
    "toelichting": "Geheimpje over de kat",
    "dringend": "ja",
    "akkoord_contact": True,
    "akkoord_terug": True,
    "handtekening": {"way": "spoken", "data": "dokter Peeters"},
    "verwijzer.naam": "Dokter Peeters",
    "verwijzer.functie": "huisarts",
    "verwijzer.tel": "09 000 00 02",
    "verwijzer.email": "peeters@praktijk.example",
}
"""The card of the journey: a resident of 85 in Oosthoek."""


def local(text: str) -> datetime:
    """A local time of Zandlede as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def peopled(url: str) -> None:
    """A migrated database with the staff of Zandlede and the shipped definitions."""
    migrated(url)
    with bound(url):
        people()
        result = publish_definitions.publish(MUNICIPALITY, setup.shipped(), whole=True)
        assert not result.refused, result.problems[:3]


def people() -> None:
    """Accounts (nobody can sign in), neighbourhoods, holdings and rosters of Zandlede."""
    data = yaml.safe_load(STAFF.read_text(encoding="utf-8"))
    operator = accounts.operator(MUNICIPALITY)
    known: dict[str, str] = {}
    for key, person in data["people"].items():
        roles = (*person["roles"], *person.get("functions", ()))
        known[key] = accounts.create(
            operator,
            accounts.NewAccount(
                person["name"],
                person["email"],
                roles,
                key=key,
                phone=person["phone"],
                controller=person.get("controller", ""),
            ),
        )
    with transaction(MUNICIPALITY) as tx:
        staffing_rows.put_neighbourhoods(tx, data["neighbourhoods"])
        for point, held in data["holders"].items():
            places = (
                {"": held}
                if "holder" in held
                else {("" if k == "default" else k): v for k, v in held.items()}
            )
            for place, who in places.items():
                substitutes = tuple(known[name] for name in who.get("substitutes", ()))
                holding = Holding(point, place, known[who["holder"]], substitutes, known[who["owner"]])
                staffing_rows.put_holding(tx, holding)
        staffing_rows.put_duties(
            tx,
            [
                Duty(point, known[turn["who"]], _aware(turn["from"]), _aware(turn["until"]))
                for point, turns in data["rosters"].items()
                for turn in turns
            ],
        )
        accounts.touch(tx)


def _aware(moment: object) -> datetime:
    text = str(moment)
    return local(text)


def actor(key: str) -> Actor:
    """Somebody who works in Zandlede, by the name in the staffing file."""
    account = staffing.account_id(MUNICIPALITY, key)
    worker = staffing.world(MUNICIPALITY).staffing.workers[account]
    return Actor(account, MUNICIPALITY, worker.name, worker.roles, worker.controller)


def card(token: str = "", **changes: Any) -> SubmitForm:
    """The referrer's card, to be submitted; ``changes`` with ``__`` for a dot, None to leave a field out."""
    version = catalogs.live(MUNICIPALITY).form("doorverwijskaart")
    answers = {**CARD, **{name.replace("__", "."): value for name, value in changes.items()}}
    given = values.read_json(version.form, {name: item for name, item in answers.items() if item is not None})
    return SubmitForm(
        actor=by_link(MUNICIPALITY),
        form_version=version.id,
        given=given,
        token=token or secrets.token_hex(16),
        audience="referrer",
    )


def send_card(token: str = "", **changes: Any) -> Receipt:
    """Submit the card."""
    return submit(card(token, **changes))


def send(form: str, answers: Mapping[str, Any]) -> Receipt:
    """Submit any public form, as somebody without an account."""
    version = catalogs.live(MUNICIPALITY).form(form)
    given = values.read_json(version.form, answers)
    return submit(
        SubmitForm(by_link(MUNICIPALITY, ""), version.id, given, secrets.token_hex(16), audience="public")
    )


def holder_of(case: str) -> Actor:
    """Who is responsible for a case."""
    account = case_page.holder(MUNICIPALITY, case)
    worker = staffing.world(MUNICIPALITY).staffing.workers[account]
    return Actor(account, MUNICIPALITY, worker.name, worker.roles, worker.controller)


def press(case: str, action: str, answers: Mapping[str, Any] | None = None, **fields: Any) -> ActOutcome:
    """Press a button as whoever is responsible, on a fresh page."""
    who: Actor = fields.pop("actor", None) or holder_of(case)
    page: CasePage = case_page.show(who, case)
    view = next((item for item in page.actions if item.id == action), None)
    given = act_on_case.NOTHING_GIVEN
    if view is not None and view.form is not None:
        given = values.read_json(view.form, answers or {})
    fields.setdefault("token", secrets.token_hex(16))
    fields.setdefault("version", page.version)
    return act_on_case.act(ActOnCase(actor=who, case=case, action=action, given=given, **fields))


def asked(case: str, action: str) -> dict[str, object]:
    """Answers that fit the form behind a button, whatever its fields: only the required ones."""
    page = case_page.show(holder_of(case), case)
    form = next(item.form for item in page.actions if item.id == action)
    return {
        field.id: field.options.ids[0] if field.options else "2026-11-10" if "date" in field.type else "x"
        for field in (form.fields() if form else ())
        if field.required
    }


def settle() -> None:
    """Do everything that is due now, as the sweep without Redis does."""
    for _ in range(50):
        if not sweep.sweep(None, own_work=500).more:
            return
    raise AssertionError("the sweep never rests")


def leases_run_out() -> None:
    """Whoever held a row of the outbox is taken for dead."""
    with transaction(MUNICIPALITY) as tx:
        held = sa.update(Outbox).where(Outbox.municipality == MUNICIPALITY, Outbox.lease_until.is_not(None))
        tx.execute(held.values(lease_until=tx.instant - timedelta(seconds=1)))
        outbox_rows.age_hints(tx, timedelta(hours=1))


def days(n: float) -> timedelta:
    """So many days."""
    return timedelta(days=n)
