"""What does a municipality that already runs see when a new version brings forms whose contact points nobody holds?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.cli.publish import waiting_lines
from app.definitions.model.source import Severity, Source
from app.engine.model.people import Holding
from app.engine.policy import Actor
from app.services.definitions import catalogs, package_drafts, publish_drafts
from app.services.definitions.publish_definitions import PublishResult, publish
from app.services.definitions.publish_drafts import Choice
from app.services.municipality import setup
from app.services.staff import staff_points
from tests.support import studio
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor

POINTS = "workflows/contact_points.yaml"
OLD = "workflows/warme_doorverwijzing.yaml"
PAIRS = {"bezwaar": "bezwaarloket", "groet": "groetloket"}
"""Two new forms with a process each, and the new contact point where each ends."""
NEW = tuple(sorted(f"{folder}/{name}.yaml" for folder in ("formdefs", "workflows") for name in PAIRS))


def package() -> list[Source]:
    """The shipped files, two new forms made after one of them, and another word in a process that runs."""
    texts = {source.path: bytes(source.text).decode() for source in setup.shipped()}  # type: ignore[arg-type]
    for name, point in PAIRS.items():
        for folder in ("formdefs", "workflows"):
            made = texts[f"{folder}/klacht.yaml"].replace(": klacht\n", f": {name}\n")
            made = made.replace("[klacht]", f"[{name}]").replace("klachtenbehandelaar", point)
            texts[f"{folder}/{name}.yaml"] = made.replace('"KL-', f'"{name[:2].upper()}-')
        texts[POINTS] += f"  {point}: {{label: Loket {name}}}\n"
    texts[OLD] = texts[OLD].replace("label: Toegewezen", "label: Bij jou", 1)
    return [Source(path, text) for path, text in texts.items()]


def _upgraded() -> PublishResult:
    return publish(MUNICIPALITY, package(), park=True, wait=True)


def admin() -> Actor:
    return actor("mira_lauwers")


def _hold(point: str) -> None:
    karin, griet = actor("karin_thijs"), actor("griet_cools")
    staff_points.put(karin, Holding(point, "", griet.account, (), karin.account))


def _take(name: str) -> list[str]:
    """Both files of a form into the working copy, as the page of what waits does."""
    an = admin()
    found = [item for item in package_drafts.listed(an) if f"/{name}." in item.path]
    for item in found:
        package_drafts.take(an, item.key, item.seen)
    return [item.path for item in found]


@pytest.fixture
def upgraded(town: Flask) -> PublishResult:
    return _upgraded()


def test_what_nobody_would_answer_for_waits_and_the_rest_goes_on(upgraded: PublishResult) -> None:
    live = catalogs.live(MUNICIPALITY)
    assert (upgraded.refused, upgraded.held) == (False, NEW)
    assert upgraded.unheld == ("Loket bezwaar", "Loket groet")
    assert set(PAIRS) & {*live.forms, *live.workflows} == set()
    assert set(PAIRS.values()) <= set(live.contact_points)
    assert live.workflows["warme_doorverwijzing"].workflow.states["toegewezen"].label == "Bij jou"
    assert [item.path for item in package_drafts.listed(admin())] == list(NEW)


def test_it_is_said_what_waits_for_whom_and_where_to_arrange_it(upgraded: PublishResult) -> None:
    *files, where = waiting_lines(upgraded)
    assert [line.split()[0] for line in files] == list(NEW)
    assert "Loket bezwaar, Loket groet" in where
    assert "Aanspreekpunten" in where
    waiting = {item.path: item.unheld for item in package_drafts.listed(admin())}
    assert waiting["workflows/bezwaar.yaml"] == ("Loket bezwaar",)
    assert waiting["formdefs/bezwaar.yaml"] == ("Loket bezwaar",)


def test_work_on_what_runs_is_published_meanwhile(upgraded: PublishResult) -> None:
    an = admin()
    studio.edit(an, "workflows/klacht.yaml", "label: Ingediend", "label: Binnen")
    assert not studio.publish(an, "workflows/klacht.yaml").refused


def test_a_form_goes_on_when_its_own_contact_point_is_held_and_not_before(upgraded: PublishResult) -> None:
    an = admin()
    wanted = Choice(frozenset(_take("bezwaar")))
    told = [item for item in publish_drafts.review(an, wanted).problems if item.severity is Severity.ERROR]
    assert [(item.code, dict(item.params)["name"]) for item in told] == [("L605", "bezwaarloket")]
    _hold("bezwaarloket")
    assert not studio.publish(an, *sorted(wanted.paths or ())).refused
    live = catalogs.live(MUNICIPALITY)
    assert "bezwaar" in live.forms
    assert "groet" not in live.forms
    assert [item.unheld for item in package_drafts.listed(an)] == [("Loket groet",)] * 2


def test_the_next_start_does_nothing_twice_and_takes_along_what_is_held_by_then(
    upgraded: PublishResult,
) -> None:
    again = _upgraded()
    assert (again.number, again.made, again.held) == (upgraded.number, (), NEW)
    assert len(package_drafts.listed(admin())) == len(NEW)
    _hold("groetloket")
    later = _upgraded()
    assert later.held == ("formdefs/bezwaar.yaml", "workflows/bezwaar.yaml")
    assert "groet" in catalogs.live(MUNICIPALITY).forms
    assert {item.path for item in package_drafts.listed(admin())} == set(later.held)
