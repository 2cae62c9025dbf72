"""The package that comes with the product is sound, and says by example what it promises."""

from __future__ import annotations

from app.definitions.compiler import compile_sources, compile_staffing
from app.definitions.problems import show
from app.engine.coverage import coverage
from app.services.definitions.play_examples import play
from tests.support.shipped import ROOT, catalog, sources, zandlede


def test_the_package_has_no_problem_and_no_advice() -> None:
    assert [show(problem) for problem in compile_sources(sources()).problems] == []


def test_the_staff_of_zandlede_fits_it() -> None:
    path = ROOT / "app" / "cli" / "demo" / "zandlede.yaml"
    source = next(iter(sources()))
    _, problems = compile_staffing(type(source)(path.name, path.read_text()), catalog())
    assert problems == ()


def test_every_example_ends_where_it_says_with_and_without_the_staff() -> None:
    for world in (zandlede(), None):
        played = play(catalog(), world)
        assert [show(problem) for problem in played.problems] == []
        assert played.played >= 16


def test_every_form_that_opens_a_case_shows_a_whole_life_of_one() -> None:
    for form in catalog().forms.values():
        if form.workflow:
            assert [example.name for example in form.examples if len(example.act) > 1], form.id


def test_the_examples_pass_every_state_button_rule_and_exit_of_every_process() -> None:
    passed = set()
    for form in catalog().forms.values():
        if form.workflow:
            found = coverage(catalog(), form.id, zandlede())
            assert found.missing == (), form.id
            passed |= {spot.workflow for spot in found.by}
    assert passed == set(catalog().workflows)
