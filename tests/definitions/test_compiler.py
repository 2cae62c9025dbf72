"""What comes out of the compiler, and what stays out when something is wrong."""

from __future__ import annotations

import pytest

from app.definitions.compiler import compile_sources, compile_staffing, kind_of
from app.definitions.model.catalog import Compiled
from app.definitions.model.expressions import Call, Compare, FieldRef, ValueType
from app.definitions.model.forms import FieldType, Form
from app.definitions.model.source import Source
from app.definitions.model.workflows import DeadlineKind, Duration, TargetKind, Unit, Workflow
from app.definitions.yaml_nodes import read
from tests.definitions.context_files import HERE, compile_with, context

GOOD = HERE / "good"


def with_source(path: str, text: str) -> Compiled:
    """The sound context with one file replaced."""
    return compile_sources([*(source for source in context() if source.path != path), Source(path, text)])


def text_of(path: str) -> str:
    return next(str(source.text) for source in context() if source.path == path)


def codes(compiled: Compiled) -> list[tuple[str, str]]:
    return [(found.span.path, found.code) for found in compiled.problems]


def form(name: str) -> Form:
    return compile_with(GOOD / f"{name}.yaml").catalog.forms["vraag"]


def workflow(name: str) -> Workflow:
    return compile_with(GOOD / f"{name}.yaml").catalog.workflows["opvolging"]


# Forms ------------------------------------------------------------------------------------------------------------


def test_a_block_used_twice_has_two_prefixes_and_keeps_its_changes() -> None:
    made = form("form_block_twice_with_changes")
    assert [item.id for item in made.fields()] == [
        "persoon.naam",
        "persoon.roepnaam",
        "aanvrager.naam",
        "contact",
    ]
    called = made.field("persoon.roepnaam")
    assert called is not None
    assert (called.required, called.help, called.block) == (True, "Een alias mag.", "persoon")


def test_inside_a_block_a_sibling_goes_by_its_bare_id_and_becomes_the_full_one() -> None:
    called = form("form_block_twice_with_changes").field("persoon.roepnaam")
    assert called is not None
    assert called.show_if is not None
    assert called.show_if.source == "answered(naam)"
    assert isinstance(called.show_if.tree, Call)
    assert called.show_if.tree.args[0] == FieldRef("persoon.naam", ValueType.TEXT)


def test_every_field_type_can_be_written() -> None:
    here = {item.type for item in form("form_all_types").fields()}
    assert set(FieldType) - here == {
        FieldType.MATRIX,
        FieldType.REPEAT,
        FieldType.SESSION,
        FieldType.ENTERPRISE_NUMBER,
    }


def test_a_matrix_takes_the_class_of_its_most_private_row_unless_it_says_one() -> None:
    listed = text_of("formdefs/lists/domeinen.yaml").replace("label: Wonen,", "label: Wonen, privacy: 3,")
    text = text_of("formdefs/vraag.yaml").replace(
        "        options: {list: score}\n        privacy: 2\n", "        options: {list: score}\n"
    )
    others = [
        source
        for source in context()
        if source.path not in ("formdefs/vraag.yaml", "formdefs/lists/domeinen.yaml")
    ]
    compiled = compile_sources(
        [*others, Source("formdefs/vraag.yaml", text), Source("formdefs/lists/domeinen.yaml", listed)]
    )
    matrix = compiled.catalog.forms["vraag"].field("domeinen")
    assert matrix is not None
    assert matrix.privacy == 3
    assert matrix.each[0].privacy == 3


def test_the_first_neighbourhood_field_stands_for_the_case() -> None:
    place = form("form_all_types").meaning("case.neighbourhood")
    assert place is not None
    assert place.id == "buurt"


def test_options_from_rows_are_the_rows_of_the_matrix() -> None:
    agreements = form("form_matrix_and_repeat").field("afspraken")
    assert agreements is not None
    domain = next(child for child in agreements.fields if child.id == "domein")
    assert domain.options is not None
    assert (domain.options_from_rows, domain.options.ids) == ("domeinen", ("geld", "wonen"))


def test_retention_knows_the_closing_reasons_of_the_workflow() -> None:
    kept = form("form_rules_number_draft_examples").retention
    assert [(item.months, item.then, item.condition is None) for item in kept] == [
        (12, "delete", False),
        (60, "anonymise", True),
    ]


def test_examples_keep_their_answers_as_plain_text() -> None:
    example = form("form_rules_number_draft_examples").examples[0]
    assert (example.answers["dringend"], example.at, example.act[0]["action"]) == (
        "nee",
        "2026-11-09 09:40",
        "klaar",
    )


# Workflows --------------------------------------------------------------------------------------------------------


