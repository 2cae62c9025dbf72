from __future__ import annotations

import pytest

from app.engine.model.answers import Consent, FileRef, PersonRef, Signature
from app.engine.values import Rejected, codec_of, coerce, raw_of, show
from tests.support.fields import MOMENT, make, options


def test_a_choice_takes_only_its_own_options() -> None:
    field = make("choice", options=options("a", "b"))
    assert coerce(field, ["b"]) == "b"
    assert show(field, "b") == "B"
    with pytest.raises(Rejected) as problem:
        coerce(field, ["c"])
    assert problem.value.code == "unknown_option"


def test_a_removed_option_stays_readable() -> None:
    assert show(make("choice", options=options("a")), "vroeger") == "vroeger"


def test_choices_come_once_in_the_order_of_the_list_and_blanks_do_not_count() -> None:
    field = make("choices", options=options("a", "b", "c"))
    assert coerce(field, ["", "c", "a", "c"]) == ("a", "c")
    assert coerce(field, [""]) is None
    assert show(field, ("a", "c")) == "A, C"


def test_one_unknown_choice_refuses_all() -> None:
    with pytest.raises(Rejected, match="unknown_option"):
        coerce(make("choices", options=options("a")), ["a", "z"])


def test_tags_take_own_words_beside_options() -> None:
    field = make("tags", options=options("tuin", "koken"))
    assert coerce(field, ["koken", "smeden, TUIN; smeden, Smeden"]) == ("tuin", "koken", "smeden")


def test_counts_are_limited() -> None:
    check = codec_of(make("choices", options=options("a", "b", "c"), min="2", max="2")).check
    assert check is not None
    assert check(("a",), MOMENT) == ("too_few", (("min", "2"), ("n", "2")))
    assert check(("a", "b", "c"), MOMENT) == ("too_many", (("max", "2"), ("n", "2")))
    assert check(("a", "b"), MOMENT) is None


@pytest.mark.parametrize(
    ("typed", "expected"), [("ja", "ja"), ("Nee", "nee"), ("neen", "nee"), ("true", "ja")]
)
def test_yes_and_no_have_built_in_options(typed: str, expected: str) -> None:
    assert coerce(make("yes_no"), [typed]) == expected


def test_not_discussed_belongs_to_one_type_only() -> None:
    assert coerce(make("yes_no_unasked"), ["niet_besproken"]) == "niet_besproken"
    assert show(make("yes_no_unasked"), "niet_besproken") == "niet besproken"
    with pytest.raises(Rejected):
        coerce(make("yes_no"), ["niet_besproken"])


def test_availability_is_a_grid_of_half_days() -> None:
    field = make("availability")
    assert coerce(field, ["wo.av", "ma.nm", "ma.vm"]) == ("ma.vm", "ma.nm", "wo.av")
    assert show(field, ("ma.vm", "ma.nm", "wo.av")) == "maandag voormiddag, namiddag; woensdag avond"
    with pytest.raises(Rejected, match="unknown_option"):
        coerce(field, ["ma.nacht"])


def test_a_consent_keeps_the_words_it_was_given_to() -> None:
    field = make("consent", text="Ik vind het goed.")
    assert coerce(field, ["ja"]) == Consent(True, "Ik vind het goed.")
    assert coerce(field, ["nee"]) == Consent(False, "Ik vind het goed.")
    assert coerce(field, []) is None
    assert show(field, Consent(True)) == "akkoord"
    assert show(make("read_receipt"), Consent(True)) == "gelezen"


def test_a_signature_may_be_drawn_typed_on_paper_or_spoken() -> None:
    field = make("signature")
    assert coerce(field, ["drawn", "M 1 2 L 3.5 4"]) == Signature("drawn", "M 1 2 L 3.5 4")
    assert coerce(field, ["mondeling", "Nele Lambrecht"]) == Signature("spoken", "Nele Lambrecht")
    assert coerce(field, ["", "An Peeters"]) == Signature("typed", "An Peeters")
    assert coerce(field, ["typed", "  "]) is None
    assert show(field, Signature("paper", "map 3")) == "op papier: map 3"


@pytest.mark.parametrize("drawing", ['M 1 2"/><script>', "M 1 2 url(http)", "M" + " 1" * 40_000])
def test_a_drawing_holds_points_and_nothing_else(drawing: str) -> None:
    with pytest.raises(Rejected, match="drawing"):
        coerce(make("signature"), ["drawn", drawing])


def test_a_person_is_somebody_known_or_a_name() -> None:
    field = make("person", of=("resident", "staff"))
    assert coerce(field, ["staff:joris_maes:Joris Maes"]) == PersonRef("staff", "joris_maes", "Joris Maes")
    assert coerce(field, ["resident"]) == PersonRef("resident", "")
    assert coerce(field, ["Rita van hiernaast"]) == PersonRef("", "", "Rita van hiernaast")
    assert show(field, PersonRef("resident", "")) == "de bewoner"
    with pytest.raises(Rejected, match="person_kind"):
        coerce(field, ["partner:caw"])


def test_several_persons_come_as_a_tuple() -> None:
    field = make("person", of=("staff",), many=True)
    value = coerce(field, ["staff:a", "", "staff:b:Bea", "staff:a"])
    assert value == (PersonRef("staff", "a"), PersonRef("staff", "b", "Bea"))
    assert coerce(field, raw_of(field, value)) == value


def test_a_file_is_judged_by_kind_and_size() -> None:
    field = make("file", accept=("pdf",), max_bytes=1024)
    check = codec_of(field).check
    assert check is not None
    assert coerce(field, ["abc/pdf/12/verslag.pdf"]) == FileRef("abc", "verslag.pdf", "pdf", 12)
    assert check(FileRef("abc", "x.png", "png", 12), MOMENT) == ("file_kind", (("kinds", "pdf"),))
    assert check(FileRef("abc", "x.pdf", "pdf", 2048), MOMENT) == (
        "file_size",
        (("max", "1 kB"), ("size", "2 kB")),
    )
    with pytest.raises(Rejected, match="file_lost"):
        coerce(field, ["C:/fakepath/x"])


def test_a_neighbourhood_is_an_id_that_live_data_knows() -> None:
    assert coerce(make("neighbourhood"), ["oosthoek"]) == "oosthoek"
    assert show(make("neighbourhood"), "geen_vast_adres") == "geen vast adres"
    with pytest.raises(Rejected, match="unknown_option"):
        coerce(make("neighbourhood"), ["Oost hoek"])
