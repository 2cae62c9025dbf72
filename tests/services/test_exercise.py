"""Is an exercise like the municipality and unlike its people, and does nothing leave it?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.engine.policy import Actor
from app.engine.streets import BOTH, StreetRange
from app.services.access import accounts, signing_in
from app.services.access.signing_in import Browser
from app.services.definitions import catalogs, definition_drafts
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.follow_up import caught_mail
from app.services.follow_up.outgoing import Outgoing, configure, current
from app.services.municipality import exercise, municipalities, settings, streets
from app.services.staff import staffing
from app.services.tasks import queue
from app.storage.database import transaction
from app.storage.repositories import exercise_rows, street_rows
from tests.support import town
from tests.support.bound import MUNICIPALITY

SLUG = f"{MUNICIPALITY}-oefen"


@pytest.fixture
def boss(town: Flask) -> Actor:
    """Who runs the machine Zandlede lives on."""
    return accounts.operator(MUNICIPALITY)


def test_it_has_the_same_definitions_and_places_and_nobody_of_the_municipality(boss: Actor) -> None:
    with transaction(MUNICIPALITY) as tx:
        street_rows.put(tx, [StreetRange("Kerkstraat", BOTH, 1, None, "oosthoek")])
    made = exercise.fill(boss)
    here, there = staffing.world(MUNICIPALITY), staffing.world(SLUG)
    assert there.kind == municipalities.EXERCISE
    assert there.staffing.neighbourhoods == here.staffing.neighbourhoods
    assert streets.find(SLUG, "Kerkstraat", "5") == "oosthoek"
    assert catalogs.live(SLUG).forms.keys() == catalogs.live(MUNICIPALITY).forms.keys()
    names = {worker.name for worker in there.staffing.workers.values()}
    assert not names & {worker.name for worker in here.staffing.workers.values()}
    assert all(worker.email.endswith(".example") for worker in there.staffing.workers.values())
    assert made.cases >= 6
    assert signing_in.by_password(SLUG, made.people[0].email, made.password, Browser())


def test_filled_again_what_was_done_there_is_gone_and_the_municipality_untouched(
    boss: Actor,
) -> None:
    town.send_card()
    first = exercise.fill(boss)
    before = queue.page(town.actor("joris_maes"), "all", size=50).counts
    second = exercise.fill(boss)
    assert second.cases == first.cases
    assert second.password != first.password
    with pytest.raises(Invalid):
        signing_in.by_password(SLUG, first.people[0].email, first.password, Browser())
    assert queue.page(town.actor("joris_maes"), "all", size=50).counts == before


def test_what_is_drafted_can_be_tried_there_before_it_is_published(boss: Actor) -> None:
    path = "formdefs/doorverwijskaart.yaml"
    admin = town.actor("tom_aerts")
    opened = definition_drafts.open_text(admin, path)
    text = opened.text.replace("title: Doorverwijskaart", "title: Nieuwe kaart", 1)
    assert text != opened.text
    definition_drafts.save(admin, path, text, opened.seen)
    exercise.fill(boss)
    assert catalogs.live(SLUG).form("doorverwijskaart").form.title == "Doorverwijskaart"
    exercise.fill(boss, work=True)
    assert catalogs.live(SLUG).form("doorverwijskaart").form.title == "Nieuwe kaart"
    assert catalogs.live(MUNICIPALITY).form("doorverwijskaart").form.title == "Doorverwijskaart"
    exercise.fill(boss)
    assert catalogs.live(SLUG).form("doorverwijskaart").form.title == "Doorverwijskaart"


def test_work_that_has_errors_is_not_tried(boss: Actor) -> None:
    admin = town.actor("tom_aerts")
    definition_drafts.save(admin, "formdefs/stuk.yaml", "form: stuk\n", "")
    with pytest.raises(Conflict, match="exercise_refused") as refused:
        exercise.fill(boss, work=True)
    assert refused.value.current


def test_mail_of_an_exercise_stays_inside_whatever_the_installation_sends(boss: Actor) -> None:
    made = exercise.fill(boss)
    standing = current()
    configure(Outgoing(mail_url="smtp://127.0.0.1:1"))  # nobody listens there
    try:
        town.settle()
        trainer = accounts.operator(SLUG)
        assert made.cases
        found = caught_mail.page(trainer, size=100).mails
        assert found
        assert all(mail.recipient.endswith(".example") for mail in found if "@" in mail.recipient)
    finally:
        configure(standing)


def test_a_real_address_does_not_get_into_an_exercise(boss: Actor) -> None:
    exercise.fill(boss)
    with pytest.raises(Invalid):
        accounts.create(accounts.operator(SLUG), accounts.NewAccount("An", "an@pelt.be", ("contact",)))


def test_only_an_exercise_can_be_emptied(boss: Actor) -> None:
    def empty() -> None:
        with transaction(MUNICIPALITY) as tx:
            exercise_rows.empty(tx)

    with pytest.raises(ValueError, match="not an exercise"):
        empty()
    assert settings.show(boss).name == "Zandlede"


def test_an_exercise_has_no_exercise_and_not_everybody_makes_one(boss: Actor) -> None:
    exercise.fill(boss)
    with pytest.raises(Conflict, match="exercise_of_exercise"):
        exercise.fill(accounts.operator(SLUG))
    with pytest.raises(Forbidden):
        exercise.fill(town.actor("hilde_claes"))
