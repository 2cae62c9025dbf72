"""More than sixty markers are planted in three forms and in what follows; then everything that left the process is
searched for them. Nothing of class 2 or 3 stands outside the pages of those who may read it.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.engine.policy import Act
from app.jobs import relay
from app.services.access import accounts
from app.services.cases.announce import CHANGED, EVENTS, RECEIVED
from app.services.follow_up import digest, sweep
from app.services.municipality import webhook_settings
from app.storage import clock
from app.web.acts import act
from tests.machines.town import let_leases_run_out
from tests.support import canaries
from tests.support.bound import MUNICIPALITY
from tests.support.canaries import Left, Planted, Records, Wire, leaks
from tests.support.receiver import address, one_listed
from tests.support.tls_server import Listener
from tests.support.town import local, settle
from tests.web import handling, telling
from tests.web.conftest import SignIn
from tests.web.telling import Story

MONDAY = local("2026-11-09 09:40")
READERS = frozenset({"hilde_claes", "joris_maes", "sofie_wouters", "resident", "sender"})
"""Who wrote it or works on it here; of the others each gets every page there is."""
STRANGERS = ("tom_aerts", "pieter_bogaert", "marleen_baert", "karin_thijs", "ilse_verbeke")
EVERYWHERE = ("tom_aerts", "karin_thijs", "nobody")
"""Those who get every page that there is; the others those about cases."""
ABOUT_CASES = ("/werk", "/dossiers", "/overzicht", "/cijfers", "/onthaal", "/mijn", "/bewaren", "/privacy")
ENVELOPE = (
    "brede_intake:persoon.voornaam",
    "brede_intake:persoon.naam",
    "brede_intake:persoon.roepnaam",
    "intake:straat",
    "intake:gemeente",
)
"""What a letter says of who it is to: how they are called and where they live."""
NO_NAMES = ("tom_aerts", "pieter_bogaert", "nobody")
"""Those who are no staff of cases: not even a name."""


@pytest.fixture
def story(app: Flask, client: FlaskClient, sign_in: SignIn) -> Story:
    """Nothing has happened yet."""
    app.add_url_rule("/kapot", "kapot", act(Act.PAGE_PUBLIC)(_broken), methods=["POST"])
    return Story(client, Wire().on(app), sign_in=sign_in)


@pytest.fixture
def receiver(app: Flask, tmp_path: Path) -> Iterator[Listener]:
    """Another system that waits for every event."""
    folder = tmp_path / "tls"
    folder.mkdir()
    with one_listed(folder) as server:
        with app.app_context():
            webhook_settings.add(accounts.operator(MUNICIPALITY), address(server), EVENTS)
        yield server


def _broken() -> str:
    raise ValueError(request.form["text"])


@pytest.fixture
def records() -> Iterator[Records]:
    """Every logger speaks, also those that are silent in production."""
    heard, root = Records(), logging.getLogger()
    before = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    named = [
        logging.getLogger(name) for name in ("sqlalchemy.engine", "werkzeug", "gunicorn.access", "rq.worker")
    ]
    levels = [item.level for item in named]
    for item in named:
        item.setLevel(
            logging.INFO if item.name.startswith("sqlalchemy") else logging.DEBUG
        )  # DEBUG tells whole rows
    yield heard
    root.removeHandler(heard)
    root.setLevel(before)
    for item, level in zip(named, levels, strict=True):
        item.setLevel(level)


def _time_passes(story: Story, redis: str) -> None:
    """Reminders, escalations, the morning's mail; first as hints to the workers, then done here."""
    app = story.client.application
    for moment in ("2026-11-10 08:35", "2026-11-16 12:00", "2026-11-30 09:00", "2027-01-04 09:00"):
        with clock.stopped_at(local(moment)), app.app_context():
            digest.plan(MUNICIPALITY)
            sweep.sweep(relay.Relay(redis).hint)
            let_leases_run_out()
            settle()
            sweep.sweep(None, own_work=500)


def _on_paper(story: Story) -> list[Left]:
    """What waits is printed and posted; each batch as the PDF and as the page that is printed."""
    token = story.be("hilde_claes")
    waiting = re.findall(r'name="letter" value="([^"]+)"', story.client.get("/onthaal/post").text)
    printed = story.client.post("/onthaal/post/druk-af", data={"_csrf": token, "letter": waiting})
    assert printed.status_code == 302
    batch = re.search(r"afgedrukt=([\w-]+)", printed.location)
    assert batch
    return [
        Left("letter", "resident", where, canaries.plain(story.client.get(where).data))
        for where in (f"/onthaal/post/{batch[1]}.pdf", f"/onthaal/post/{batch[1]}")
    ]


def _in_calendars(story: Story) -> list[Left]:
    """What a calendar outside reads of the work of two people."""
    found = []
    for who in ("joris_maes", "sofie_wouters"):
        token = story.be(who)
        made = story.client.post("/account/agenda", data={"_csrf": token}).text
        link = re.search(r"/agenda/[\w-]+\.ics", made)
        assert link
        found.append(Left("calendar", who, "/agenda", story.client.get(link[0]).text))
    return found


