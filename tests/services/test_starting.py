"""Does a municipality begin for real, with nothing of the demo in it and everything that is missing said?"""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.cli.demo import fill
from app.definitions.model.staffing_file import StaffingFile, StaffMember
from app.engine.model.people import Holding
from app.services.access import accounts, invitations, sessions, signing_in
from app.services.access.accounts import NewAccount
from app.services.access.signing_in import Browser
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.municipality import municipalities, neighbourhoods, settings, setup, starting
from app.services.municipality.starting import Beginning
from app.services.staff import import_staffing, staff_people, staffing
from app.services.staff.staff_people import PersonForm
from app.storage.database import transaction
from app.storage.repositories import staffing_rows
from tests.support.bound import MUNICIPALITY, bound

SLUG = "proeflede"
PASSWORD = "kalm water stroomt snel"
BEGINNING = Beginning(SLUG, "Proeflede", "Wout Claes", "wout@proeflede.be", PASSWORD)


@pytest.fixture
def begun(store: Flask) -> Flask:
    """A real municipality beside the two of every test, with its administrator."""
    starting.begin(BEGINNING)
    return store


def test_the_first_administrator_signs_in_and_may_set_everything_up(begun: Flask) -> None:
    key = signing_in.first(SLUG, "wout@proeflede.be", Browser()).key
    found = sessions.load(SLUG, key)
    assert found is not None
    assert settings.show(found.actor).kind == municipalities.REAL
    assert catalogs.live(SLUG).forms


def test_a_beginning_that_is_refused_leaves_nothing_behind(store: Flask) -> None:
    for wrong in (
        Beginning("Proef Lede", "Proeflede", "Wout", "wout@proeflede.be", PASSWORD),
        Beginning("zandlede", "Zandlede", "Wout", "wout@proeflede.be", PASSWORD),
        Beginning(SLUG, "", "Wout", "wout@proeflede.be", PASSWORD),
        Beginning(SLUG, "Proeflede", "Wout", "wout@zandlede.example", PASSWORD),
        Beginning(SLUG, "Proeflede", "Wout", "wout@proeflede.be", "kort"),
        Beginning(SLUG, "Proeflede", "Wout", "wout@proeflede.be", "minder mazen meer net"),
    ):
        with pytest.raises(Invalid):
            starting.begin(wrong)
    assert SLUG not in {known.id for known in municipalities.listed()}


def test_a_second_beginning_of_the_same_municipality_is_refused(begun: Flask) -> None:
    with pytest.raises(Conflict):
        starting.begin(BEGINNING)


def test_the_list_says_what_is_missing_and_shrinks(begun: Flask) -> None:
    boss = accounts.operator(SLUG)
    before = {gap.code for gap in starting.missing(boss) if gap.needed}
    assert {
        "places",
        "role_reception",
        "role_head_of_service",
        "controller_ocmw",
        "points_no_holding",
    } <= before
    settings.save_identity(
        boss, "Proeflede", {"controller_ocmw": "OCMW Proeflede", "controller_gemeente": "Gemeente"}
    )
    neighbourhoods.save(boss, {}, ["Dorp"])
    desk = staff_people.add(
        boss, PersonForm("An Peeters", "an@proeflede.be", roles=frozenset({"reception", "contact"}))
    )
    head = staff_people.add(
        boss, PersonForm("Dirk Roels", "dirk@proeflede.be", roles=frozenset({"head_of_service"}))
    )
    for point in catalogs.live(SLUG).contact_points:
        staffing.set_holding(boss, Holding(point, "", desk, owner=head))
    assert {gap.code for gap in starting.missing(boss) if gap.needed} >= {"sign_in_reception", "reply_to"}
    for account in (desk, head):
        invitations.accept(SLUG, invitations.make(boss, account), PASSWORD, Browser())
    settings.save_sender(boss, "", "onthaal@proeflede.be")
    left = {gap.code for gap in starting.missing(boss) if gap.needed}
    assert left <= {"mail_setting"}


