from __future__ import annotations

import pytest

from app.engine.belgium import national_number, phone
from app.engine.model.answers import Address
from app.engine.values import Rejected, codec_of, coerce, raw_of, show
from tests.support.fields import MOMENT, make


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("0472 12 34 56", "+32472123456", "0472 12 34 56"),
        ("0472/12.34.56", "+32472123456", "0472 12 34 56"),
        ("+32 472 12 34 56", "+32472123456", "0472 12 34 56"),
        ("+32 (0)472 12 34 56", "+32472123456", "0472 12 34 56"),
        ("0032472123456", "+32472123456", "0472 12 34 56"),
        ("051 12 34 56", "+3251123456", "051 12 34 56"),
        ("02/123.45.67", "+3221234567", "02 123 45 67"),
        ("09 123 45 67", "+3291234567", "09 123 45 67"),
        ("0400 00 00 11", "+32400000011", "0400 00 00 11"),
        ("+31 6 12345678", "+31612345678", "+31 612345678"),
        ("00 352 26 12 34", "+35226123 4".replace(" ", ""), "+352 261234"),
    ],
)
def test_phones_are_stored_as_e164_and_shown_nationally(typed: str, stored: str, shown: str) -> None:
    field = make("phone")
    codec = codec_of(field)
    assert coerce(field, [typed]) == stored
    assert show(field, stored) == shown
    assert coerce(field, raw_of(field, stored)) == stored
    assert codec.warn is not None
    assert codec.warn(stored) is None


@pytest.mark.parametrize(
    "typed", ["1712", "112", "0472 12 34", "012345678901234567", "0470 11 22 33 (dochter)", "12"]
)
def test_an_odd_phone_is_kept_and_warned_about_never_refused(typed: str) -> None:
    codec = codec_of(make("phone"))
    stored = codec.coerce([typed])
    assert stored is not None
    assert codec.warn is not None
    assert codec.warn(stored) == ("odd_phone", ())


def test_a_phone_without_any_digit_is_refused() -> None:
    with pytest.raises(Rejected, match="phone"):
        coerce(make("phone"), ["bij de buren"])


@pytest.mark.parametrize(
    "number",
    [
        "85.07.30-033.28",
        "93.05.18-223.61",
        "48.03.07-012.31",
        "00.01.25-567.77",
        "09.12.31-997.24",
        "90.43.15-004.88",
        "90.23.15-004.45",
        "48.03.07-999.14",
        "85.07.30-999.32",
        "09.04.12-999.51",
    ],
)
def test_national_and_bis_numbers_are_read_and_masked(number: str) -> None:
    field = make("national_number")
    digits = number.replace(".", "").replace("-", "")
    for typed in (number, digits, f" {number.replace('-', ' ')} "):
        assert coerce(field, [typed]) == digits
    assert show(field, digits) == f"••.••.••-•••.{digits[-2:]}"
    assert national_number.write(digits) == number


@pytest.mark.parametrize(
    "typed", ["85.07.30-033.29", "8507303328", "85073003328x", "00000000000", "٨٥٠٧٣٠٠٣٣٢٨"]
)
def test_a_wrong_national_number_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="national_number"):
        coerce(make("national_number"), [typed])


def test_an_iban_is_read_with_or_without_blanks_and_shown_in_fours() -> None:
    field = make("iban")
    for typed in ("BE68 5390 0754 7034", "be68539007547034", "IBAN: BE68-5390-0754-7034"):
        assert coerce(field, [typed]) == "BE68539007547034"
    assert show(field, "BE68539007547034") == "BE68 5390 0754 7034"


def test_an_enterprise_number_is_read_as_people_write_it_and_shown_with_dots() -> None:
    field = make("enterprise_number")
    for typed in ("0566.988.259", "BE 0566 988 259", "btw 0566988259", "566.988.259"):
        assert coerce(field, [typed]) == "0566988259"
    assert show(field, "0566988259") == "0566.988.259"


@pytest.mark.parametrize("typed", ["0566.988.258", "0566.988.25", "2566.988.259", "zonder"])
def test_a_wrong_enterprise_number_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="enterprise_number"):
        coerce(make("enterprise_number"), [typed])


@pytest.mark.parametrize("typed", ["BE68 5390 0754 7035", "539007547034", "BE685390075470", "XX00"])
def test_a_wrong_iban_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="iban"):
        coerce(make("iban"), [typed])


@pytest.mark.parametrize(
    ("raw", "expected", "shown"),
    [
        (
            ["Kerkstraat", "12A", "bus 0102", "B-8890", "Moorslede", "", ""],
            Address("Kerkstraat", "12A", "0102", "8890", "Moorslede"),
            "Kerkstraat 12A bus 0102, 8890 Moorslede",
        ),
        (
            ["Kerkstraat", "12/2 bus 3", "", "3910", "Pelt", "", ""],
            Address("Kerkstraat", "12/2", "3", "3910", "Pelt"),
            "Kerkstraat 12/2 bus 3, 3910 Pelt",
        ),
        (["", "", "", "", "", "ja", ""], Address(homeless=True), "geen vast adres"),
        (
            ["", "", "", "", "", "", "Rue Haute 1\n59000 Lille"],
            Address(free="Rue Haute 1\n59000 Lille"),
            "Rue Haute 1, 59000 Lille",
        ),
    ],
)
def test_an_address_is_read_in_parts(raw: list[str], expected: Address, shown: str) -> None:
    field = make("address")
    codec = codec_of(field)
    assert coerce(field, raw) == expected
    assert show(field, expected) == shown
    assert coerce(field, raw_of(field, expected)) == expected
    assert codec.check is not None
    assert codec.check(expected, MOMENT) is None


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address(postcode="889"), "postcode"),
        (Address(postcode="0889"), "postcode"),
        (Address(street="Kerkstraat", number="twaalf"), "house_number"),
        (Address(street="Kerkstraat", number="1", box="?"), "box"),
        (Address(number="12"), "street"),
    ],
)
def test_a_part_that_cannot_be_belgian_is_named(address: Address, code: str) -> None:
    check = codec_of(make("address")).check
    assert check is not None
    assert check(address, MOMENT) == (code, ())


def test_an_empty_address_is_blank() -> None:
    assert coerce(make("address"), [""] * 7) is None
    assert coerce(make("address"), []) is None


def test_what_is_no_number_is_shown_as_it_was_typed() -> None:
    assert phone.show("+0000:") == "+0000:"