def test_routes_know_all_their_ends() -> None:
    rules = workflow("workflow_routes").route
    kinds = [rule.target.kind for rule in rules]
    assert kinds == [
        TargetKind.CONTACT_POINT,
        TargetKind.KEEP,
        TargetKind.ROW_COLUMN,
        TargetKind.CONTACT_POINT,
        TargetKind.CONTACT_POINT,
    ]
    assert [rule.number for rule in rules] == [1, 2, 3, 4, 5]
    assert rules[0].deadline is not None
    assert rules[0].deadline.kind is DeadlineKind.SAME_DAY
    assert rules[0].escalate[0].after == Duration(2, Unit.WORKING_HOURS)
    assert rules[-1].condition is None


def test_sub_tasks_sub_cases_and_limits_are_read_whole() -> None:
    made = workflow("workflow_also_and_limits")
    assert made.also[1].target is not None
    assert made.also[1].target.kind is TargetKind.PERSON_FIELD
    assert made.also[1].deadline is not None
    assert (made.also[1].deadline.kind, made.also[1].deadline.duration) == (
        DeadlineKind.DATE,
        Duration(10, Unit.WORKING_DAYS),
    )
    assert (made.also[3].case, made.also[3].carry, made.also[3].print) == (
        "sub",
        ("persoon", "buurt"),
        "ontvangstbewijs",
    )
    assert [limit.deadline.since for limit in made.limits] == ["received", "gesproken", "dag"]
    assert made.limits[0].statutory


def test_buttons_are_read_whole() -> None:
    made = workflow("workflow_actions_and_messages")
    reached, missed = made.states["bezig"].actions["bereikt"], made.states["bezig"].actions["niet_bereikt"]
    assert (reached.form, reached.marks, reached.to, reached.reason) == (
        "verslag",
        ("gesproken",),
        "einde",
        True,
    )
    assert [(sent.to, sent.message) for sent in reached.feedback] == [
        ("referrer", "opgestart"),
        ("resident", "klaar"),
    ]
    assert missed.again is not None
    assert (missed.again.at_most, missed.again.then, missed.again.other_part_of_day) == (3, "brief", True)
    assert made.anywhere["intrekken"].does == ("block_content", "recall_links", "stop_messages")
    assert made.receipt[0].to == "resident"


def test_a_checked_condition_holds_the_words_and_the_tree() -> None:
    condition = workflow("workflow_routes").route[0].condition
    assert condition is not None
    assert condition.source == "dringend is ja"
    assert isinstance(condition.tree, Compare)


# What refers to something broken is not blamed --------------------------------------------------------------------


def test_a_list_that_cannot_be_read_is_the_only_problem() -> None:
    compiled = with_source("formdefs/lists/redenen.yaml", "list: redenen\noptions: [\n")
    assert {path for path, _ in codes(compiled)} == {"formdefs/lists/redenen.yaml"}


def test_what_compares_options_of_a_list_that_cannot_be_read_is_not_blamed() -> None:
    compiled = with_source("formdefs/lists/score.yaml", "list: score\noptions: [\n")
    assert {path for path, _ in codes(compiled)} == {"formdefs/lists/score.yaml"}
    compiled = with_source("formdefs/lists/domeinen.yaml", "list: domeinen\noptions: [\n")
    assert {path for path, _ in codes(compiled)} == {"formdefs/lists/domeinen.yaml"}


def test_a_block_that_cannot_be_read_is_the_only_problem() -> None:
    compiled = with_source("formdefs/blocks/persoon.yaml", "block: persoon\nfields: [\n")
    assert {path for path, _ in codes(compiled)} == {"formdefs/blocks/persoon.yaml"}


def test_a_form_that_cannot_be_read_is_the_only_problem() -> None:
    compiled = with_source("formdefs/vraag.yaml", "form: vraag\nsections: [\n")
    assert {path for path, _ in codes(compiled)} == {"formdefs/vraag.yaml"}
    assert "opvolging" not in compiled.catalog.workflows


def test_what_a_workflow_names_of_an_unreadable_form_is_not_blamed() -> None:
    others = [
        source
        for source in context()
        if source.path not in ("formdefs/vraag.yaml", "workflows/opvolging.yaml")
    ]
    for example in ("workflow_also_and_limits", "workflow_routes", "workflow_auto_every_loops_reopen"):
        workflow_text = (GOOD / f"{example}.yaml").read_text()
        sources = [
            Source("formdefs/vraag.yaml", "form: vraag\nsections: [\n"),
            Source("workflows/opvolging.yaml", workflow_text),
        ]
        assert {path for path, _ in codes(compile_sources([*others, *sources]))} == {"formdefs/vraag.yaml"}


def test_contact_points_that_cannot_be_read_are_the_only_problem() -> None:
    compiled = with_source("workflows/contact_points.yaml", "contact_points: [\n")
    assert {path for path, _ in codes(compiled)} == {"workflows/contact_points.yaml"}


def test_a_workflow_that_cannot_be_read_is_the_only_problem() -> None:
    compiled = with_source("workflows/opvolging.yaml", "workflow: opvolging\nstates: [\n")
    assert {path for path, _ in codes(compiled)} == {"workflows/opvolging.yaml"}
    assert "vraag" in compiled.catalog.forms


