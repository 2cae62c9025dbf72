"""What is offered at the cursor, for whole texts and for half-written ones; ``‸`` is the cursor."""

from __future__ import annotations

import pytest

from app.definitions.completion import Completion, complete
from app.definitions.known_names import names_of
from app.definitions.spots import Sort
from tests.definitions.context_files import HERE

ROOT = HERE.parents[1]
SHIPPED = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("formdefs", "workflows")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
}
FORM = "formdefs/proef.yaml"
FLOW = "workflows/proef.yaml"
POINTS = "workflows/contact_points.yaml"
LIST = "formdefs/lists/proef.yaml"
BLOCK = "formdefs/blocks/proef.yaml"

FIELDS = """form: proef
title: Proef
workflow: warme_doorverwijzing
sections:
  - section: een
    title: Een
    fields:
      - {field: kleur, type: choice, options: {rood: Rood, blauw: Blauw}, label: Kleur, privacy: 0}
      - {field: zorgen, type: choices, options: {list: zorgen}, label: Zorgen, privacy: 1}
      - use: persoon
      - field: domeinen
        type: matrix
        rows: {list: levensdomeinen}
        options: {list: domeinscore}
        label: Domeinen
        each:
          - {field: nota, type: text, label: Nota, show_if: ‸row}
      - field: afspraken
        type: repeat
        label: Afspraken
        fields:
          - {field: wat, type: text, label: Wat}
          - {field: wie, type: person, label: Wie}
"""
STATES = """workflow: proef
title: Proef
forms: [brede_intake]
start: begin
messages:
  dank: {to: referrer, text: Dank je}
states:
  begin:
    label: Begin
    actions:
      klaar: {label: Klaar, marks: gesproken, to: einde}
  einde: {label: Einde, end: true}
"""


