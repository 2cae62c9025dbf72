"""Somebody is there, or not: one tap. And who comes in without having registered?"""

from __future__ import annotations

from collections.abc import Mapping

from app.engine import values
from app.engine.policy import Act, Actor
from app.services.cases import act_on_case, relation
from app.services.cases.act_on_case import ActOnCase, ActOutcome
from app.services.cases.load_case import desk_of, key_of, load
from app.services.errors import Invalid, NotFound
from app.services.gatherings import called
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage.database import transaction
from app.storage.repositories import moment_rows

RECEPTION = "reception"


def tap(actor: Actor, session: str, press: ActOnCase) -> ActOutcome:
    """Press a button of a registration on the list of its session. Raises ``NotFound`` for a button that does not stand
    on it or a registration that belongs elsewhere, and what ``act_on_case.act`` raises."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        entry = moment_rows.entry_of(tx, key_of(press.case))
        rules = load(tx, desk, key_of(session)).pin.workflow.sessions
    named = rules.attendance if rules is not None else None
    if entry is None or named is None or entry["session"] != key_of(session):
        raise NotFound
    if press.action not in (named.present, named.absent, *named.buttons):
        raise NotFound
    return act_on_case.act(press)


def walk_in(actor: Actor, session: str, given: Mapping[str, str], token: str) -> Receipt:
    """Somebody who did not register stands at the door: they get a place, and are there. ``given``: what was typed for
    the fields that are asked of them.

    Raises ``Forbidden`` for who may not act on the session, ``Invalid`` with what is wrong beside each field.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key_of(session))
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        relation.demand_seen(actor, Act.CASE_ACT, found)
        row = moment_rows.get(tx, loaded.row["id"])
    rules = loaded.pin.workflow.sessions
    if row is None or rules is None or rules.attendance is None or row["off"]:
        raise NotFound
    if loaded.pin.workflow.states[loaded.row["state"]].end:
        raise Invalid("session_closed")
    version = desk.catalog.form(rules.registers)
    typed = {name: text for name, text in given.items() if name in rules.attendance.new and text.strip()}
    read = values.read_json(version.form, {**typed, rules.by: called.value_of(row)})
    return submit(SubmitForm(actor, version.id, read, token, audience=RECEPTION, walks_in=True))