def test_an_invitation_opens_once_and_only_the_last_one(begun: Flask) -> None:
    boss = accounts.operator(SLUG)
    account = accounts.by_email(SLUG, "wout@proeflede.be")
    old, new = invitations.make(boss, account), invitations.make(boss, account)
    with pytest.raises(NotFound):
        invitations.open_link(SLUG, old)
    with pytest.raises(NotFound):
        invitations.open_link(MUNICIPALITY, new)
    with pytest.raises(Invalid):
        invitations.accept(SLUG, new, "minder mazen meer net", Browser())
    in_now = invitations.accept(SLUG, new, "vijf andere losse woorden samen", Browser())
    half = sessions.look(SLUG, in_now.key)
    assert half is not None
    assert (half.actor.account, in_now.stage) == (
        account,
        sessions.SET_UP,
    )  # an administrator takes a second step
    with pytest.raises(NotFound):
        invitations.accept(SLUG, new, "vijf andere losse woorden samen", Browser())


# Nothing of the demo -------------------------------------------------------------------------------------------


def test_the_demo_refuses_to_come_into_a_real_municipality(begun: Flask) -> None:
    with pytest.raises(Forbidden):
        fill.people(SLUG)
    with pytest.raises(Forbidden):
        fill.fill(SLUG)
    assert {line.email for line in accounts.list_accounts(accounts.operator(SLUG))} == {"wout@proeflede.be"}


def test_nobody_invented_and_no_password_of_the_demo_gets_into_a_real_municipality(begun: Flask) -> None:
    boss = accounts.operator(SLUG)
    with pytest.raises(Invalid):
        accounts.create(boss, NewAccount("Joris Maes", "joris.maes@zandlede.example", ("contact",)))
    with pytest.raises(Invalid):
        staff_people.add(boss, PersonForm("Joris Maes", "joris.maes@zandlede.example"))
    with pytest.raises(Invalid):
        accounts.set_password(boss, accounts.by_email(SLUG, "wout@proeflede.be"), "minder mazen meer net")
    invented = StaffMember("joris_maes", "Joris Maes", email="joris.maes@zandlede.example")
    with pytest.raises(Invalid):
        import_staffing.import_staffing(boss, StaffingFile("zandlede", {"joris_maes": invented}))


def test_the_demo_is_not_made_beside_a_real_municipality(database_url: str) -> None:
    told: list[str] = []
    with bound(database_url) as app:
        setup.prepare(app, False, municipality=(SLUG, "Proeflede"))
        setup.prepare(app, True, seed=told.append)
        assert [known.id for known in municipalities.listed()] == [SLUG]
        assert told == []


def test_what_kind_a_municipality_is_can_never_be_changed(begun: Flask) -> None:
    for kind in ("demo", "exercise"):

        def change(kind: str = kind) -> None:
            with transaction(SLUG) as tx:
                tx.execute(
                    text("UPDATE municipality SET kind = :kind WHERE id = :id"), {"kind": kind, "id": SLUG}
                )

        with pytest.raises(DBAPIError, match="said once"):
            change()


# Villages ------------------------------------------------------------------------------------------------------


def test_a_village_keeps_its_id_when_its_name_changes_and_stays_while_something_hangs_on_it(
    begun: Flask,
) -> None:
    boss = accounts.operator(SLUG)
    neighbourhoods.save(boss, {}, ["Sint-Huibrechts-Lille", "Boseind"])
    neighbourhoods.save(boss, {"boseind": "Boseind en Broek"}, [])
    world = staffing.world(SLUG)
    assert dict(world.staffing.neighbourhoods) == {
        "sint_huibrechts_lille": "Sint-Huibrechts-Lille",
        "boseind": "Boseind en Broek",
    }
    wout = accounts.by_email(SLUG, "wout@proeflede.be")
    with transaction(SLUG) as tx:
        staffing_rows.put_holding(tx, Holding("onthaal", "boseind", wout))
        accounts.touch(tx)
    with pytest.raises(Conflict, match="neighbourhood_used"):
        neighbourhoods.save(boss, {"boseind": ""}, [])
    with pytest.raises(Invalid):
        neighbourhoods.save(boss, {}, ["boseind EN broek"])
    neighbourhoods.save(boss, {"sint_huibrechts_lille": ""}, [])
    assert set(staffing.world(SLUG).staffing.neighbourhoods) == {"boseind"}


def test_a_host_belongs_to_who_has_it_and_the_rest_to_the_only_real_one(database_url: str) -> None:
    with bound(database_url) as app:
        setup.prepare(app, False, municipality=(SLUG, "Proeflede"))
        setup.make_municipality("proeflede-oefen", "Proeflede", hosts=["oefen.localhost"], kind="exercise")
        assert municipalities.by_host("oefen.localhost") == "proeflede-oefen"
        assert municipalities.by_host("formulieren.proeflede.be") == SLUG
