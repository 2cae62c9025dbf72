from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.definitions.model.forms import Form
from app.engine.judge import Given, explain, judge, visible_ids
from app.engine.model.answers import Consent, FieldError, Judgement
from app.engine.values import read_json, read_posted
from tests.support.compiled import form_from, one_section
from tests.support.fields import MOMENT


def judged(form: Form, data: dict[str, Any], **more: Any) -> Judgement:
    return judge(form, read_json(form, data), MOMENT, **more)


def codes(judgement: Judgement) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in judgement.errors]


GELD = """
{field: geldvraag, type: yes_no_unasked, label: Geld, privacy: 1}
{field: bedrag, type: decimal, label: Bedrag, required: true, show_if: geldvraag is ja, privacy: 1, min: 1}
{field: waarom, type: text, label: Waarom, show_if: bedrag > 100, default: zomaar, privacy: 1}
{field: dubbel, type: decimal, label: Dubbel, compute: bedrag * 2, show_if: answered(waarom), privacy: 1}
"""


def test_hidden_means_absent_all_the_way_down() -> None:
    form = one_section(GELD)
    shown = judged(form, {"geldvraag": "ja", "bedrag": "150"})
    assert shown.answers == {
        "geldvraag": "ja",
        "bedrag": Decimal(150),
        "waarom": "zomaar",
        "dubbel": Decimal(300),
    }
    assert shown.visible == {"geldvraag", "bedrag", "waarom", "dubbel"}
    hidden = judged(form, {"geldvraag": "nee", "bedrag": "150", "waarom": "posted by hand", "dubbel": "9"})
    assert hidden.answers == {"geldvraag": "nee"}
    assert hidden.visible == {"geldvraag"}
    assert hidden.ok


def test_the_error_of_a_hidden_field_vanishes_and_of_a_shown_one_stays() -> None:
    form = one_section(GELD)
    assert judged(form, {"geldvraag": "nee", "bedrag": "veel"}).ok
    assert codes(judged(form, {"geldvraag": "ja", "bedrag": "veel"})) == [("bedrag", "number")]


def test_a_text_that_cannot_be_read_is_not_also_missing() -> None:
    assert codes(judged(one_section(GELD), {"geldvraag": "ja", "bedrag": ""})) == [("bedrag", "required")]


def test_fields_may_stand_before_what_they_depend_on() -> None:
    form = one_section(
        """
        {field: eerst, type: text, label: Eerst, show_if: som > 3, privacy: 1}
        {field: som, type: decimal, label: Som, compute: a + b, privacy: 1}
        {field: a, type: integer, label: A, privacy: 1, show_if: tonen is ja}
        {field: b, type: integer, label: B, privacy: 1}
        {field: tonen, type: yes_no, label: Tonen, privacy: 1}
        """
    )
    answers = {"eerst": "x", "a": 2, "b": 2, "tonen": "ja"}
    assert judged(form, answers).answers["eerst"] == "x"
    assert set(judged(form, {**answers, "tonen": "nee"}).answers) == {"b", "tonen"}


def test_a_hidden_section_hides_all_its_fields() -> None:
    form = form_from(
        """
  - section: een
    title: Een
    fields:
      - {field: meer, type: yes_no, label: Meer, privacy: 1}
  - section: twee
    title: Twee
    show_if: meer is ja
    fields:
      - {field: uitleg, type: text, label: Uitleg, required: true, privacy: 1}
"""
    )
    assert judged(form, {"meer": "nee", "uitleg": "weg ermee"}).answers == {"meer": "nee"}
    assert codes(judged(form, {"meer": "ja"})) == [("uitleg", "required")]


def test_a_default_counts_only_once_shown_and_does_not_come_back_over_a_blank() -> None:
    form = one_section("{field: taal, type: text, label: Taal, default: Nederlands, privacy: 1}")
    assert judged(form, {}).answers == {"taal": "Nederlands"}
    assert judge(form, read_posted(form, {"taal": [""]}), MOMENT).answers == {}


def test_not_discussed_is_stored_and_is_a_way_not_to_tell_though_required() -> None:
    form = one_section(
        """
{field: geld, type: yes_no_unasked, label: Geld, required: true, privacy: 1}
{field: meer, type: text, label: Meer, show_if: answered(geld), privacy: 1}
"""
    )
    judgement = judged(form, {"meer": "verborgen"})
    assert judgement.ok
    assert judgement.answers == {"geld": "niet_besproken"}
    assert judged(form, {"geld": "nee", "meer": "te zien"}).answers["meer"] == "te zien"


def test_an_unknown_option_posted_by_hand_is_refused_and_not_kept() -> None:
    form = one_section(
        "{field: kleur, type: choice, label: Kleur, options: {rood: Rood, geel: Geel}, privacy: 1}"
    )
    judgement = judge(form, read_posted(form, {"kleur": ["paars"]}), MOMENT)
    assert codes(judgement) == [("kleur", "unknown_option")]
    assert judgement.answers == {}


def test_an_unknown_name_is_ignored_in_a_post_and_an_error_in_json() -> None:
    form = one_section("{field: kleur, type: text, label: Kleur, privacy: 1}")
    assert judge(form, read_posted(form, {"csrf_token": ["x"]}), MOMENT).ok
    assert codes(judged(form, {"kleuren": "rood"})) == [("kleuren", "unknown_field")]


