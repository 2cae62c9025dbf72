"""Cards become paper with who is there now: their name, telephone and photo, and never those of who left."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.engine.model.people import Holding
from app.engine.policy import Actor
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.intake import paper_cards, print_cards
from app.services.intake.paper_cards import Printing
from app.services.intake.submit_form import submit
from app.services.staff import photos, staff_points, staffing
from app.storage.database import transaction
from app.storage.models import Photo
from tests.documents import reading_pdf
from tests.support.bound import MUNICIPALITY
from tests.support.pictures import jpeg, png
from tests.support.town import actor, card

pytestmark = pytest.mark.usefixtures("town")
POINT = "aanspreekpunt_65plus"


def _batch(count: int = 2) -> str:
    return paper_cards.reserve(actor("hilde_claes"), Printing("doorverwijskaart", POINT, "oosthoek", count))


def _pages(batch: str) -> list[str]:
    made = print_cards.pdf(actor("hilde_claes"), batch, lambda text: f"https://zandlede.example/k/{text}")
    return [page.replace("\u00a0", " ") for page in reading_pdf.words(made)]


def _numbers(batch: str) -> list[str]:
    return [one.number for one in paper_cards.batch(actor("hilde_claes"), batch)[1]]


def _give_to(name: str) -> None:
    karin = actor("karin_thijs")
    held = next(
        item for item in staffing.world(MUNICIPALITY).staffing.holdings if item.contact_point == POINT
    )
    to = actor(name).account
    others = tuple(account for account in held.substitutes if account != to)
    staff_points.put(karin, Holding(POINT, "", to, others, held.owner))


def test_a_card_shows_who_holds_the_contact_point_now_also_when_it_is_printed_again() -> None:
    batch = _batch()
    front, inside = _pages(batch)[:2]
    assert "Joris Maes" in front
    assert "naar Joris Maes gaat" in inside
    assert _numbers(batch)[0] in inside
    _give_to("nele_lambrecht")
    again = "".join(_pages(batch))
    assert "Nele Lambrecht" in again
    assert "Joris Maes" not in again


def test_a_link_on_a_card_opens_that_card() -> None:
    batch = _batch()
    seen: list[str] = []

    def kept(text: str) -> str:
        seen.append(text)
        return f"https://zandlede.example/k/{text}"

    print_cards.pdf(actor("hilde_claes"), batch, kept)
    found = [paper_cards.by_link(MUNICIPALITY, text) for text in seen]
    assert [one.number for one in found if one] == _numbers(batch)


def test_what_came_in_and_what_is_lost_is_not_printed_again() -> None:
    batch = _batch(3)
    first, second, third = _numbers(batch)
    submit(replace(card(kaartnr=first), actor=actor("hilde_claes"), audience="reception"))
    paper_cards.mark(actor("hilde_claes"), second, "lost")
    pages = _pages(batch)
    assert len(pages) == 2
    assert third in pages[0]
    paper_cards.mark(actor("hilde_claes"), third, "spoilt")
    with pytest.raises(NotFound):
        _pages(batch)


def test_only_what_has_a_card_is_offered_with_who_would_be_on_it() -> None:
    found = print_cards.offered(actor("hilde_claes"))
    assert [ref for ref, _ in found.forms] == ["doorverwijskaart"]
    points = {point.id: point for point in found.points}
    assert points[POINT].names == ("Joris Maes",)
    assert "wachtdienst" not in points
    assert "caw" not in points
    with pytest.raises(Forbidden):
        print_cards.offered(replace(actor("hilde_claes"), roles=frozenset({"policy"})))


# Photos ----------------------------------------------------------------------------------------------------


def test_a_photo_is_ones_own_to_change_or_of_who_looks_after_staff() -> None:
    joris, hilde, karin = actor("joris_maes"), actor("hilde_claes"), actor("karin_thijs")
    photos.save(joris, joris.account, png(200, 200))
    photos.save(karin, hilde.account, jpeg(200, 200, turned=6))
    with pytest.raises(Forbidden):
        photos.save(hilde, joris.account, png(200, 200))
    assert b"image/png" in photos.shown(hilde, joris.account)
    assert b"rotate(90" in photos.shown(joris, hilde.account)
    photos.remove(joris, joris.account)
    with pytest.raises(NotFound):
        photos.shown(hilde, joris.account)
    with pytest.raises(Forbidden):
        photos.shown(Actor("", MUNICIPALITY), hilde.account)


def test_a_photo_stands_sealed_in_the_database_and_drawn_on_the_card() -> None:
    joris = actor("joris_maes")
    picture = png(200, 200)
    photos.save(joris, joris.account, picture)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        (kept,) = [row[0] for row in tx.execute(sa.select(Photo.content))]
    assert picture[16:40] not in kept
    made = print_cards.pdf(actor("hilde_claes"), _batch(1), lambda text: f"https://x.example/k/{text}")
    assert "Foto van Joris Maes" in reading_pdf.alternatives(made)


def test_no_photo_is_shown_of_who_left() -> None:
    karin, karel = actor("karin_thijs"), actor("hilde_claes")
    photos.save(karin, karel.account, png(200, 200))
    world = staffing.world(MUNICIPALITY)
    gone = replace(world.staffing.workers[karel.account], active=False)
    left = replace(
        world, staffing=replace(world.staffing, workers={**world.staffing.workers, karel.account: gone})
    )
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert photos.drawn(tx, world, karel.account)
        assert photos.drawn(tx, left, karel.account) == ""
    holder = replace(
        world.staffing.holdings[0], contact_point="proef", neighbourhood="", holder=karel.account
    )
    held = replace(left, staffing=replace(left.staffing, holdings=(holder,)))
    found = print_cards.on_card(held, "proef", "")
    assert found is None or found.id != karel.account


def test_what_is_no_photo_is_refused_beside_its_input() -> None:
    joris = actor("joris_maes")
    for content, code in ((b"", "photo_missing"), (b"GIF89a", "photo_kind"), (png(20, 20), "photo_size")):
        with pytest.raises(Invalid) as problem:
            photos.save(joris, joris.account, content)
        assert [(error.field, error.code) for error in problem.value.errors] == [("photo", code)]
