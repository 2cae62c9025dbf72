"""Does somebody agree to exactly the words that are kept?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.engine import agreed_texts, values
from app.engine import consents as agreed_consents
from app.engine.model.answers import Consent
from app.services.cases import case_page, consents
from app.services.cases.case_view import CasePage
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.intake.submit_form import submit
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
NAMED = "Ik vind het goed dat deze kaart naar Joris Maes gaat en dat die mij belt."
PLAIN = "Ik vind het goed dat deze kaart naar de contactpersoon van je dorp gaat en dat die mij belt."


def _shown(**answers: object) -> consents.Shown:
    version = catalogs.live(MUNICIPALITY).form("doorverwijskaart")
    given = values.read_json(version.form, {name.replace("__", "."): item for name, item in answers.items()})
    with clock.stopped_at(MONDAY):
        return consents.shown(card().actor, version.id, given, audience="referrer")


def _labels(page: CasePage) -> list[str]:
    return [line.label for sub in page.submissions for section in sub.sections for line in section.lines]


def test_a_blank_card_names_nobody_yet() -> None:
    assert _shown().texts["akkoord_contact"] == PLAIN


def test_answers_that_settle_the_route_name_who_will_call() -> None:
    settled = _shown(dringend="ja", buurt="oosthoek", persoon__geboorte=1941)
    assert settled.texts["akkoord_contact"] == NAMED
    assert settled.words["holder.name"] == "Joris Maes"


@pytest.mark.parametrize("left_out", ["dringend", "buurt", "persoon__geboorte"])
def test_while_a_field_that_the_route_reads_is_open_nobody_is_named(left_out: str) -> None:
    answers: dict[str, object] = {"dringend": "ja", "buurt": "oosthoek", "persoon__geboorte": 1941}
    del answers[left_out]
    assert _shown(**answers).texts["akkoord_contact"] == PLAIN


def test_an_urgent_card_names_who_is_on_duty_whatever_else_is_open() -> None:
    assert "holder.name" in _shown(dringend="vandaag").words


def test_the_words_shown_are_the_words_kept_and_the_case_page_shows_them() -> None:
    with clock.stopped_at(MONDAY):
        receipt = submit(replace(card(), shown={"akkoord_contact": NAMED}))
        plain = send_card()
        pages = [case_page.show(holder_of(item.case), item.case) for item in (receipt, plain)]
    assert NAMED in _labels(pages[0])
    assert PLAIN in _labels(pages[1])
    assert not any("{" in label for page in pages for label in _labels(page))


def test_consent_to_somebody_who_will_not_get_it_is_asked_again() -> None:
    other = "Ik vind het goed dat deze kaart naar Nele Lambrecht gaat en dat die mij belt."
    with clock.stopped_at(MONDAY), pytest.raises(Invalid) as problem:
        submit(replace(card(), shown={"akkoord_contact": other}))
    assert [(error.field, error.code) for error in problem.value.errors] == [
        ("akkoord_contact", "consent_changed")
    ]


def test_in_each_row_the_partner_of_that_row_is_named() -> None:
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    points = catalogs.live(MUNICIPALITY).contact_points
    partner = next(point for point in points.values() if point.partner)
    rows = [{"partner": f"partner:{partner.id}:Verzonnen naam", "akkoord": True}, {"akkoord": True}]
    given = values.read_json(version.form, {"doorverwijzen": rows})
    with clock.stopped_at(MONDAY):
        found = consents.shown(actor("hilde_claes"), version.id, given, audience="reception")
    first, second = (found.texts[f"doorverwijzen.{row}.akkoord"] for row in (0, 1))
    assert f" {partner.label} " in first
    assert "Verzonnen" not in first
    assert "deze organisatie" in second
    kept = consents.with_texts(version.form, given, found.texts)
    assert agreed_consents.at(kept.values, "doorverwijzen.0.akkoord") == Consent(True, first)


def test_every_shipped_agreement_reads_well_without_any_word() -> None:
    for version in catalogs.live(MUNICIPALITY).forms.values():
        for field in version.form.fields():
            for item in (field, *field.fields, *field.each):
                if item.type in agreed_texts.AGREED:
                    found = values.coerce(item, ["ja"])
                    assert isinstance(found, Consent)
                    assert not re.search(r"[{}]", found.text)
