"""More than sixty markers are planted in three forms and in what follows; then everything that left the process is
searched for them. Nothing of class 2 or 3 stands outside the pages of those who may read it.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from redis import Redis

from app.engine.policy import Act
from app.jobs import relay
from app.services.follow_up import digest, sweep
from app.services.people import resident_codes
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import case_rows
from app.web.acts import act
from tests.machines.town import let_leases_run_out
from tests.support import canaries
from tests.support.bound import MUNICIPALITY
from tests.support.canaries import Left, Planted, Raw, Records, Wire, leaks
from tests.support.town import actor, local, settle
from tests.web import telling
from tests.web.conftest import SignIn, token_of
from tests.web.telling import NATIONAL, Story

MONDAY = local("2026-11-09 09:40")
READERS = frozenset({"hilde_claes", "joris_maes", "sofie_wouters", "resident", "sender"})
"""Who wrote it or works on it here; of the others each gets every page there is."""
STRANGERS = ("tom_aerts", "pieter_bogaert", "marleen_baert", "karin_thijs", "ilse_verbeke")
EVERYWHERE = ("tom_aerts", "karin_thijs", "nobody")
"""Those who get every page that there is; the others those about cases."""
ABOUT_CASES = ("/werk", "/dossiers", "/overzicht", "/cijfers", "/onthaal", "/mijn", "/bewaren", "/privacy")
NO_NAMES = ("tom_aerts", "pieter_bogaert", "nobody")
"""Those who are no staff of cases: not even a name."""


@pytest.fixture
def story(app: Flask, client: FlaskClient, sign_in: SignIn) -> Story:
    """Nothing has happened yet."""
    app.add_url_rule("/kapot", "kapot", act(Act.PAGE_PUBLIC)(_broken), methods=["POST"])
    return Story(client, Wire().on(app), sign_in=sign_in)


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


def _found(story: Story) -> None:
    """Reception looks for somebody by name, by number and by national number."""
    token = story.be("hilde_claes")
    name = next(item.text for item in story.planted.markers.values() if item.where == "card:naam")
    story.client.post("/onthaal/zoeken", data={"_csrf": token, "name": name, "q": name, "zoek": name})
    story.client.post(
        "/onthaal/zoeken/rijksregister", data={"_csrf": token, "number": NATIONAL, "rrn": NATIONAL}
    )


def _worked_on(story: Story) -> None:
    """The contact person walks the card to its end, with errors on the way."""
    token = story.be("joris_maes")
    put = story.planted.put
    path = f"/dossiers/{story.case(story.numbers[0])}"

    def post(where: str, raw: Raw, *status: int) -> None:
        answer = story.client.post(f"{path}/{where}", data={"_csrf": token, **raw})
        assert answer.status_code in (status or (302,)), (where, answer.status_code)

    def press(action: str, raw: Mapping[str, str], *status: int) -> None:
        page = story.client.get(f"{path}/doe/{action}").text
        post(f"doe/{action}", {**story.hidden(page), **raw, "_do": "submit"}, *status)

    post("notitie", {"text": put("note", 3)})
    post("notitie", {"text": put("note too long", 3) * 400}, 422, 302)
    post("taak", {"what": put("own task", 2), "to": "", "due_on": "2026-11-20"})
    post("taak", {"what": put("own task of yesterday", 2), "to": "", "due_on": "2020-11-20"}, 422)
    colleague = _account(story, "sofie_wouters")
    post("delen", {"to": colleague, "basis": "casusoverleg", "reason": put("share", 2), "until": ""})
    post("delen", {"to": colleague, "basis": "", "reason": put("share without ground", 2)}, 422)
    post("nooit", {"account": _account(story, "an_goethals"), "reason": put("never", 3)})
    post(
        "overdragen",
        {"to": "niemand", "reason": put("hand over to nobody", 2), "version": "1"},
        422,
        404,
        409,
    )
    post("overdragen", {"to": colleague, "reason": put("hand over of an old page", 2), "version": "0"}, 409)
    paper = put("paper:name", 2), put("paper:content", 3)
    post("papieren", {"file": (BytesIO(f"%PDF-1.4\n{paper[1]}\n%%EOF\n".encode()), f"{paper[0]}.pdf")})  # type: ignore[dict-item]
    large = put("large paper", 3).encode() * 40_000
    post("papieren", {"file": (BytesIO(b"%PDF-1.4\n" + large), "groot.pdf")}, 302, 413, 422)  # type: ignore[dict-item]
    press("niet_bereikt", {"kanaal": "bellen", "resultaat": "geen_antwoord", "nota": put("attempt", 2)})
    press("bereikt", {"wijze": "vliegtuig", "nota": put("report refused", 3)}, 422)
    stale = {
        "wijze": "bellen",
        "privacy_info": "mondeling",
        "nota": put("report of an old page", 3),
        "_version": "1",
    }
    press("bereikt", stale, 409)
    press("bereikt", {"wijze": "bellen", "privacy_info": "mondeling", "nota": put("report", 3)})
    story.client.post("/kapot", data={"_csrf": token, "text": put("broken", 3)})
    story.client.get(f"{path}?doe=opgevolgd")


def _account(story: Story, key: str) -> str:
    with story.client.application.app_context():
        return actor(key).account


def _resident(story: Story) -> None:
    """The resident opens their page, tells more, and takes an agreement back."""
    story.be("resident")
    number = story.numbers[0]
    with story.client.application.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        code = resident_codes.code_of(tx, ids.from_text(_case_in(tx, number)))
    door = story.client.get("/mijn").text
    story.client.post("/mijn", data={"_csrf": token_of(door), "number": number, "code": code})
    page = story.client.get("/mijn/vraag").text
    told = {"_csrf": token_of(page), "_token": token_of(page, "_token")}
    more = story.client.post(
        "/mijn/vraag/toevoegen", data={**told, "text": story.planted.put("resident:more", 2)}
    )
    assert more.status_code in (200, 302)
    story.client.post("/mijn/vraag/terugbellen", data={**told, "when": story.planted.put("resident:when", 2)})
    story.client.post(
        "/mijn/vraag/toevoegen", data={**told, "text": story.planted.put("resident:long", 2) * 300}
    )


def _case_in(tx: object, number: str) -> str:
    return ids.to_text((case_rows.by_number(tx, number) or {})["id"])  # type: ignore[arg-type]


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
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with clock.stopped_at(MONDAY):
        telling.card(story)
        telling.intake(story)
        telling.volunteer(story)
        _found(story)
        _worked_on(story)
        _resident(story)
    _time_passes(story, valkey_server_url)
    with clock.stopped_at(local("2027-01-04 10:00")):
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
    with Redis.from_url(valkey_server_url) as connection:
        redis = [
            Left("redis", "", "dump", str(connection.dump(key)) + str(key)) for key in connection.keys("*")
        ]
        assert redis
    with app.app_context():
        kept, disk = canaries.rows(), canaries.database_files()
    _assert_nowhere(planted, story, records, redis)
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
