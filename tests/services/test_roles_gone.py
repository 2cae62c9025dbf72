"""Somebody loses the role to handle cases at the provider: is it gone at once, and is a coordinator asked?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.services.access import outside_people
from app.services.access.outside_told import Told
from app.services.cases import case_page
from app.services.staff import staffing
from app.storage import clock, history
from app.storage.database import transaction
from app.storage.models import Task
from app.storage.repositories import account_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
ORG = "0207000000"
TOLD = Told(org=ORG, roles=(("Contact", ("contact",)), ("Lezer", ("policy",))))


def follow(account: str, *roles: str) -> bool:
    with transaction(MUNICIPALITY) as tx:
        claims = {"rol_3d": [f"{role}:{ORG}" for role in roles]}
        return outside_people.follow(tx, TOLD, account, claims)


def roles_of(account: str) -> set[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return set(account_rows.lines(tx, account)[0][5])


def asked_tasks() -> list[str]:
    """Who is asked to hand cases on."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(Task.assignee).where(Task.label == "Dossiers doorgeven", Task.state == "open")
        return list(tx.execute(query).scalars())


def test_who_has_cases_loses_the_role_at_once_and_a_coordinator_gets_one_task() -> None:
    with clock.shifted(to=MONDAY):
        cards = [send_card(), send_card()]
        who = holder_of(cards[0].case)
        before = roles_of(who.account)
        assert "contact" in before
        assert follow(who.account, "Lezer")
        assert roles_of(who.account) == before - {"contact"} | {"policy"}
        settle()
        tasks = asked_tasks()
        assert len(tasks) == 1
        world = staffing.world(MUNICIPALITY)
        asked = world.staffing.workers[tasks[0]]
        assert asked.roles & {"coordinator", "team_lead", "head_of_service"}
        assert case_page.holder(MUNICIPALITY, cards[0].case) == who.account, (
            "nothing moves behind anybody's back"
        )
        with transaction(MUNICIPALITY, readonly=True) as tx:
            entry = next(
                item for item in history.entries(tx, None, limit=20) if item.code == "outside_roles_changed"
            )
        assert entry.params["lost"] == "contact"
        assert entry.params["gained"] == "policy"


def test_who_gets_it_back_before_anybody_looked_causes_no_task() -> None:
    with clock.shifted(to=MONDAY):
        card = send_card()
        who = holder_of(card.case)
        follow(who.account, "Lezer")
        follow(who.account, "Contact")
        settle()
        assert asked_tasks() == []


def test_roles_the_provider_does_not_rule_stay() -> None:
    account = staffing.account_id(MUNICIPALITY, "karin_thijs")
    before = roles_of(account)
    assert follow(account, "Contact", "Onbekend")
    assert roles_of(account) == before | {"contact"}
    assert follow(account)
    assert roles_of(account) == before - {"contact", "policy"}


def test_who_has_nothing_left_has_no_role_and_no_session() -> None:
    account = staffing.account_id(MUNICIPALITY, "ilse_verbeke")
    with transaction(MUNICIPALITY) as tx:
        account_rows.update(tx, account, roles=["policy"])
    assert not follow(account)
    assert roles_of(account) == set()
