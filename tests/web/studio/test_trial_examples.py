"""What the examples of a form show is told, and the missing ones are made and kept in the working copy."""

from __future__ import annotations

import pytest
from flask import Flask

from app.services.definitions import definition_drafts
from tests.support.town import actor
from tests.support.trial_player import PATH, TRIAL, Player
from tests.web.conftest import SignIn


@pytest.fixture
def tom(app: Flask, sign_in: SignIn) -> Player:
    client = app.test_client()
    return Player(client, sign_in(client, "tom_aerts"))


def test_the_examples_that_are_missing_are_shown_and_put_in_the_working_copy(app: Flask, tom: Player) -> None:
    with app.app_context():
        mine = actor("tom_aerts")
        form = definition_drafts.open_text(mine, PATH)
        definition_drafts.save(mine, PATH, form.text.partition("\nexamples:")[0] + "\n", form.seen)
    page = tom.client.get(f"{TRIAL}/voorbeelden").text
    assert "raken 0 van de 52" in page
    made = tom.post(f"{TRIAL}/voorbeelden", {})
    assert "- name: " in made
    tom.post(f"{TRIAL}/voorbeelden/bewaren", {})
    assert tom.status == 302
    assert "raken alle 52" in tom.client.get(f"{TRIAL}/voorbeelden").text
    with app.app_context():
        assert definition_drafts.work_set(actor("tom_aerts")).problems == ()


def test_examples_that_end_elsewhere_are_told(app: Flask, tom: Player) -> None:
    with app.app_context():
        mine = actor("tom_aerts")
        form = definition_drafts.open_text(mine, PATH)
        wrong = form.text.replace("contact_point: woonloket", "contact_point: onthaal", 1)
        definition_drafts.save(mine, PATH, wrong, form.seen)
    page = tom.client.get(f"{TRIAL}/voorbeelden").text
    assert "Deze voorbeelden lopen anders dan verwacht" in page
    assert "Een vraag over wonen" in page
