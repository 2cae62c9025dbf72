"""Does the register keep what was known, say what is not, and overwrite nothing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import partner_gaps, partner_sheet, partners
from app.services.people.partner_record import ContactPerson, Partner, Protocol
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.models import Partner as Stored
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

COORDINATOR = Actor("sofie", MUNICIPALITY, roles=frozenset({"coordinator"}))
RECEPTION = Actor("hilde", MUNICIPALITY, roles=frozenset({"reception"}))
TODAY = date(2026, 11, 9)
CAW = Partner(
    key="caw",
    name="CAW Zandlede",
    kind="welzijn",
    email="Onthaal@caw.example",
    phone="0400 00 00 90",
    offer="Praten, wonen, relaties",
    themes=("psychisch",),
    places=("statie",),
    people=(ContactPerson("An Peeters", "onthaal", "0400 00 00 91", "an@caw.example"),),
    review_on=date(2027, 5, 9),
)


@pytest.fixture
def coordinator(town: Flask) -> Actor:
    """Somebody who exists, as the history names who changed what."""
    return Actor(
        staffing.account_id(MUNICIPALITY, "tom_aerts"), MUNICIPALITY, roles=frozenset({"coordinator"})
    )


def test_what_was_saved_is_read_back_whole(coordinator: Actor) -> None:
    key = partners.add(coordinator, CAW)
    found = partners.one(RECEPTION, key)
    kept = replace(found, version=0, updated_at=None, updated_by="")
    assert kept == replace(CAW, email="onthaal@caw.example")
    assert found.updated_by == coordinator.account
    assert staffing.world(MUNICIPALITY).partners == {"caw": "CAW Zandlede"}


def test_people_are_sealed_in_the_database(coordinator: Actor) -> None:
    partners.add(coordinator, CAW)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = str([tuple(row) for row in tx.execute(sa.select(*Stored.__table__.columns))])
    assert "CAW Zandlede" in rows
    assert not [word for word in ("An Peeters", "0400 00 00 91", "an@caw.example") if word in rows]


def test_a_new_partner_gets_a_key_of_its_own(coordinator: Actor) -> None:
    keys = [
        partners.add(coordinator, Partner("", name))
        for name in ("Dienstencentrum 't Hof", "'t Hof", "’t hóf")
    ]
    assert keys == ["dienstencentrum_t_hof", "t_hof", "t_hof_2"]
    assert partners.add(coordinator, Partner("", "3 Wilgen")).startswith("partner_3")


def test_who_was_second_is_told_and_overwrites_nothing(coordinator: Actor) -> None:
    partners.add(coordinator, CAW)
    shown = partners.one(coordinator, "caw")
    partners.save(coordinator, replace(shown, phone="0400 00 00 99"))
    with pytest.raises(Conflict) as told:
        partners.save(coordinator, replace(shown, name="CAW Groot-Zandlede"))
    assert isinstance(told.value.current, Partner)
    assert told.value.current.phone == "0400 00 00 99"
    assert partners.one(coordinator, "caw").name == "CAW Zandlede"


def test_an_archived_partner_keeps_its_page_and_is_offered_to_nobody(coordinator: Actor) -> None:
    partners.add(coordinator, CAW)
    partners.archive(coordinator, "caw", seen=1)
    assert partners.listed(RECEPTION) == []
    assert [item.active for item in partners.listed(RECEPTION, archived=True)] == [False]
    assert staffing.world(MUNICIPALITY).partners == {}
    assert [item.code for item in partner_gaps.stops(partners.one(RECEPTION, "caw"), TODAY)] == ["archived"]


def test_only_some_edit_and_nobody_sees_a_neighbour(coordinator: Actor) -> None:
    partners.add(coordinator, CAW)
    with pytest.raises(Forbidden):
        partners.add(RECEPTION, Partner("", "X"))
    with pytest.raises(Forbidden):
        partners.listed(Actor("p", MUNICIPALITY, roles=frozenset({"partner"})))
    with pytest.raises(NotFound):
        partners.one(replace(RECEPTION, municipality=NEIGHBOUR), "caw")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "geen adres"}, "email"),
        ({"phone": "bel mij"}, "phone"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"protocol": Protocol("P-1", "data:text/html,x")}, "protocol_url"),
        ({"people": (ContactPerson("", phone="0400 00 00 91"),)}, "people.0.name"),
        ({"people": (ContactPerson("An", email="an"),)}, "people.0.email"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_field(
    coordinator: Actor, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        partners.add(coordinator, replace(CAW, **change))  # type: ignore[arg-type]
    assert [error.field for error in told.value.errors] == [field]


@pytest.mark.parametrize(
    ("partner", "codes"),
    [
        (None, ["not_registered"]),
        (Partner("x", "X", email="a@x.example"), []),
        (Partner("x", "X"), ["no_email"]),
        (Partner("x", "X", kind="overheid", email="a@x.example"), ["no_protocol"]),
        (
            Partner("x", "X", kind="overheid", email="a@x.example", protocol=Protocol("1", "https://x.example")),
            [],
        ),
        (
            Partner(
                "x", "X", kind="overheid", email="a@x.example",
                protocol=Protocol("1", "https://x.example", date(2026, 11, 8)),
            ),
            ["protocol_over"],
        ),
    ],
)  # fmt: skip
def test_a_referral_leaves_only_to_who_may_get_it(partner: Partner | None, codes: list[str]) -> None:
    assert [item.code for item in partner_gaps.stops(partner, TODAY)] == codes


def test_what_is_not_known_is_told(coordinator: Actor) -> None:
    world = staffing.world(MUNICIPALITY)
    full = replace(CAW, owner=coordinator.account)
    assert partner_gaps.gaps(full, TODAY, world) == ()
    assert partner_gaps.gaps(full, date(2027, 5, 9), world) == ("review_due",)
    bare = partner_gaps.gaps(Partner("x", "X"), TODAY, world)
    assert {"no_email", "no_phone", "no_people", "no_themes", "no_review", "no_owner"} <= set(bare)


# A list from a spreadsheet -------------------------------------------------------------------------------------------

LIST = """Organisatie;Soort;E-mail;Tel;Thema's;Wijken;Contactpersoon;Oude code
CAW;welzijn;onthaal@caw.example;0400 00 00 90;Hoe je je voelt;Statie;An Peeters (onthaal) 0400/00.00.91;17
Turnkring;Vereniging;;;Vissen;;;18
Foute;Zorg;geen adres;;;;;19
"""


def test_a_list_is_judged_row_by_row(coordinator: Actor) -> None:
    plan = partner_sheet.plan(coordinator, LIST)
    assert plan.rows.columns == ("name", "kind", "email", "phone", "themes", "places", "people", "")
    (caw,) = [row.partner for row in plan.fresh]
    assert (caw.kind, caw.themes, caw.places) == ("welzijn", ("psychisch",), ("statie",))
    assert caw.people == (ContactPerson("An Peeters", "onthaal", "0400/00.00.91"),)
    assert [(item.line, item.code) for item in plan.rows.problems] == [
        (3, "unknown_themes"),
        (4, "partner_email"),
    ]


def test_somebody_may_say_what_a_column_is(coordinator: Actor) -> None:
    text = "Wie,Nummer\nCAW,0400 00 00 90\n"
    assert [item.code for item in partner_sheet.plan(coordinator, text).rows.problems] == ["missing_name"]
    (row,) = partner_sheet.plan(coordinator, text, ("name", "phone")).fresh
    assert (row.partner.name, row.partner.phone) == ("CAW", "0400 00 00 90")


def test_what_is_in_the_register_is_shown_and_stays(coordinator: Actor) -> None:
    partners.add(coordinator, CAW)
    text = "naam;telefoon\ncaw  zandlede;0499 99 99 99\nHuis van het Kind;\n"
    plan = partner_sheet.plan(coordinator, text)
    assert [(row.line, twin.key) for row, twin in plan.known] == [(2, "caw")]
    assert partner_sheet.take_over(coordinator, text) == 1
    assert partners.one(coordinator, "caw").phone == "0400 00 00 90"
    assert partner_sheet.take_over(coordinator, text) == 0


def test_what_was_written_out_is_read_again(coordinator: Actor) -> None:
    risky = replace(CAW, key="risk", name="=1+1", phone="+32 400 00 00 90", email="risk@x.example")
    partners.add_all(coordinator, (CAW, risky))
    text = partner_sheet.written(RECEPTION)
    assert "'=1+1" in text
    plan = partner_sheet.plan(coordinator, text)
    assert not plan.rows.problems
    read = {row.partner.name: replace(row.partner, key=twin.key) for row, twin in plan.known}
    assert read["CAW Zandlede"] == replace(CAW, email="onthaal@caw.example")
    assert read["=1+1"].phone == "+32 400 00 00 90"


def test_only_who_plans_takes_a_list_over(coordinator: Actor) -> None:
    with pytest.raises(Forbidden):
        partner_sheet.plan(RECEPTION, LIST)
