"""Does a sealed value open in its place, and nowhere else?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import engines
from app.storage.database import db, transaction
from app.storage.models import DataKey
from app.storage.sealing import CannotOpen, Keyring, Sealer
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

PLACE = ("submission", 7, "sealed")
SEALER = Sealer("zandlede", {1: b"k" * 32})


def test_what_was_sealed_opens_again() -> None:
    assert SEALER.open(PLACE, SEALER.seal(PLACE, b"eenzaam")) == b"eenzaam"
    assert SEALER.open_json(PLACE, SEALER.seal_json(PLACE, {"é": [1, None]})) == {"é": [1, None]}


def test_the_same_value_never_looks_the_same() -> None:
    assert SEALER.seal(PLACE, b"x") != SEALER.seal(PLACE, b"x")


@pytest.mark.parametrize(
    "place", [("submission", 8, "sealed"), ("draft", 7, "sealed"), ("submission", 7, "referrer")]
)
def test_moved_to_another_place_it_does_not_open(place: tuple[str, int, str]) -> None:
    with pytest.raises(CannotOpen):
        SEALER.open(place, SEALER.seal(PLACE, b"x"))


def test_in_another_municipality_it_does_not_open_even_with_the_same_key() -> None:
    with pytest.raises(CannotOpen):
        Sealer("buurlede", {1: b"k" * 32}).open(PLACE, SEALER.seal(PLACE, b"x"))


@pytest.mark.parametrize("at", [0, 1, 6, 17, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(SEALER.seal(PLACE, b"eenzaam"))
    sealed[at] ^= 1
    with pytest.raises(CannotOpen):
        SEALER.open(PLACE, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01\x00\x00\x00\x01"])
def test_a_torso_is_refused_and_breaks_nothing(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        SEALER.open(PLACE, sealed)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = SEALER.seal(PLACE, b"x")
    rotated = Sealer("zandlede", {1: b"k" * 32, 2: b"n" * 32})
    assert rotated.open(PLACE, old) == b"x"
    assert rotated.seal(PLACE, b"x")[1:5] == b"\x00\x00\x00\x02"
    assert rotated.index("person", "maria") == SEALER.index("person", "maria")


def test_an_index_differs_by_purpose_and_municipality() -> None:
    other = Sealer("buurlede", {1: b"m" * 32})
    assert len({SEALER.index("a", "x"), SEALER.index("b", "x"), other.index("a", "x")}) == 3


def test_each_municipality_has_a_key_of_its_own(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        sealed = tx.sealer.seal(PLACE, b"x")
    with transaction(NEIGHBOUR) as tx, pytest.raises(CannotOpen):
        tx.sealer.open(PLACE, sealed)


def test_a_key_that_was_rolled_back_seals_nothing(store: Flask) -> None:
    """Otherwise what it sealed afterwards could never be opened again."""
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.delete(DataKey).where(DataKey.municipality == MUNICIPALITY))
    engines.store_of(db.engine).keyring.forget(MUNICIPALITY)

    def fails() -> bytes:
        with transaction(MUNICIPALITY) as tx:
            tx.sealer.seal(PLACE, b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with transaction(MUNICIPALITY) as tx:
        sealed = tx.sealer.seal(PLACE, b"x")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.sealer.open(PLACE, sealed) == b"x"
        assert tx.scalar(sa.select(sa.func.count()).select_from(DataKey)) >= 1


def test_with_another_master_key_nothing_opens(store: Flask) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx, pytest.raises(CannotOpen):
        Keyring(b"other" + bytes(27)).sealer(tx)
