"""Is the table of who may do what also what happens? Every route and every role, with one's own things, a colleague's
and those of another municipality; and a crawl that tries whatever anybody else could find.

Counts: ``pytest tests/web/test_access_matrix.py -s``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.engine.policy import Act, Actor, Relation, may_ever
from app.factory import create_app
from app.services.cases import relation
from app.services.cases.load_case import desk_of, load
from app.storage import ids
from app.storage.database import db, transaction
from app.storage.models import METADATA
from app.web.acts import act_of
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.databases import Templates
from tests.support.looking_around import NOWHERE, Address, Map, apart, around, send, text_of, told
from tests.support.two_towns import CASES, HOSTS, WHO, Town, found, furnished, prepared, signed_in
from tests.web.conftest import settings_for

pytestmark = pytest.mark.timeout(900)
NOBODY = ""
REFUSED = {"GET": {302}, "POST": {400, 401}, "PATCH": {400, 401}}
"""How somebody who is not signed in is refused; who is signed in gets 403."""


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser."""

    who: str
    actor: Actor
    client: FlaskClient
    csrf: str


@dataclass(slots=True)
class Installation:
    """The application with both towns, everybody's browser, and what each of them can reach."""

    app: Flask
    towns: dict[str, Town]
    visitors: dict[tuple[str, str], Visitor]
    reached: dict[str, dict[str, dict[Address, str]]]

    def site(self, town: str) -> Map:
        """The routes under the town's name."""
        return Map(self.app, HOSTS[town])


