"""Is a conversation the ordinary form, with everything at a glance?"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from app.definitions.model.forms import (
    Conversation,
    Field,
    FieldType,
    Form,
    Limits,
    Option,
    OptionList,
    Section,
)
from app.engine.model.answers import FieldError
from app.web.forms.glance import levels_of
from app.web.forms.pages import FormPage, make_page
from app.web.forms.parts import Filling
from app.web.forms.showing import error_sentences

SCORES = OptionList(
    "",
    (
        Option("niet_besproken", "Niet besproken", silent=True, opt_out=True),
        Option("goed", "Gaat goed"),
        Option("zeg_ik_niet", "Wil niet zeggen", opt_out=True),
        Option("beter", "Kan beter"),
        Option("zorgen", "Zorgen"),
        Option("dringend", "Dringend"),
    ),
    ordered=True,
)
ROWS = OptionList("", (Option("wonen", "Wonen"), Option("werk", "Werk"), Option("gezin", "Gezin")))
NOTES = Field("notities", FieldType.LONG_TEXT, "Vrije nota's", 3)
NAME = Field("naam", FieldType.TEXT, "Naam", 1, required=True)
OVERVIEW = Field(
    "vlakken",
    FieldType.MATRIX,
    "Hoe gaat het?",
    2,
    options=SCORES,
    rows=ROWS,
    each=(Field("nota", FieldType.LONG_TEXT, "Wat speelt er?", 2),),
)
AGREED = Field(
    "afspraken",
    FieldType.REPEAT,
    "Wat spreken we af?",
    2,
    required_for="reception",
    limits=Limits(min="1"),
    fields=(
        Field("wat", FieldType.TEXT, "Wat", 2),
        Field("vlak", FieldType.CHOICE, "Vlak", 2, options=ROWS, options_from_rows="vlakken"),
    ),
)
FORM = Form(
    "gesprek",
    "Een gesprek",
    (
        Section("wie", "Wie?", (NAME,)),
        Section("hoe", "Hoe?", (NOTES, OVERVIEW)),
        Section("samen", "Samen", (AGREED,)),
    ),
    conversation=Conversation("notities", "vlakken", "afspraken"),
)
TOLD = {
    "vlakken.wonen": ["zorgen"],
    "vlakken.wonen.nota": ["Een factuur"],
    "vlakken.werk": ["zeg_ik_niet"],
    "vlakken.gezin": ["goed"],
    "afspraken.0": ["1"],
    "afspraken.0.wat": ["Bellen"],
    "afspraken.0.vlak": ["wonen"],
    "afspraken.1": ["1"],
    "afspraken.1.wat": ["Schrijven"],
    "afspraken.1.vlak": ["wonen"],
}


def page(audience: str = "reception") -> FormPage:
    return make_page(FORM, "nl", audience)


def names(markup: str) -> list[str]:
    return sorted(set(re.findall(r' name="([^"]+)"', markup)))


def text_of(markup: str) -> str:
    """What is read of a piece of markup, without what is hidden."""
    shown = re.sub(r"<(\w+)[^>]* hidden[^>]*>.*?</\1>", "", markup)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)).strip()


def row(markup: str, name: str) -> tuple[str, str]:
    """The opening of a folded row and the words that fold it open."""
    found = re.search(
        rf'<details class="matrix-row glance-row" data-glance-row="{name}"([^>]*)><summary>(.*?)</summary>',
        markup,
        re.DOTALL,
    )
    assert found
    return found[1], text_of(found[2])


def test_it_posts_what_the_ordinary_page_posts() -> None:
    blank = Filling()
    assert names(page().render(blank)) == names(page("contact").render(blank))
    assert names(page().render(Filling(raw=TOLD))) == names(page("contact").render(Filling(raw=TOLD)))


def test_only_reception_holds_a_conversation() -> None:
    assert page().is_talk
    assert not page("public").is_talk
    assert "data-glance" not in page("public").render(Filling())


def test_notes_come_first_then_the_overview_then_the_rest_as_written() -> None:
    shown = page().render(Filling())
    places = [shown.index(f'data-field="{name}"') for name in ("notities", "vlakken", "naam", "afspraken")]
    assert places == sorted(places)


def test_what_nobody_talked_about_is_told_from_what_goes_well_and_what_is_not_told() -> None:
    blank = page().render(Filling())
    assert row(blank, "wonen")[1] == "Wonen Niet besproken"
    assert "0 van 3 besproken" in text_of(blank)
    told = page().render(Filling(raw=TOLD))
    assert row(told, "wonen")[1] == "Wonen Zorgen nota 2 afspraken"
    assert row(told, "werk")[1] == "Werk Wil niet zeggen"
    assert row(told, "gezin")[1] == "Gezin Gaat goed"
    assert "2 van 3 besproken · 1 met zorgen of meer · 1 wil niet zeggen · 1 met een afspraak" in text_of(
        told
    )


def test_a_row_opens_by_itself_only_where_something_must_be_mended() -> None:
    errors = error_sentences((FieldError("vlakken.wonen.nota", "too_long"),))
    shown = page().render(Filling(raw=TOLD, errors=errors))
    assert row(shown, "wonen")[0] == " open"
    assert row(shown, "gezin")[0] == ""


def test_what_is_needed_stands_beside_it_without_a_script_too() -> None:
    found = re.findall(r'<li data-needs="(\w+)"><a href="#i-(\w+)">([^<]+)</a>', page().nav)
    assert found == [("naam", "naam", "Naam"), ("afspraken", "afspraken", "Wat spreken we af?")]


def test_the_levels_follow_the_order_and_leave_out_who_will_not_tell() -> None:
    assert levels_of(SCORES) == {
        "niet_besproken": "silent",
        "goed": "good",
        "zeg_ik_niet": "apart",
        "beter": "mild",
        "zorgen": "bad",
        "dringend": "worst",
    }
    assert set(levels_of(replace(SCORES, ordered=False)).values()) == {"silent", "apart", "good"}


def test_the_scripts_learn_where_agreements_name_a_row() -> None:
    told = json.loads(page().island)["conversation"]
    assert (told["overview"], told["agreements"], told["column"]) == ("vlakken", "afspraken", "vlak")
    assert "conversation" not in json.loads(page("public").island)
