from __future__ import annotations

from datetime import date
from typing import Any

from app.definitions.compiler import compile_sources
from app.definitions.model.forms import Form
from app.definitions.model.source import Source
from app.engine.judge import explain, judge
from app.engine.model.answers import Judgement
from app.engine.values import from_json, posted_of, read_back, read_json, read_posted, to_json
from tests.support.compiled import HEAD, form_from, one_section
from tests.support.fields import MOMENT

DOMAINS = """
  - section: gesprek
    title: Gesprek
    fields:
      - field: domeinen
        type: matrix
        label: Domeinen
        rows: {wonen: Wonen, geld: Geld}
        options: {list: score}
        default: niet_besproken
        privacy: 1
        each:
          - {field: nota, type: text, label: Nota, privacy: 1, show_if: row.score >= kan_beter, max_length: 5}
      - field: domein
        type: choice
        label: Welk eerst?
        options: {rows: domeinen}
        privacy: 1
"""
SCORES = """list: score
ordered: true
options:
  - {id: goed, label: Goed}
  - {id: kan_beter, label: Kan beter}
  - {id: zorgen, label: Zorgen}
  - {id: niet_besproken, label: Niet besproken, silent: true}
"""
AGREEMENTS = """
{field: afspraken, type: repeat, label: Afspraken, min: 1, max: 2, privacy: 1, fields: [{field: wat, type: text, label: Wat, required: true, privacy: 1}, {field: tegen, type: date, label: Tegen, min: today, privacy: 1}, {field: klaar, type: yes_no, label: Klaar, privacy: 1}, {field: hoe, type: text, label: Hoe, show_if: row.klaar is ja, privacy: 1}]}
"""  # noqa: E501


def domains() -> Form:
    compiled = compile_sources(
        [Source("formdefs/proef.yaml", HEAD + DOMAINS), Source("formdefs/lists/score.yaml", SCORES)]
    )
    assert compiled.ok, compiled.problems
    return compiled.catalog.forms["proef"]


def judged(form: Form, data: dict[str, Any], **more: Any) -> Judgement:
    return judge(form, read_json(form, data), MOMENT, **more)


def codes(judgement: Judgement) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in judgement.errors]


def test_every_row_of_a_matrix_has_its_score_and_its_own_note() -> None:
    form = domains()
    judgement = judged(form, {"domeinen": {"wonen": {"score": "zorgen", "nota": "huur"}, "geld": "goed"}})
    assert judgement.answers == {
        "domeinen.wonen": "zorgen",
        "domeinen.wonen.nota": "huur",
        "domeinen.geld": "goed",
    }
    assert "domeinen.wonen.nota" in judgement.visible
    assert "domeinen.geld.nota" not in judgement.visible


def test_a_note_of_a_row_that_was_not_discussed_is_dropped() -> None:
    judgement = judged(domains(), {"domeinen.wonen.nota": "veel te lange nota"})
    assert judgement.answers == {"domeinen.wonen": "niet_besproken", "domeinen.geld": "niet_besproken"}
    assert judgement.ok


def test_an_error_in_a_row_names_row_and_child() -> None:
    judgement = judged(domains(), {"domeinen.wonen": "zorgen", "domeinen.wonen.nota": "te lang"})
    assert codes(judgement) == [("domeinen.wonen.nota", "too_long")]
    assert explain(judgement.errors[0], where=True).startswith("Wonen: Nota: ")


def test_a_choice_may_take_its_options_from_the_rows_of_a_matrix() -> None:
    form = domains()
    assert judged(form, {"domein": "geld"}).answers["domein"] == "geld"
    assert codes(judged(form, {"domein": "liefde"})) == [("domein", "unknown_option")]


def test_rows_are_judged_one_by_one_and_errors_name_them() -> None:
    form = one_section(AGREEMENTS)
    judgement = judged(
        form,
        {
            "afspraken": [
                {"wat": "bellen", "tegen": "2026-11-16"},
                {"tegen": "2026-11-01", "klaar": "ja", "hoe": "zo"},
            ]
        },
    )
    assert codes(judgement) == [("afspraken.1.wat", "required"), ("afspraken.1.tegen", "too_early")]
    assert explain(judgement.errors[0], where=True) == "Afspraken, rij 2, Wat: Vul dit nog in."
    assert {"afspraken.1.hoe", "afspraken.0.wat"} <= judgement.visible
    assert "afspraken.0.hoe" not in judgement.visible


def test_a_hidden_cell_of_a_row_is_absent() -> None:
    judgement = judged(
        one_section(AGREEMENTS), {"afspraken": [{"wat": "x", "klaar": "nee", "hoe": "by hand"}]}
    )
    assert judgement.answers == {"afspraken": ({"wat": "x", "klaar": "nee"},)}


def test_empty_rows_go_and_the_others_keep_their_place_on_the_page() -> None:
    form = one_section(AGREEMENTS)
    posted = {
        "afspraken.0.wat": [""],
        "afspraken.0.tegen": [""],
        "afspraken.1.wat": ["bellen"],
        "afspraken.1.tegen": ["morgen"],
        "afspraken.2.wat": [" "],
    }
    judgement = judge(form, read_posted(form, posted), MOMENT)
    assert codes(judgement) == [("afspraken.1.tegen", "date")]
    assert judgement.answers == {"afspraken": ({"wat": "bellen"},)}


def test_rows_are_counted_without_the_empty_ones() -> None:
    form = one_section(AGREEMENTS)
    assert codes(judged(form, {})) == [("afspraken", "too_few")]
    assert codes(judged(form, {"afspraken": [{"wat": ""}]})) == [("afspraken", "too_few")]
    assert codes(judged(form, {"afspraken": [{"wat": str(n)} for n in range(3)]})) == [
        ("afspraken", "too_many")
    ]


def test_a_post_of_a_million_rows_is_not_believed() -> None:
    form = one_section(AGREEMENTS)
    given = read_posted(
        form, {"afspraken.9999.wat": ["x"], "afspraken.0.wat": ["y"], "afspraken.x.wat": ["z"]}
    )
    assert given.values == {"afspraken": ({"wat": "y"},)}


def test_rows_survive_store_and_page() -> None:
    form = one_section(AGREEMENTS)
    answers = judged(form, {"afspraken": [{"wat": "bellen", "tegen": "2026-11-16", "klaar": "nee"}]}).answers
    stored = to_json(form, answers)
    assert stored == {"afspraken": [{"wat": "bellen", "tegen": "2026-11-16", "klaar": "nee"}]}
    assert from_json(form, stored) == answers
    assert read_posted(form, posted_of(form, answers)).values == answers
    assert answers["afspraken"][0]["tegen"] == date(2026, 11, 16)  # type: ignore[index,call-overload]


def test_rows_are_read_back_with_label_and_number() -> None:
    form = one_section(AGREEMENTS)
    answers = judged(form, {"afspraken": [{"wat": "bellen", "tegen": "2026-11-16"}]}).answers
    assert [(line.group, line.row, line.label, line.text) for line in read_back(form, answers)] == [
        ("Afspraken", 1, "Wat", "bellen"),
        ("Afspraken", 1, "Tegen", "16/11/2026"),
    ]


def test_a_whole_matrix_that_is_required_needs_one_answer() -> None:
    form = form_from(
        """
  - section: een
    title: Een
    fields:
      - {field: m, type: matrix, label: M, required: true, rows: {a: A, b: B}, options: {x: X, y: Y}, privacy: 1}
"""
    )
    assert codes(judged(form, {})) == [("m", "required")]
    assert judged(form, {"m.b": "x"}).ok
