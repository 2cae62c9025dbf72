"""Do ids, numbers, instants, the clock and stored JSON keep their word?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.engine.model.cases import Attempt, Why
from app.storage import clock, counters, ids, json_codec
from app.storage.database import transaction
from app.storage.models import Heartbeat
from app.storage.models.base import Utc
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

# Ids ---------------------------------------------------------------------------------------------------------------


def test_ids_rise_and_never_repeat() -> None:
    drawn = [ids.new_id() for _ in range(5000)]
    assert drawn == sorted(set(drawn))
    assert drawn[-1] < 1 << 63


@given(st.integers(0, (1 << 63) - 1), st.integers(0, (1 << 63) - 1))
def test_an_id_as_text_is_the_same_id_and_sorts_the_same(one: int, other: int) -> None:
    assert ids.from_text(ids.to_text(one)) == one
    assert (ids.to_text(one) < ids.to_text(other)) == (one < other)


@pytest.mark.parametrize(
    "text", ["", "1", "0" * 14, "z" * 13, "ILOU" + "0" * 9, "0" * 12 + "é", "' or 1=1 --x"]
)
def test_text_that_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an id has"):
        ids.from_text(text)


# Numbers -----------------------------------------------------------------------------------------------------------


def test_a_series_counts_from_one_per_year_and_per_municipality(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        assert counters.numbered(tx, "DVK-{year}-{seq}", year=2026) == "DVK-2026-00001"
        assert counters.numbered(tx, "DVK-{year}-{seq}", year=2026) == "DVK-2026-00002"
        assert counters.numbered(tx, "DVK-{year}-{seq}", year=2027) == "DVK-2027-00001"
        assert counters.numbered(tx, "K{seq}", year=2026) == "K00001"
        assert counters.numbered(tx, "K{seq}", year=2027) == "K00002"
    with transaction(NEIGHBOUR) as tx:
        assert counters.numbered(tx, "DVK-{year}-{seq}", year=2026) == "DVK-2026-00001"


def test_a_number_that_was_rolled_back_is_drawn_again(store: Flask) -> None:
    def fails() -> None:
        with transaction(MUNICIPALITY) as tx:
            counters.draw(tx, "x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with transaction(MUNICIPALITY) as tx:
        assert counters.peek(tx, "x") == 0
        assert counters.draw(tx, "x") == 1


# Instants and the clock ----------------------------------------------------------------------------------------------


def test_an_instant_comes_back_aware_and_in_utc(store: Flask) -> None:
    brussels = timezone(timedelta(hours=2))
    with transaction("") as tx:
        tx.execute(sa.insert(Heartbeat), {"name": "x", "at": datetime(2026, 7, 1, 10, tzinfo=brussels)})
        at = tx.scalar(sa.select(Heartbeat.at))
    assert at == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert at.utcoffset() == timedelta()


def test_an_instant_without_a_zone_is_refused() -> None:
    dialect: Any = sa.create_engine("sqlite://").dialect
    with pytest.raises(ValueError, match="time zone"):
        Utc().process_bind_param(datetime(2026, 7, 1, 10), dialect)  # noqa: DTZ001 - that is the point


def test_the_clock_can_be_moved_and_goes_on_ticking() -> None:
    goal = datetime(2026, 11, 9, 8, tzinfo=UTC)
    with clock.shifted(to=goal):
        assert timedelta() <= clock.now() - goal < timedelta(minutes=1)
        with clock.shifted(timedelta(days=1)):
            assert clock.now() - goal >= timedelta(days=1)
    assert abs(clock.now() - clock.real()) < timedelta(minutes=1)


def test_the_clock_can_stand_still_while_leases_go_on() -> None:
    goal = datetime(2026, 11, 9, 8, tzinfo=UTC)
    with clock.stopped_at(goal):
        assert clock.now() == clock.now() == goal
        assert clock.real() != goal


def test_in_production_nobody_moves_the_clock() -> None:
    try:
        clock.configure(shift=timedelta(), movable=False)
        with pytest.raises(clock.ClockFixed), clock.shifted(timedelta(days=1)):
            pass
        with pytest.raises(clock.ClockFixed):
            clock.configure(shift=timedelta(days=1), movable=False)
    finally:
        clock.configure(shift=timedelta(), movable=True)


# JSON ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    at: datetime
    day: date | None
    opens: time
    much: Decimal
    pairs: tuple[tuple[str, str], ...]
    names: frozenset[str]
    inner: dict[str, date]


def test_a_dataclass_comes_back_as_it_was() -> None:
    kept = _Kept(
        datetime(2026, 11, 9, 8, tzinfo=UTC),
        None,
        time(8, 30),
        Decimal("1.50"),
        (("a", "b"),),
        frozenset({"y", "x"}),
        {"limit": date(2026, 11, 24)},
    )
    assert json_codec.from_plain(_Kept, json_codec.loads(json_codec.dumps(kept))) == kept


def test_the_engines_own_traces_come_back() -> None:
    why = Why(
        2, "aanspreekpunt_65plus", "oosthoek", "holder", (("persoon.geboorte", "1941"),), ("a:absent",), "x"
    )
    attempt = Attempt("niet_bereikt", "toegewezen", datetime(2026, 11, 9, 9, tzinfo=UTC), "2026-11-09:am")
    for value in (why, attempt):
        assert json_codec.from_plain(type(value), json_codec.to_plain(value)) == value


def test_a_field_of_a_later_version_is_left_out() -> None:
    assert json_codec.from_plain(Why, {"rule": 1, "invented": 2}) == Why(1)


def test_the_same_value_has_the_same_bytes() -> None:
    assert json_codec.canonical({"b": 1, "a": {"é"}}) == json_codec.canonical({"a": {"é"}, "b": 1})


def test_what_has_no_place_in_a_column_is_refused() -> None:
    with pytest.raises(TypeError):
        json_codec.dumps({"x": object()})
