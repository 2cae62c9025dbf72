from __future__ import annotations

from decimal import Decimal

import pytest

from app.engine.values import Rejected, codec_of, coerce, show
from tests.support.fields import MOMENT, make


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1 234,50", "1234.50"),
        ("€ 1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12,5", "12.5"),
        (",5", "0.5"),
        ("12,-", "12"),
        ("12,50 euro", "12.50"),
        ("EUR 12", "12"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        ("1\u00a0234,5", "1234.5"),
        ("-0", "0"),
    ],
)
def test_amounts_are_read_with_comma_blanks_points_and_euro(typed: str, expected: str) -> None:
    assert coerce(make("decimal", decimals=2), [typed]) == Decimal(expected)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("veel", "number"),
        ("12 34", "number"),
        ("1e5", "number"),
        ("1,2,3", "number"),
        ("١٢", "number"),
        ("nan", "number"),
        ("1,234", "too_many_decimals"),
        ("1234567890123456", "number_too_long"),
    ],
)
def test_what_is_no_amount_says_why(typed: str, code: str) -> None:
    with pytest.raises(Rejected) as problem:
        coerce(make("decimal", decimals=2), [typed])
    assert problem.value.code == code


def test_a_point_before_three_digits_is_asked_about_where_three_decimals_are_usual() -> None:
    with pytest.raises(Rejected, match="number_unclear"):
        coerce(make("decimal", decimals=3), ["1.234"])
    assert coerce(make("decimal", decimals=3), ["1,234"]) == Decimal("1.234")


@pytest.mark.parametrize(("typed", "expected"), [("12", 12), ("1.234", 1234), ("12,0", 12), ("3 km", 3)])
def test_a_whole_number_is_an_int(typed: str, expected: int) -> None:
    found = coerce(make("integer", unit="km"), [typed])
    assert found == expected
    assert isinstance(found, int)


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(Rejected, match="not_whole"):
        coerce(make("integer"), ["12,5"])


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (make("decimal", decimals=2, unit="€"), Decimal("1234.5"), "€ 1 234,50"),
        (make("decimal"), Decimal("1234.5"), "1234,5"),
        (make("decimal", unit="km"), Decimal("0.5"), "0,5 km"),
        (make("integer"), 1975, "1975"),
        (make("integer"), 12345, "12 345"),
        (make("integer", unit="€"), 1975, "€ 1 975"),
        (make("decimal", decimals=2), Decimal("-1234.5"), "-1234,50"),
    ],
)
def test_numbers_are_read_back_the_belgian_way(field: object, value: object, shown: str) -> None:
    assert show(field, value) == shown  # type: ignore[arg-type]


def test_number_limits_name_the_bound() -> None:
    check = codec_of(make("integer", min="1", max="10")).check
    assert check is not None
    assert check(0, MOMENT) == ("too_small", (("min", "1"),))
    assert check(11, MOMENT) == ("too_big", (("max", "10"),))
    assert check(10, MOMENT) is None


def test_a_scale_without_options_is_a_whole_number() -> None:
    assert coerce(make("scale", min="0", max="10"), ["7"]) == 7