@pytest.fixture(scope="module")
def here(database_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Both towns, once per kind of database; nobody here changes what others look at."""
    url = database_templates.copy("two_towns", prepared)
    app = create_app(settings_for(url, tmp_path_factory.mktemp("towns")))
    with app.app_context():
        towns = found()
        for town in towns.values():
            furnished(town)
    visitors = {}
    for name, town in towns.items():
        for who in (NOBODY, *WHO):
            client, csrf = signed_in(app, town, who)
            actor = town.people[who] if who else Actor("", name)
            visitors[name, who] = Visitor(who, actor, client, csrf)
    yield Installation(app, towns, visitors, {})
    with app.app_context():
        db.engine.dispose()
    database_templates.server.drop_database(url)


def _rules(app: Flask) -> Iterator[tuple[Rule, str, Act]]:
    """Every route, a method of it, and its act."""
    for rule in app.url_map.iter_rules():
        act = act_of(app, rule.endpoint)
        assert act is not None, f"{rule.endpoint} names no act"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, act


def _path(rule: Rule, values: Mapping[str, str]) -> str:
    """The address of a route with these values."""

    def put(found: re.Match[str]) -> str:
        kind, _, name = found[1].rpartition(":")
        return "999999" if kind == "int" else values[name]

    return re.sub(r"<([^>]+)>", put, rule.rule)


def test_every_route_refuses_every_role_the_table_does_not_name(here: Installation) -> None:
    """Before anything is looked up: also for things of one's own, and always in the same words."""
    count = 0
    mine = here.towns[MUNICIPALITY]
    for rule, method, act in _rules(here.app):
        path = _path(rule, {name: _value(mine, rule, name) for name in rule.arguments})
        for who in (NOBODY, *WHO):
            visitor = here.visitors[MUNICIPALITY, who]
            if may_ever(visitor.actor, act):
                continue
            answer = visitor.client.open(path, method=method, data={"_csrf": visitor.csrf})
            assert answer.status_code in (REFUSED[method] if not who else {403}), (method, path, who)
            count += 1
    print(f"\nrefused by the table: {count}")  # noqa: T201 - the figure of this test
    assert count > 1000


def test_things_of_another_municipality_answer_like_nothing(here: Installation) -> None:
    """Every route with an id, by every role that may use it at all, with what the neighbour has."""
    count = 0
    theirs = here.towns[NEIGHBOUR]
    for rule, method, act in _rules(here.app):
        foreign = {name: _value(theirs, rule, name) for name in rule.arguments}
        if not _points(foreign):
            continue
        nothing = {name: NOWHERE if value != "x" else value for name, value in foreign.items()}
        there, nowhere = _path(rule, foreign), _path(rule, nothing)
        for who in (NOBODY, *WHO):
            visitor = here.visitors[MUNICIPALITY, who]
            if not may_ever(visitor.actor, act):
                continue
            asked = Address(method, rule.endpoint, there)
            one, other = (send(visitor.client, asked, path, visitor.csrf) for path in (there, nowhere))
            different = apart(told(one, foreign, there), told(other, nothing, nowhere))
            assert not different, (different, method, there, who)
            assert one.status_code in {400, 401, 403, 404, 422}, (method, there, who, one.status_code)
            count += 1
    print(f"\nthings of the neighbour, all like nothing: {count}")  # noqa: T201 - the figure of this test
    assert count > 100


def _value(town: Town, rule: Rule, name: str) -> str:
    """What a route gets for one of its values: a thing of the town where it has one of the kind."""
    if name == "case_id":
        return town.cases["plain"]
    other_kind = (name == "token" and not rule.rule.startswith("/k/")) or (
        name == "link" and "doorverw" not in rule.rule
    )
    return "x" if other_kind else town.things.get(name, "x")


def _points(values: dict[str, str]) -> bool:
    return any(value != "x" for value in values.values())


on_one_kind = pytest.mark.parametrize("database_server", ["sqlite"], indirect=True, scope="session")
"""For what looks at pages only: what they show does not depend on the kind of database."""


def _reached(here: Installation, town: str) -> dict[str, dict[Address, str]]:
    """What everybody in a town can reach, with the pages they saw on the way; looked up once."""
    if town not in here.reached:
        here.reached[town] = {}
        for who in (NOBODY, *WHO):
            client = here.visitors[town, who].client
            seen = around(client, here.site(town))
            here.reached[town][who] = {address: text_of(answer) for address, answer in seen.items()}
    return here.reached[town]


def _relations(here: Installation, actor: Actor, case: str) -> tuple[frozenset[Relation], bool, bool]:
    """What a case is to somebody, whether it is restricted, and whether its consent was withdrawn."""
    with here.app.app_context():
        desk = desk_of(actor.municipality)
        with transaction(actor.municipality, readonly=True) as tx:
            loaded = load(tx, desk, ids.from_text(case))
            near = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
            return near, relation.restricted(loaded.row, loaded.pin), loaded.row["blocked"]


@on_one_kind
def test_a_page_shows_what_a_resident_told_only_to_who_may_read_it_without_a_reason(
    here: Installation,
) -> None:
    """Everything anybody reaches by links, looked through for what any resident of either town told."""
    pages = shown = 0
    for name, town in here.towns.items():
        for who, seen in _reached(here, name).items():
            text = "".join(seen.values())
            pages += len(seen)
            for other in here.towns.values():
                for kind in CASES:
                    if other.marker(kind) not in text:
                        continue
                    near, restricted, blocked = _relations(here, town.people[who], town.cases[kind])
                    act = Act.CASE_READ_RESTRICTED if restricted else Act.CASE_READ
                    assert other is town, (who, kind)
                    assert relation.allowed(town.people[who], act, near), (who, kind)
                    assert not blocked, (who, kind)
                    shown += 1
    print(f"\npages and forms reached: {pages}; shown to who may read: {shown}")  # noqa: T201 - the figure of this test
    assert shown >= 4


@on_one_kind
def test_what_anybody_finds_is_nothing_for_the_neighbours(here: Installation) -> None:
    """Every address and form that anybody in one town found, tried by everybody of the other, and nothing written."""
    count = 0
    words = {
        value for seen in _reached(here, MUNICIPALITY).values() for item in seen for _, value in item.values
    }
    site = here.site(NEIGHBOUR)
    theirs = _one_of_each(_reached(here, NEIGHBOUR), words)
    secrets = [here.towns[NEIGHBOUR].marker(kind) for kind in (*CASES, "reason")]
    before = _rows(here, NEIGHBOUR)
    for address in theirs:
        path, elsewhere = address.path.partition("?")[0], site.elsewhere(address)
        nothing = dict(zip((name for name, _ in address.values), elsewhere.split("/"), strict=False))
        for who in (NOBODY, *WHO):
            visitor = here.visitors[MUNICIPALITY, who]
            one = send(visitor.client, address, path, visitor.csrf)
            other = send(visitor.client, address, elsewhere, visitor.csrf)
            different = apart(told(one, dict(address.values), path), told(other, nothing, elsewhere))
            assert not different, (different, address, who)
            assert not [secret for secret in secrets if secret in one.get_data(as_text=True)], (address, who)
            count += 2
    assert _rows(here, NEIGHBOUR) == before
    print(f"\naddresses of the neighbour: {len(theirs)}; tried: {count}")  # noqa: T201 - the figure of this test
    assert len(theirs) > 30


@on_one_kind
def test_a_case_nobody_may_know_of_answers_like_nothing_to_a_colleague(here: Installation) -> None:
    """Every address anybody found of a case, tried by everybody of the same town who may not even know of it."""
    count = 0
    town, site = here.towns[MUNICIPALITY], here.site(MUNICIPALITY)
    of_cases = {case: kind for kind, case in town.cases.items()}
    for address in _one_of_each(_reached(here, MUNICIPALITY), set()):
        case = dict(address.values).get("case_id", "")
        if case not in of_cases:
            continue
        for who in (NOBODY, *WHO):
            visitor = here.visitors[MUNICIPALITY, who]
            near, *_ = _relations(here, visitor.actor, case)
            if any(
                relation.allowed(visitor.actor, act, near)
                for act in (Act.CASE_FIND, Act.CASE_READ_WITH_REASON)
            ):
                continue
            path, elsewhere = address.path.partition("?")[0], site.elsewhere(address)
            one = send(visitor.client, address, path, visitor.csrf)
            other = send(visitor.client, address, elsewhere, visitor.csrf)
            different = apart(
                told(one, {"case_id": case}, path), told(other, {"case_id": NOWHERE}, elsewhere)
            )
            assert not different, (
                different,
                address,
                who,
            )
            count += 1
    print(f"\ntried by colleagues who may not know: {count}")  # noqa: T201 - the figure of this test
    assert count > 50


def _one_of_each(reached: dict[str, dict[Address, str]], known: set[str], most: int = 2) -> list[Address]:
    """Of every route and method a few addresses with an id that is not among ``known``."""
    found: dict[tuple[str, str], set[Address]] = {}
    for seen in reached.values():
        for address in seen:
            kept = found.setdefault((address.method, address.endpoint), set())
            if len(kept) < most and address.values and not {value for _, value in address.values} <= known:
                kept.add(address)
    return sorted(
        (item for kept in found.values() for item in kept), key=lambda item: (item.path, item.method)
    )


def _rows(here: Installation, town: str) -> str:
    """A hash of everything a town has, but for when somebody was seen."""
    digest = hashlib.sha256()
    with here.app.app_context(), transaction(town, readonly=True) as tx:
        for table in METADATA.sorted_tables:
            if table.name == "session" or "municipality" not in table.c:
                continue
            rows = tx.execute(sa.select(table).where(table.c.municipality == town)).all()
            digest.update(repr(sorted(map(repr, rows))).encode())
    return digest.hexdigest()
