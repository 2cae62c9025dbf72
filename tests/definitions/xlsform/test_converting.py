"""Does every row of a spreadsheet form end in the form or in the report?"""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.compiler import compile_sources
from app.definitions.model.source import Source
from app.definitions.xlsform.converting import Converted, convert
from app.texts import say

HEAD = ["type", "name", "label::Nederlands (nl)", "label::English (en)", "required", "relevant", "constraint",
        "constraint_message", "calculation", "appearance", "default", "parameters"]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label"],
    ["jn", "yes", "Ja"],
    ["jn", "no", "Nee"],
    ["Zorgen", "1", "Geld: te weinig"],
]
SETTINGS = [["form_title", "form_id"], ["Mijn vragen", "Mijn-vragen"]]
TO_BE_CHOSEN = {"G440", "P501", "P502", "P503", "P504"}
"""Who may open it, whose it is, why, how long, and what follows: only the author knows."""


def made(*rows: list[str]) -> Converted:
    return convert([HEAD, *rows], CHOICES, SETTINGS)


def text(found: Converted) -> str:
    return found.files[f"formdefs/{found.form}.yaml"]


def codes(found: Converted) -> set[str]:
    sources = [Source(path, written) for path, written in found.files.items()]
    return {problem.code for problem in compile_sources(sources).problems}


def test_a_group_becomes_a_section_with_its_questions() -> None:
    found = made(
        ["begin_group", "wie", "Wie ben je?"],
        ["text", "Naam", "Je naam: voluit", "Your name", "yes"],
        ["integer", "leeftijd", "Leeftijd", "", "", "", ". >= 0 and . <= 120", "Tussen 0 en 120"],
        ["select_one jn", "werk", "Werk je?", "", "", "${leeftijd} >= 18"],
        ["end_group"],
    )
    assert found.notes == ()
    assert codes(found) == TO_BE_CHOSEN
    assert 'label: "Je naam: voluit"' in text(found)
    assert "messages: {too_low: Tussen 0 en 120, too_high: Tussen 0 en 120}" in text(found)
    assert re.search(r'field: werk\n.*\n.*\n.*\n        show_if: "leeftijd >= 18"', text(found))


def test_a_repeat_keeps_its_questions_and_speaks_of_its_own_row() -> None:
    found = made(
        ["begin_repeat", "kind", "Kinderen"],
        ["text", "roepnaam", "Roepnaam"],
        ["integer", "jaar", "Jaar", "", "", "${roepnaam} != ''"],
        ["end_repeat"],
        ["text", "later", "Later", "", "", "${roepnaam} = 'An'"],
    )
    assert "show_if: answered(row.roepnaam)" in text(found)
    assert [note.code for note in found.notes] == ["xls.untold"]
    assert codes(found) == TO_BE_CHOSEN


def test_other_brings_a_question_of_its_own() -> None:
    found = made(["select_multiple Zorgen or_other", "zorgen", "Zorgen?"])
    assert "show_if: andere in zorgen" in text(found)
    assert codes(found) == TO_BE_CHOSEN


def test_a_limit_that_no_field_has_becomes_a_rule() -> None:
    found = made(["text", "tel", "Telefoon", "", "", "", "string-length(.) > 5 or . = ''", "Te kort"])
    assert 'rule: "not answered(tel) or (length(tel) > 5 or not answered(tel))"' in text(found)
    assert "message: Te kort" in text(found)
    assert codes(found) == TO_BE_CHOSEN


def test_the_report_says_the_row_and_what_was_left_out() -> None:
    found = made(
        ["geopoint", "plaats", "Waar?"],
        ["text", "naam", "Naam", "", "", "pulldata('a', 'b') = 1"],
        ["begin_repeat", "een", "Een"],
        ["begin_repeat", "twee", "Twee"],
        ["text", "diep", "Diep"],
        ["end_repeat"],
        ["end_repeat"],
    )
    assert [(note.row, note.code) for note in found.notes] == [
        (2, "xls.type"), (3, "xls.untold"), (5, "xls.nested_rows"), (6, "xls.inside"), (7, "xls.inside"),
    ]  # fmt: skip
    for note in found.notes:
        assert say(f"xlsform.{note.code}", **dict(note.params))


def test_what_the_device_fills_in_is_left_out_in_silence() -> None:
    found = made(["start", "start"], ["deviceid", "deviceid"], ["text", "naam", "Naam"])
    assert found.notes == ()
    assert "deviceid" not in text(found)


CELL = st.sampled_from(
    [
        *(
            "",
            "text",
            "integer",
            "select_one jn",
            "select_multiple Zorgen or_other",
            "note",
            "date",
            "calculate",
        ),
        *("begin_group", "end_group", "begin_repeat", "end_repeat", "image", "naam", "Naam", "veld-1"),
        *("${naam} = 'x'", ". > 3", "yes", "a: b", "{x}", "# niets", "'s avonds", "True", "row", "if"),
    ]
)


@settings(max_examples=300)
@given(st.lists(st.lists(CELL, min_size=1, max_size=len(HEAD)), max_size=12))
def test_whatever_the_sheet_holds_the_form_can_be_read(rows: list[list[str]]) -> None:
    found = convert([HEAD, *rows], CHOICES, SETTINGS)
    broken = {code for code in codes(found) if code.startswith("Y") and code not in ("Y040", "Y042")}
    assert broken == set(), text(found)