def test_a_wrong_field_does_not_blame_the_conditions_that_name_it() -> None:
    text = text_of("formdefs/vraag.yaml").replace("{field: naam, type: text", "{field: naam, type: tekst")
    text = text.replace("{field: dringend, type: yes_no,", "{field: dringend, type: yes_nee,")
    compiled = with_source("formdefs/vraag.yaml", text)
    assert codes(compiled) == [("formdefs/vraag.yaml", "S102")]


def test_all_problems_of_all_files_come_at_once() -> None:
    sources = [
        Source("formdefs/a.yaml", "form: a\ntitel: A\n"),
        Source("formdefs/lists/b.yaml", "list: b\noptions: [\n"),
        Source("workflows/c.yaml", "workflow: c\n"),
    ]
    assert {found.span.path for found in compile_sources(sources).problems} == {
        "formdefs/a.yaml",
        "formdefs/lists/b.yaml",
        "workflows/c.yaml",
    }


def test_one_id_in_two_files_is_told_at_the_second() -> None:
    twin = Source("formdefs/vraag_bis.yaml", text_of("formdefs/vraag.yaml"))
    assert codes(compile_sources([*context(), twin])) == [("formdefs/vraag_bis.yaml", "R221")]


# Kinds, hashes, catalog -------------------------------------------------------------------------------------------


def test_the_first_key_tells_what_a_file_is_wherever_it_stands() -> None:
    node, _ = read(Source("x", "list: a\noptions: [b]\n"))
    assert kind_of("somewhere/else.yaml", node) == "list"
    node, _ = read(Source("x", "title: A\nform: a\nworkflow: b\n"))
    assert kind_of("formdefs/a.yaml", node) == "form"
    assert kind_of("workflows/contact_points.yaml", None) == "contact_points"


def test_comments_and_blank_lines_leave_the_hash_as_it_is() -> None:
    before = compile_sources(context()).catalog.hashes[("form", "vraag")]
    again = with_source("formdefs/vraag.yaml", f"# anders\n\n{text_of('formdefs/vraag.yaml')}")
    assert again.catalog.hashes[("form", "vraag")] == before


def test_a_changed_block_or_list_changes_the_hash_of_the_forms_that_lay_it_in() -> None:
    before = compile_sources(context()).catalog.hashes
    block = text_of("formdefs/blocks/persoon.yaml").replace("label: Naam", "label: Familienaam")
    after = with_source("formdefs/blocks/persoon.yaml", block).catalog.hashes
    assert after[("form", "vraag")] != before[("form", "vraag")]
    assert after[("form", "verslag")] == before[("form", "verslag")]


def test_a_definition_comes_with_the_sources_it_lays_in() -> None:
    used = compile_sources(context()).catalog.sources[("form", "vraag")]
    assert {source.path for source in used} == {
        "formdefs/vraag.yaml",
        "formdefs/blocks/persoon.yaml",
        "formdefs/lists/domeinen.yaml",
        "formdefs/lists/score.yaml",
    }


def test_a_definition_with_an_error_stays_out_of_the_catalog_and_advice_does_not_keep_it_out() -> None:
    advised = compile_with(HERE / "bad" / "A702_unused_message.yaml")
    assert advised.ok
    assert "opvolging" in advised.catalog.workflows
    wrong = compile_with(HERE / "bad" / "G426_unreachable.yaml")
    assert not wrong.ok
    assert "opvolging" not in wrong.catalog.workflows


ODD = (
    "",
    "[]",
    "form:",
    "form: {a: b}",
    "form: a\nsections: {a: b}",
    "form: a\nsections: [{section: a, fields: [{use: b, change: [1]}, {field: c, type: matrix, rows: 1}]}]",
    "workflow: a\nstates: []\nroute: x",
    "workflow: a\nforms: [x]\nstates: {a: 1, b: {actions: [1], auto: x, deadline: [1]}}\nalso: [{each: 1}]",
    "contact_points: [1]",
    "list: a\noptions: {a: {label: {}}}",
    "staffing: a\nholders: [1]\nrosters: [1]",
    "\0",
)


@pytest.mark.parametrize("text", ODD)
def test_no_input_makes_it_raise(text: str) -> None:
    assert compile_sources([Source("formdefs/x.yaml", text)]).problems


# Staffing ---------------------------------------------------------------------------------------------------------


def test_a_staffing_file_is_read_whole() -> None:
    source = Source("demo/zandlede.yaml", (GOOD / "staffing_all_keys.yaml").read_text())
    staffing, problems = compile_staffing(source, compile_sources(context()).catalog)
    assert problems == ()
    assert staffing.people["joris"].weekdays == frozenset({0, 1})
    assert not staffing.people["vroeger"].active
    assert [(held.contact_point, held.neighbourhood, held.holder) for held in staffing.holdings] == [
        ("onthaal", "", "joris"),
        ("loket", "", "joris"),
        ("loket", "oosthoek", "nele"),
    ]
    assert staffing.closing_days[0].from_time is not None
