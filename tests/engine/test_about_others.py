"""Does a line that is read back say whom it is about, also inside a matrix and a repeat?"""

from __future__ import annotations

from app.definitions.model.forms import THIRD_PERSON
from app.engine import values
from tests.support.compiled import form_from

FORM = form_from("""
  - section: een
    title: Een
    fields:
      - {field: wens, type: text, label: Wat wil je?, privacy: 1}
      - {field: buur, type: text, label: Wie is je buur?, about: third_person, privacy: 1}
      - field: gezin
        type: repeat
        label: Wie woont er?
        about: third_person
        fields: [{field: naam, type: text, label: Naam, privacy: 1}]
      - field: plan
        type: repeat
        label: Plan
        fields:
          - {field: wat, type: text, label: Wat, privacy: 1}
          - {field: met, type: text, label: Met, about: third_person, privacy: 1}
      - field: vlak
        type: matrix
        label: Vlak
        rows: {thuis: Thuis}
        options: {goed: Goed}
        privacy: 1
        each: [{field: wie, type: text, label: Wie, about: third_person}]
""")
ANSWERS = {
    "wens": "Rust",
    "buur": "Rita",
    "gezin": [{"naam": "Jan"}],
    "plan": [{"wat": "Bellen", "met": "Piet"}],
    "vlak.thuis": "goed",
    "vlak.thuis.wie": "Els",
}


def test_what_is_about_somebody_else_says_so_and_what_stands_in_it_too() -> None:
    lines = values.read_back(FORM, values.read_json(FORM, ANSWERS).values)
    about = {line.id: line.about for line in lines}
    others = {"buur", "gezin.0.naam", "plan.0.met", "vlak.thuis.wie"}
    assert about == {
        name: THIRD_PERSON if name in others else ""
        for name in (
            "wens",
            "buur",
            "gezin.0.naam",
            "plan.0.wat",
            "plan.0.met",
            "vlak.thuis",
            "vlak.thuis.wie",
        )
    }
