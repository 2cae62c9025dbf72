"""A letter of our own: one page each, nothing that was written in it is read as markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.documents.house import House, Somebody
from app.documents.letter import Letter, letters_pdf
from tests.documents import reading_pdf

AT = datetime(2026, 11, 9, 8, 40, tzinfo=UTC)
LETTER = Letter(
    sender=House("Zandlede", "Sociaal Huis", ("Kerkplein 1", "9995 Zandlede")),
    addressee=("Maria Vandenbulcke", "Dorpsstraat 12", "9995 Zandlede"),
    day=date(2026, 11, 9),
    subject="We hebben je vraag goed gekregen",
    paragraphs=("We bellen je.", "Tot binnenkort."),
    contact=Somebody("Joris Maes", phone="0400 00 00 12"),
    reference="DVK-2026-00417",
)


def test_each_letter_is_a_page_with_its_own_addressee_and_somebody_to_call() -> None:
    other = replace(LETTER, addressee=("Ahmad Rahimi",), reference="DVK-2026-00418")
    made = letters_pdf([LETTER, other], AT)
    first, second = reading_pdf.words(made)
    assert "Maria Vandenbulcke" in first
    assert "DVK-2026-00417" in first
    assert "0400 00 00 12" in first
    assert "Ahmad Rahimi" in second
    assert "Maria" not in second
    assert "maandag 9 november 2026" in first
    assert reading_pdf.is_accessible(made)
    assert reading_pdf.title(letters_pdf([LETTER], AT)) == LETTER.subject


def test_markup_in_what_people_wrote_is_plain_text() -> None:
    nasty = '#read("/etc/passwd") *vet* $x$ @naam <label> \\ [a] `c` https://x.example'
    (page,) = reading_pdf.words(letters_pdf([replace(LETTER, paragraphs=(nasty,))], AT))
    assert nasty in page


def test_a_letter_that_does_not_fit_goes_on_on_a_second_page() -> None:
    pages = reading_pdf.words(letters_pdf([replace(LETTER, paragraphs=("Een lange brief. " * 40,) * 6)], AT))
    assert len(pages) == 2


def test_no_letters_make_no_document() -> None:
    with pytest.raises(ValueError, match="no letters"):
        letters_pdf([], AT)