def at_cursor(written: str, path: str = FORM) -> Completion:
    """Complete where the cursor stands."""
    before = written[: written.index("‸")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    text = written.replace("‸", "", 1)
    return complete(text, line, column, path=path, names=names_of({**SHIPPED, path: text}))


def words(written: str, path: str = FORM) -> list[str]:
    """The words that are offered."""
    return [found.word for found in at_cursor(written, path).suggestions]


def in_fields(lines: str) -> str:
    """A form whose second section has these fields."""
    return f"{FIELDS.replace('‸', '')}  - section: twee\n    title: Twee\n    fields:\n{lines}"


def in_flow(lines: str) -> str:
    """A workflow that goes on like this."""
    return STATES + lines


OFFERED = [
    # keys
    ("an empty form", FORM, "‸", ["form"]),
    ("an empty file elsewhere", "x.yaml", "‸", ["form", "workflow", "block", "list", "contact_points"]),
    ("a key of a form", FORM, "form: a\n‸", ["title", "sections", "audience"]),
    ("a begun key", FORM, "form: a\nti‸", ["title"]),
    ("between keys", FORM, "form: a\n‸\ntitle: T\n", ["sections", "workflow"]),
    ("a section", FORM, "form: a\nsections:\n  - ‸", ["section", "title", "fields"]),
    ("a section, further", FORM, "form: a\nsections:\n  - section: x\n    ‸", ["title", "fields", "show_if"]),
    ("a list without its dash", FORM, "form: a\nsections:\n  ‸", ["section"]),
    ("a field", FORM, in_fields("      - ‸"), ["field", "use"]),
    ("a field, further", FORM, in_fields("      - field: a\n        ‸"), ["label", "type", "privacy", "why"]),
    ("a field between braces", FORM, in_fields("      - {field: a, ‸"), ["label", "type", "privacy"]),
    ("braces that are closed", FORM, in_fields("      - {field: a, type: text, ‸}"), ["label", "max_length"]),
    ("a block that is used", FORM, in_fields("      - use: persoon\n        ‸"), ["as", "fields", "change"]),
    ("a state", FLOW, in_flow("  nieuw:\n    ‸"), ["label", "task", "deadline", "actions"]),
    ("an action", FLOW, in_flow("  nieuw:\n    actions:\n      doe:\n        ‸"), ["label", "to", "form"]),
    ("a route rule", FLOW, in_flow("route:\n  - {‸"), ["if", "to", "otherwise"]),
    ("an option of a list", LIST, "list: x\noptions:\n  - {id: a, ‸", ["label", "opt_out"]),
    ("a column of a list", LIST, "list: x\ncolumns: {domain: text}\noptions:\n  - {id: a, ‸", ["domain"]),
    ("a contact point", POINTS, "contact_points:\n  een: {‸", ["label", "per", "owner"]),
    ("a field of a block", BLOCK, "block: x\nfields:\n  - field: a\n    ‸", ["type", "label"]),
    ("what changes in a block", FORM, in_fields("      - use: persoon\n        change:\n          ‸"), ["voornaam"]),
    ("own messages", FORM, in_fields("      - {field: a, type: text, messages: {‸"), ["required", "pattern"]),
    ("answers", FORM, FIELDS.replace("‸", "") + "examples:\n  - answers: {‸", ["kleur", "persoon.geboorte"]),
    ("expectations", FORM, FIELDS.replace("‸", "") + "examples:\n  - expect: {‸", ["contact_point", "states"]),
    # values
    ("a type", FORM, in_fields("      - {field: a, type: ‸"), ["text", "choice", "matrix"]),
    ("a begun type", FORM, in_fields("      - field: a\n        type: ch‸"), ["choice", "choices"]),
    ("a privacy class", FORM, in_fields("      - {field: a, privacy: ‸"), ["0", "1", "2", "3"]),
    ("a flag", FORM, in_fields("      - field: a\n        required: ‸"), ["true", "false"]),
    ("a list", FORM, in_fields("      - {field: a, type: choice, options: {list: ‸"), ["zorgen", "rechten"]),
    ("some of a list", FORM, in_fields("      - {field: a, options: {list: zorgen, only: [‸"), ["wonen", "geld"]),
    ("rows of a matrix", FORM, in_fields("      - {field: a, options: {rows: ‸"), ["domeinen"]),
    ("a block", FORM, in_fields("      - use: ‸"), ["persoon", "contact"]),
    ("fields of a block", FORM, in_fields("      - {use: persoon, fields: [voornaam, ‸"), ["naam", "geboorte"]),
    ("a workflow", FORM, "form: a\nworkflow: ‸", ["brede_intake", "warme_doorverwijzing"]),
    ("who may open it", FORM, "form: a\naudience: [public, ‸]", ["referrer", "reception"]),
    ("a list item", FORM, "form: a\naudience:\n  - ‸", ["referrer", "reception"]),
    ("a place of a rule", FORM, FIELDS.replace("‸", "") + "rules:\n  - {at: ‸", ["kleur", "persoon.naam"]),
    ("the answer to a choice", FORM, FIELDS.replace("‸", "") + "examples:\n  - answers: {kleur: ‸", ["rood"]),
    ("an expected contact point", FORM, "form: a\nexamples:\n  - expect: {contact_point: ‸", ["onthaal"]),
    ("the first state", FLOW, STATES.replace("start: begin", "start: ‸"), ["begin", "einde"]),
    ("the next state", FLOW, STATES.replace("to: einde", "to: ‸"), ["begin", "einde"]),
    ("a case form", FLOW, "workflow: a\nforms: [‸", ["brede_intake"]),
    ("an action form", FLOW, in_flow("anywhere:\n  doe: {form: ‸"), ["contactverslag"]),
    ("where a route ends", FLOW, in_flow("route:\n  - {if: x, to: ‸"), ["onthaal", "woonloket"]),
    ("a route of rows", FLOW, in_flow("route:\n  - {match: worst(domeinen), to: ‸"), ["row.contact_point"]),
    ("who hears of it", FLOW, in_flow("receipt: {to: ‸"), ["referrer", "resident"]),
    ("a message", FLOW, in_flow("receipt: {to: referrer, message: ‸"), ["dank"]),
    ("until a mark", FLOW, in_flow("limits:\n  - {limit: a, until: ‸"), ["gesproken"]),
    ("who escalates", FLOW, in_flow("  nieuw:\n    escalate:\n      - {to: ‸"), ["substitute", "owner"]),
    ("stay", FLOW, in_flow("  nieuw:\n    auto:\n      - otherwise: ‸"), ["stay", "einde"]),
    ("an owner", POINTS, "contact_points:\n  een: {label: Een}\n  twee: {owner: ‸", ["een", "twee"]),
    # terms
    ("a deadline", FLOW, in_flow("  nieuw:\n    deadline: ‸"), ["same day", "none", "3 working days"]),
    ("its unit", FLOW, in_flow("  nieuw:\n    deadline: 3 ‸"), ["working days", "weeks"]),
    ("what it counts from", FLOW, in_flow("  nieuw:\n    deadline: 3 working days from ‸"), ["received", "gesproken"]),
    ("a reminder", FLOW, in_flow("  nieuw:\n    remind: [‸"), ["on the day"]),
    # conditions
    ("a condition", FORM, in_fields("      - {field: a, show_if: ‸"), ["kleur", "zorgen", "answered", "not"]),
    ("beside a choice", FORM, in_fields("      - {field: a, show_if: kleur is ‸"), ["rood", "blauw"]),
    ("beside a begun choice", FORM, in_fields("      - {field: a, show_if: kleur is not r‸"), ["rood"]),
    ("one of", FORM, in_fields('      - field: a\n        show_if: "kleur in [rood, ‸'), ["blauw"]),
    ("in which list", FORM, in_fields("      - {field: a, show_if: wonen in ‸"), ["zorgen"]),
    ("after a field", FORM, in_fields("      - {field: a, show_if: kleur ‸"), ["is", "is not", "and"]),
    ("after and", FORM, in_fields("      - {field: a, show_if: kleur is rood and ‸"), ["zorgen", "answered"]),
    ("in a function", FORM, in_fields("      - {field: a, show_if: answered(‸"), ["kleur", "persoon.naam"]),
    ("a dotted name", FORM, in_fields("      - {field: a, show_if: persoon.‸"), ["persoon.geboorte"]),
    ("in each row", FORM, FIELDS, ["row.score", "row.nota"]),
    ("over rows", FORM, in_fields('      - {field: a, show_if: "any(afspraken, ‸'), ["row.wat", "row.wie"]),
    ("the score of a row", FORM, in_fields('      - {field: a, show_if: "any(domeinen, row.score >= ‸'), ["zorgen"]),
    ("the field of a workflow", FLOW, in_flow("route:\n  - if: ‸"), ["dringend", "domeinen"]),
    ("a mark", FLOW, in_flow("route:\n  - if: marked(‸"), ["gesproken"]),
    ("in a row of also", FLOW, in_flow("also:\n  - {each: domeinen, if: ‸"), ["row.score"]),
    # texts
    ("a hole in a text", FLOW, in_flow("anywhere:\n  x: {needs: {message: \"Vraag {‸"), ["holder.name"]),
    ("a hole in a message", FLOW, STATES.replace("Dank je", '"Dank {‸"'), ["case.number", "holder.phone"]),
    ("a hole in prose", FORM, in_fields("      - field: a\n        type: consent\n        text: |\n          Naar {‸"),
     ["holder.name"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "written", "wanted"), [row[1:] for row in OFFERED], ids=[row[0] for row in OFFERED]
)
def test_what_fits_is_offered(path: str, written: str, wanted: list[str]) -> None:
    offered = words(written, path)
    assert [word for word in wanted if word not in offered] == []


NOT_OFFERED = [
    ("a key that is there", FORM, "form: a\ntitle: T\n‸", "title"),
    ("a key of another type", FORM, in_fields("      - {field: a, type: choice, ‸"), "max_length"),
    ("a key of another place", FORM, "form: a\n‸", "states"),
    ("a form behind a button that opens a case", FLOW, in_flow("anywhere:\n  doe: {form: ‸"), "brede_intake"),
    ("options of another field", FORM, in_fields("      - {field: a, show_if: kleur is ‸"), "wonen"),
    ("rows outside rows", FORM, in_fields("      - {field: a, show_if: ‸"), "row.score"),
    ("words in a comment", FORM, "form: a\n# ti‸", "title"),
    ("keys in a text over several lines", FORM, "form: a\nintro: |\n  Dit is ‸", "title"),
]


@pytest.mark.parametrize(
    ("path", "written", "unwanted"), [row[1:] for row in NOT_OFFERED], ids=[row[0] for row in NOT_OFFERED]
)
def test_what_does_not_fit_is_not(path: str, written: str, unwanted: str) -> None:
    assert unwanted not in words(written, path)


def test_mandatory_keys_come_first_and_are_told_apart() -> None:
    found = at_cursor(in_fields("      - field: a\n        help: Zo\n        ‸")).suggestions
    assert [one.word for one in found if one.sort is Sort.MISSING] == ["label", "type", "privacy"]
    assert [one.word for one in found[:3]] == ["label", "type", "privacy"]


def test_a_statement_needs_no_label() -> None:
    found = at_cursor(in_fields("      - field: a\n        type: info\n        ‸")).suggestions
    assert "label" not in [one.word for one in found if one.sort is Sort.MISSING]


@pytest.mark.parametrize(
    ("written", "word", "insert"),
    [
        ("form: a\n‸", "title", "title: "),
        ("form: a\n‸", "sections", "sections:\n  - "),
        ("form: a\n‸", "legal_basis", "legal_basis:\n  "),
        ("form: a\n‸", "audience", "audience: "),
        ("form: a\nt‸: x", "title", "title"),
        ("form: a\nsections:\n  - section: x\n    ‸", "fields", "fields:\n      - "),
        ("form: a\nsections:\n  - {section: x, ‸", "fields", "fields: "),
        ("form: a\nsections:\n  ‸", "section", "- section: "),
    ],
)
def test_what_is_written_goes_on_at_the_right_indent(written: str, word: str, insert: str) -> None:
    assert insert in [found.insert for found in at_cursor(written).suggestions if found.word == word]


def test_what_is_typed_already_is_replaced() -> None:
    assert at_cursor("form: a\nti‸").typed == "ti"
    assert at_cursor(in_fields("      - {field: a, show_if: persoon.ge‸")).typed == "persoon.ge"
    assert at_cursor("form: a\ntitle: ‸").typed == ""


def test_suggestions_say_what_they_are() -> None:
    label = next(
        one
        for one in at_cursor(in_fields("      - {field: a, show_if: ‸")).suggestions
        if one.word == "kleur"
    )
    assert (label.sort, label.about) == (Sort.FIELD, "Kleur")
    key = next(one for one in at_cursor("form: a\n‸").suggestions if one.word == "retention")
    assert key.help == "vocabulary.retention"


@pytest.mark.parametrize("path", SHIPPED)
def test_any_text_cut_anywhere_is_answered(path: str) -> None:
    """Cut short at many places, with and without what follows: never an exception, never another file's words."""
    text, names = SHIPPED[path], names_of(SHIPPED)
    for place in range(0, len(text), 1 + len(text) // 60):
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        for shown in (text, text[:place]):
            found = complete(shown, line, column, path=path, names=names)
            assert shown.split("\n")[line - 1][: column - 1].endswith(found.typed)


def test_names_are_read_from_files_that_do_not_compile() -> None:
    broken = {
        **SHIPPED,
        "formdefs/lists/kapot.yaml": "list: kapot\noptions:\n  - {id: een, label: Een\n  - {id: twee",
    }
    names = names_of(broken)
    assert [name.id for name in names.options("kapot")] == ["een", "twee"]


def test_a_file_that_is_no_file_offers_nothing_wrong() -> None:
    for text in ("", "[", "{", "- a\n- b", "\t\t", "form", "form: [[[[" + "[" * 200, "a: {" * 200):
        complete(text, 1, len(text) + 1, path=FORM, names=names_of({}))
