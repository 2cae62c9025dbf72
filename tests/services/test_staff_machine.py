"""Whatever is changed in whatever order, every question reaches somebody and every case has somebody."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.engine import staff
from app.engine.model.people import Absence, Holding, World
from app.engine.policy import Actor, can_carry
from app.services.access import accounts
from app.services.cases import hand_over
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.staff import staff_absences, staff_leaving, staff_people, staff_points, staffing
from app.services.staff.staff_leaving import Choices, Leaving
from app.services.staff.staff_people import PersonForm
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import Case, Task
from app.storage.repositories import staffing_rows as rows
from tests.support.bound import MUNICIPALITY, bound
from tests.support.databases import Templates
from tests.support.town import actor, local, peopled, send_card

MONDAY = local("2026-11-09 11:00")
FIRST = date(2026, 11, 9)
PEOPLE = ("joris_maes", "nele_lambrecht", "bram_de_coster", "hilde_claes", "karin_thijs", "veerle_naessens")
"""So few that everything soon hangs on somebody."""
HELD = (
    ("aanspreekpunt_65plus", "", "nele_lambrecht", "bram_de_coster"),
    ("buurtzorgregisseur", "", "bram_de_coster", "nele_lambrecht"),
    ("buurtzorgregisseur", "oosthoek", "nele_lambrecht", "hilde_claes"),
    ("woonloket", "", "hilde_claes", "joris_maes"),
)
POINTS = ("aanspreekpunt_65plus", "buurtzorgregisseur", "woonloket")
PLACES = ("", "oosthoek", "statie")
ROLES = st.sets(st.sampled_from(["contact", "reception", "coordinator", "dpo", "policy"]), min_size=1)
SOMEBODY = st.sampled_from(PEOPLE)
REFUSALS = (Conflict, Forbidden, Invalid, NotFound)


class Town(RuleBasedStateMachine):
    """Changes through the services, as somebody who may do all of them."""

    templates: Templates

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()

    @initialize()
    def begin(self) -> None:
        url = self.templates.copy("town", peopled)
        self.opened.callback(self.templates.server.drop_database, url)
        self.opened.enter_context(bound(url))
        self.opened.enter_context(clock.stopped_at(MONDAY))
        roles = frozenset({"head_of_service", "coordinator", "system_admin"})
        self.lead = Actor(actor("pieter_bogaert").account, MUNICIPALITY, "Pieter", roles)
        send_card()  # to Joris, who holds nothing afterwards: only his case keeps him
        _few_hold_everything()

    def teardown(self) -> None:
        self.opened.close()

    @rule(place=st.sampled_from(["oosthoek", "statie", "geen_vast_adres"]), urgent=st.booleans())
    def a_question_comes_in(self, place: str, urgent: bool) -> None:
        send_card(buurt=place, dringend="vandaag" if urgent else "ja")

    @rule(who=SOMEBODY, start=st.integers(0, 6), days=st.integers(0, 6), instead=st.none() | SOMEBODY)
    def is_away(self, who: str, start: int, days: int, instead: str | None) -> None:
        first = FIRST + timedelta(days=start)
        replacement = _id(instead) if instead else ""
        absence = Absence(_id(who), first, first + timedelta(days=days), replacement)
        with contextlib.suppress(*REFUSALS):
            staff_absences.save(self.lead, absence)

    @rule(which=st.integers(0, 20))
    def is_back(self, which: int) -> None:
        _, rows = staff_absences.upcoming(self.lead)
        if rows:
            with contextlib.suppress(*REFUSALS):
                staff_absences.end(self.lead, rows[which % len(rows)].id)

    @rule(who=SOMEBODY)
    def stops_at_once(self, who: str) -> None:
        with contextlib.suppress(*REFUSALS):
            staff_people.deactivate(self.lead, _id(who))

    @rule(who=SOMEBODY, to=SOMEBODY)
    def stops_as_the_page_offers(self, who: str, to: str) -> None:
        with contextlib.suppress(*REFUSALS):
            plan = staff_leaving.plan(self.lead, _id(who))
            staff_leaving.arrange(self.lead, _id(who), _choices(plan, _id(to)), seen=plan.version)
            hand_over.give_all(self.lead, _id(who), to=_id(to), reason="stopt")
            staff_people.deactivate(self.lead, _id(who))

    @rule(who=SOMEBODY)
    def starts_again(self, who: str) -> None:
        with contextlib.suppress(*REFUSALS):
            staff_people.reactivate(self.lead, _id(who))

    @rule(who=SOMEBODY, roles=ROLES)
    def gets_other_roles(self, who: str, roles: set[str]) -> None:
        worker = _world().staffing.workers[_id(who)]
        form = PersonForm(worker.name, worker.email, worker.phone, frozenset(roles))
        with contextlib.suppress(*REFUSALS):
            staff_people.save(self.lead, worker.id, form)

    @rule(
        point=st.sampled_from(POINTS),
        place=st.sampled_from(PLACES),
        holder=SOMEBODY,
        chain=st.lists(SOMEBODY, max_size=3),
        owner=SOMEBODY,
    )
    def is_held_by(self, point: str, place: str, holder: str, chain: list[str], owner: str) -> None:
        holding = Holding(point, place, _id(holder), tuple(_id(name) for name in chain), _id(owner))
        with contextlib.suppress(*REFUSALS):
            staff_points.put(self.lead, holding)

    @rule(which=st.sampled_from(HELD), who=SOMEBODY)
    def takes_over(self, which: tuple[str, str, str, str], who: str) -> None:
        for holding in _world().staffing.holdings:
            if (holding.contact_point, holding.neighbourhood) == which[:2]:
                others = tuple(name for name in holding.substitutes if name != _id(who))
                with contextlib.suppress(*REFUSALS):
                    staff_points.put(self.lead, replace(holding, holder=_id(who), substitutes=others))

    @rule(which=st.sampled_from(HELD))
    def has_no_holder_of_its_own(self, which: tuple[str, str, str, str]) -> None:
        with contextlib.suppress(*REFUSALS):
            staff_points.drop(self.lead, which[0], which[1])

    @invariant()
    def every_question_reaches_somebody_who_was_named_for_it(self) -> None:
        world = _world()
        points = catalogs.live(MUNICIPALITY).contact_points
        # Wednesday 11 November is a holiday and the weekends are closed: nobody need be there
        for at in (MONDAY + timedelta(days=day) for day in (0, 1, 3, 4, 7, 8, 9, 10, 11, 14)):
            for point in points.values():
                for place in PLACES:
                    found = staff.holder_of(point, place, world, at, points=points)
                    assert found.code in ("holder", "replacement", "substitute", "duty") or point.group, (
                        point,
                        at,
                    )
                    assert not staff.absent(world.staffing, found.account, at.date())

    @invariant()
    def whoever_holds_something_works_here_and_can_follow_it_up(self) -> None:
        staffing_ = _world().staffing
        for holding in staffing_.holdings:
            for account in (holding.holder, holding.owner):
                assert staffing_.workers[account].active, holding
                assert can_carry(staffing_.workers[account].roles), holding
            assert holding.holder not in holding.substitutes
        held = {item.contact_point for item in staffing_.holdings if not item.neighbourhood}
        assert held == set(catalogs.live(MUNICIPALITY).contact_points)

    @invariant()
    def every_open_case_and_task_is_with_somebody_active(self) -> None:
        workers = _world().staffing.workers
        for account in _busy():
            assert workers[account].active, workers[account]

    @invariant()
    def nobody_replaces_themselves_in_a_circle(self) -> None:
        staffing_ = _world().staffing
        for absence in staffing_.absences:
            seen, now = {absence.account}, absence.account
            for _ in range(10):
                now = staff.replacement_of(staffing_, now, absence.start)
                if not now:
                    break
                assert now not in seen
                seen.add(now)


def _few_hold_everything() -> None:
    """The points that are changed, as ``HELD`` says; all others are Karin's."""
    with transaction(MUNICIPALITY) as tx:
        rows.clear_holdings(tx)
        rows.put_duties(tx, ())
        accounts.touch(tx)
    points = set(catalogs.live(MUNICIPALITY).contact_points) - set(POINTS)
    others = tuple((point, "", "karin_thijs", "veerle_naessens") for point in sorted(points))
    with transaction(MUNICIPALITY) as tx:
        for point, place, holder, substitute in HELD + others:
            rows.put_holding(
                tx, Holding(point, place, _id(holder), (_id(substitute),), _id("veerle_naessens"))
            )
        accounts.touch(tx)


def _world() -> World:
    return staffing.world(MUNICIPALITY)


def _id(key: str) -> str:
    return staffing.account_id(MUNICIPALITY, key)


def _choices(plan: Leaving, to: str) -> Choices:
    """Everything to one person, as somebody in a hurry would."""
    places: dict[str, dict[tuple[str, str], str]] = {"holder_gone": {}, "owner_gone": {}}
    for item in plan.faults:
        if item.code in places:
            places[item.code][item.point, item.place] = to
    roles = {item.role: to for item in plan.faults if item.code == "sole_role"}
    return Choices(places["holder_gone"], places["owner_gone"], roles, to)


def _busy() -> Iterator[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        yield from tx.execute(sa.select(Case.holder).where(Case.closed_at.is_(None)).distinct()).scalars()
        yield from tx.execute(sa.select(Task.assignee).where(Task.state == "open").distinct()).scalars()


@pytest.mark.slow
def test_no_change_of_staff_leaves_anybody_without_a_person(database_templates: Templates) -> None:
    class Here(Town):
        templates = database_templates

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=20 if database_templates.server.kind == "sqlite" else 4,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