def test_required_if_and_required_for_ask_only_when_they_hold() -> None:
    form = one_section(
        """
        {field: weg, type: yes_no, label: Weg, privacy: 1}
        {field: reden, type: text, label: Reden, required_if: weg is ja, privacy: 1}
        {field: noot, type: text, label: Noot, required_for: reception, privacy: 1}
        """
    )
    assert judged(form, {"weg": "nee"}).ok
    assert codes(judged(form, {"weg": "ja"}, audience="reception")) == [
        ("reden", "required"),
        ("noot", "required"),
    ]


def test_a_required_consent_must_be_given() -> None:
    form = one_section("{field: akkoord, type: consent, text: Ik vind het goed., required: true, privacy: 1}")
    assert codes(judged(form, {})) == [("akkoord", "required")]
    assert codes(judged(form, {"akkoord": False})) == [("akkoord", "required")]
    given = judged(form, {"akkoord": True})
    assert given.ok
    assert given.answers == {"akkoord": Consent(True, "Ik vind het goed.")}


def test_an_authors_own_message_goes_first() -> None:
    form = one_section(
        "{field: wens, type: text, label: Wens, max_length: 3, messages: {too_long: Hou het kort.}, privacy: 1}"
    )
    (error,) = judged(form, {"wens": "lang"}).errors
    assert explain(error) == "Hou het kort."
    assert explain(error, where=True) == "Wens: Hou het kort."


def test_a_rule_speaks_at_its_field_unless_something_it_reads_is_wrong_already() -> None:
    form = one_section(
        """
        {field: gsm, type: phone, label: Gsm, privacy: 1}
        {field: mail, type: email, label: E-mail, privacy: 1}
        """,
        "rules:\n  - {rule: answered(gsm) or answered(mail), message: Geef minstens één manier., at: gsm}",
    )
    assert judged(form, {}).errors == (
        FieldError("gsm", "rule", (("label", "Gsm"),), "Geef minstens één manier."),
    )
    assert judged(form, {"gsm": "0470 11 22 33"}).ok
    assert codes(judged(form, {"mail": "geen adres"})) == [("mail", "email")]


def test_an_odd_phone_warns_and_does_not_block() -> None:
    form = one_section("{field: gsm, type: phone, label: Gsm, privacy: 1}")
    judgement = judged(form, {"gsm": "0472 12 34"})
    assert judgement.ok
    assert [(warning.field, warning.code) for warning in judgement.warnings] == [("gsm", "odd_phone")]
    assert judged(form, {"gsm": "0400 00 00 01"}).warnings == ()


def test_a_neighbourhood_must_exist_where_live_data_is_given() -> None:
    form = one_section("{field: buurt, type: neighbourhood, label: Buurt, privacy: 1}")
    assert judged(form, {"buurt": "nergens"}).ok
    assert codes(judged(form, {"buurt": "nergens"}, neighbourhoods={"oosthoek"})) == [
        ("buurt", "unknown_option")
    ]
    assert judged(form, {"buurt": "andere_gemeente"}, neighbourhoods={"oosthoek"}).ok


def test_a_field_for_others_is_kept_as_it_stood_and_not_seen() -> None:
    form = one_section(
        """
        {field: rrn, type: text, label: Nummer, only_for: [coordinator], required: true, privacy: 1}
        {field: extra, type: text, label: Extra, show_if: answered(rrn), privacy: 1}
        """
    )
    kept = {"rrn": "oud"}
    outsider = judged(form, {"rrn": "posted by hand", "extra": "x"}, roles=frozenset({"contact"}), kept=kept)
    assert outsider.ok
    assert outsider.answers == {"rrn": "oud", "extra": "x"}
    assert outsider.visible == {"extra"}
    assert judged(form, {"extra": "x"}).answers == {}
    insider = judged(form, {"rrn": "nieuw"}, roles=frozenset({"coordinator"}), kept=kept)
    assert insider.answers == {"rrn": "nieuw"}
    assert "rrn" in insider.visible


def test_shown_never_is_computed_but_not_seen() -> None:
    form = one_section(
        """
        {field: a, type: integer, label: A, privacy: 1}
        {field: b, type: integer, label: B, compute: a + 1, shown: never, privacy: 1}
        """
    )
    judgement = judged(form, {"a": 1})
    assert judgement.answers == {"a": 1, "b": 2}
    assert judgement.visible == {"a"}


def test_errors_come_in_page_order() -> None:
    form = one_section(
        """
        {field: a, type: text, label: A, required: true, privacy: 1}
        {field: b, type: integer, label: B, privacy: 1}
        {field: c, type: text, label: C, required: true, privacy: 1}
        """
    )
    assert [error.field for error in judged(form, {"b": "x"}).errors] == ["a", "b", "c"]


def test_what_is_visible_can_be_asked_without_judging() -> None:
    form = one_section(GELD)
    assert visible_ids(form, {"geldvraag": "ja"}, MOMENT) == {"geldvraag", "bedrag"}


@pytest.mark.parametrize("posted", [{}, {"bedrag": ["\x00"]}, {"geldvraag": ["ja"], "bedrag": ["1" * 9_999]}])
def test_judging_never_fails(posted: dict[str, list[str]]) -> None:
    form = one_section(GELD)
    assert isinstance(judge(form, read_posted(form, posted), MOMENT), Judgement)
    assert isinstance(judge(form, Given({}), MOMENT), Judgement)
