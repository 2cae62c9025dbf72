"""A form as a card on paper: what is on the front, what is asked inside, and what is torn off."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from app.definitions.model.forms import Form
from app.documents.asking import on_paper
from app.documents.card import CardCopy, CardDesign, cards_pdf
from app.documents.house import House, Somebody, picture
from tests.documents import reading_pdf
from tests.support import shipped
from tests.support.pictures import png

AT = datetime(2026, 11, 9, 8, 40, tzinfo=UTC)
PLACES = {"oosthoek": "Oosthoek", "statie": "Statie"}
COPY = CardCopy("DVK-2026-P0417-5", "https://zandlede.example/k/DVK-2026-P0417-5-abcdefgh2345")


@pytest.fixture(scope="module")
def form() -> Form:
    return shipped.catalog().forms["doorverwijskaart"]


def _design(form: Form, **changes: Any) -> CardDesign:
    joris = Somebody("Joris Maes", "Aanspreekpunt 65+", "0400 00 00 12")
    house = House("Zandlede", "Sociaal Huis", phone="0400 00 00 10")
    return replace(CardDesign(house, form, joris, "Oosthoek", PLACES, "10 werkdagen"), **changes)


def test_the_front_has_the_offer_and_who_calls_and_the_inside_what_is_asked(form: Form) -> None:
    made = cards_pdf(_design(form), [COPY], AT)
    front, inside = (text.replace("\u00a0", " ") for text in reading_pdf.words(made))
    assert form.card is not None
    assert form.card.title in front
    themes = form.field(form.card.themes)
    assert themes is not None
    assert themes.options is not None
    for option in themes.options.options:
        assert option.label in inside
        assert option.columns.get("aanbod", "") in front
    for text in (
        "Joris Maes",
        "0400 00 00 12",
        "Aanspreekpunt 65+",
        "Oosthoek",
        "10 werkdagen",
        "112",
        "1813",
    ):
        assert text in front
    for part in on_paper(form, PLACES, {}).parts:
        for asked in part.asked:
            assert asked.label in inside, asked
    assert front.count(COPY.number) == 1
    assert inside.count(COPY.number) == 2


def test_the_strip_asks_both_consents_and_the_signature_and_they_are_not_asked_twice(form: Form) -> None:
    _, inside = reading_pdf.words(cards_pdf(_design(form), [COPY], AT))
    assert inside.count("Ik vind het goed dat deze kaart naar Joris Maes gaat en dat die mij belt.") == 1
    assert inside.count("De doorverwijzer mag weten dát ik geholpen ben (niet waarmee).") == 1
    assert inside.count("Handtekening van de bewoner") == 1
    assert "Bewaar dit deel" in inside
    assert "belt je vóór" in inside


def test_what_only_the_desk_fills_in_stays_off_the_card(form: Form) -> None:
    _, inside = reading_pdf.words(cards_pdf(_design(form), [COPY], AT))
    assert "Wie mag dit niet opvolgen" not in inside
    assert "Scan van de afscheurstrook" not in inside


def test_a_card_can_be_read_aloud_and_its_pictures_have_words(form: Form) -> None:
    photo = picture("png", png(200, 200), 100, 100, fill=True)
    design = _design(form, contact=Somebody("Joris Maes", "Aanspreekpunt 65+", "0400 00 00 12", photo))
    made = cards_pdf(design, [COPY], AT)
    assert reading_pdf.is_accessible(made)
    assert reading_pdf.title(made) == "Doorverwijskaart DVK-2026-P0417-5"
    words = reading_pdf.alternatives(made)
    assert "Foto van Joris Maes" in words
    assert words.count("QR-code van kaart DVK-2026-P0417-5") == 2


def test_without_anybody_the_card_names_the_function_and_the_fixed_number(form: Form) -> None:
    nobody = _design(form, contact=Somebody("", "Aanspreekpunt 65+"), within="")
    front, inside = (text.replace("\u00a0", " ") for text in reading_pdf.words(cards_pdf(nobody, [COPY], AT)))
    assert "0400 00 00 10" in front
    assert "De contactpersoon van je dorp belt je." in front
    assert "naar de contactpersoon van je dorp gaat" in inside


def test_each_copy_is_one_sheet_with_its_own_number(form: Form) -> None:
    other = CardCopy("DVK-2026-P0418-2", COPY.link)
    pages = reading_pdf.words(cards_pdf(_design(form), [COPY, other], AT))
    assert len(pages) == 4
    assert [COPY.number in page for page in pages] == [True, True, False, False]
    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height))
        for page in PdfReader(io.BytesIO(cards_pdf(_design(form), [COPY], AT))).pages
    }
    assert sizes == {(842, 595)}


def test_markup_in_a_name_is_plain_text(form: Form) -> None:
    design = _design(form, contact=Somebody("#evil[x] *M* $1$", "A", "1"))
    front, inside = reading_pdf.words(cards_pdf(design, [COPY], AT))
    assert "#evil[x] *M* $1$" in front
    assert "naar #evil[x] *M* $1$ gaat" in inside


def test_a_form_without_a_card_is_not_printed() -> None:
    with pytest.raises(ValueError, match="nothing to print"):
        cards_pdf(_design(shipped.catalog().forms["brede_intake"]), [COPY], AT)