def _everybody_looks(story: Story) -> None:
    """Every page without a name of its own, and every page of the cases, by people who have nothing to do with it."""
    app = story.client.application
    known = {"case_id": [story.case(number) for number in story.numbers], "number": story.numbers}
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = []
    for rule in rules:
        if not rule.arguments:
            paths.append(rule.rule)
        elif len(rule.arguments) == 1 and (name := next(iter(rule.arguments))) in known:
            paths += [re.sub(r"<[^>]+>", value, rule.rule) for value in known[name]]
    for who in (*STRANGERS, "nobody"):
        story.be(who)
        mine = paths if who in EVERYWHERE else [path for path in paths if path.startswith(ABOUT_CASES)]
        for path in sorted(mine):
            if path not in ("/afmelden",):
                story.client.get(path)
        for query in ("van=team&toon=all", "van=points&toon=all", "van=group&toon=all"):
            story.client.get(f"/werk?{query}")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_that_was_told_stands_where_nobody_may_read_it(
    app: Flask,
    story: Story,
    records: Records,
    valkey_server_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    receiver: Listener,
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with clock.stopped_at(MONDAY):
        telling.card(story)
        telling.intake(story)
        telling.volunteer(story)
        handling.found(story)
        handling.worked_on(story)
        handling.resident(story)
    _time_passes(story, valkey_server_url)
    with clock.stopped_at(local("2027-01-04 10:00")):
        posted, calendars = _on_paper(story), _in_calendars(story)
        story.wire.who = ""
        _everybody_looks(story)
    planted = story.planted
    assert len(planted.markers) >= 60
    assert {marker.klass for marker in planted.markers.values()} == {1, 2, 3}
    assert {
        marker.where
        for item in story.wire.of("page", who=["joris_maes"])
        for marker in planted.in_text(item.text, 3)
    }
    redis = canaries.hints(valkey_server_url)
    assert redis
    with app.app_context():
        kept, disk = canaries.rows(), canaries.database_files()
    _assert_nowhere(planted, story, records, redis)
    _assert_outside(planted, posted, calendars, canaries.received(receiver.heard))
    _assert_sealed(planted, kept, [*disk, *canaries.files(temporary)])
    assert [item.where for item in story.wire.of("page") if item.where.endswith(" 500")] == [
        "POST /kapot 500"
    ]


def _assert_nowhere(planted: Planted, story: Story, records: Records, redis: list[Left]) -> None:
    everywhere = [*story.wire.of("url", "headers"), *records.left, *redis]
    assert records.left
    assert leaks(planted, everywhere, least=1) == []
    assert leaks(planted, story.wire.of("title"), least=2) == []
    assert (
        leaks(planted, story.wire.of("page", who=[*STRANGERS, "nobody"]), least=2, but=_of_marleen(planted))
        == []
    )
    assert leaks(planted, story.wire.of("page", who=NO_NAMES), least=1, but=_addressees(planted)) == []


def _assert_outside(planted: Planted, posted: list[Left], calendars: list[Left], hooks: list[Left]) -> None:
    """A letter knows its addressee and nothing else; other systems and calendars nobody."""
    envelope = [marker.text for marker in planted.markers.values() if marker.where in ENVELOPE]
    assert leaks(planted, posted, least=1, but=envelope) == []
    for item in posted:
        assert {"intake:straat", "intake:gemeente"} <= {found.where for found in planted.in_text(item.text)}
    assert len(hooks) > 3
    assert {event for event in EVENTS if any(event in item.text for item in hooks)} >= {RECEIVED, CHANGED}
    assert all("BEGIN:VEVENT" in item.text for item in calendars)
    assert leaks(planted, [*hooks, *calendars], least=1) == []


def _of_marleen(planted: Planted) -> list[str]:
    """She follows the volunteers up."""
    return [marker.text for marker in planted.markers.values() if marker.where.startswith(("vol", "vrijw"))]


def _addressees(planted: Planted) -> list[str]:
    """The addresses that mail goes to: they stand with the mail that was caught."""
    return [marker.text for marker in planted.markers.values() if "@" in marker.text]


def _assert_sealed(planted: Planted, kept: list[Left], disk: list[Left]) -> None:
    mail = [item for item in kept if item.where == "caught_mail"]
    assert len(mail) > 3
    assert leaks(planted, mail, least=1, but=_addressees(planted)) == []
    rest = [item for item in kept if item.where != "caught_mail"]
    # which language somebody speaks stands in the open with their record: lists choose by it
    open_ = [marker.text for marker in planted.markers.values() if marker.where.endswith("persoon.taal")]
    assert leaks(planted, rest, least=1, but=open_) == []
    assert leaks(planted, disk, least=1, but=[*open_, *_addressees(planted)]) == []
