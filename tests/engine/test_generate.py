"""Examples that are made by the product pass all of a process, play green, and say what they could not reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from types import MappingProxyType

import pytest

from app.definitions.adding_examples import with_examples
from app.definitions.compiler import compile_sources
from app.definitions.model.catalog import Catalog
from app.definitions.model.source import Source
from app.definitions.problems import show
from app.engine.coverage import Kind, Spot, coverage, spots_of
from app.engine.generate import Generated, generate
from app.engine.made_up_staff import made_up_world
from app.engine.new_examples import as_example, name_of
from app.services.definitions.play_examples import play
from tests.support.shipped import catalog, sources, zandlede

MONDAY = datetime(2026, 11, 9, 9, 40)  # noqa: DTZ001 - local, as examples are
FORMS = sorted(form.id for form in catalog().forms.values() if form.workflow)
HARD = (
    "actiefiche",
    "belgesprek",
    "buurtactiviteit",
    "dag_van_de_buren",
    "mdc_sessie",
    "microproject",
    "verhaal",
)
"""What others answer, a later consent, another case, a season or two days in their order decide: written by hand."""
FROM_NOTHING = tuple(form for form in FORMS if form not in HARD)


def without_examples(form: str) -> Catalog:
    bare = replace(catalog().forms[form], examples=())
    return replace(catalog(), forms=MappingProxyType({**catalog().forms, form: bare}))


def written(form: str, found: Generated, text: str) -> str:
    taken = [example.name for example in catalog().forms[form].examples]
    made = []
    for item in found.examples:
        taken.append(name_of(item.play, item.script, item.passes, taken))
        made.append(as_example(taken[-1], item.script, item.play))
    return with_examples(text, made)


@cache
def from_nothing() -> tuple[Catalog, Mapping[str, Generated]]:
    """The shipped set with the examples of every form made anew, all at once: one compilation, played green."""
    files = {source.path: str(source.text) for source in sources()}
    found = {
        form: generate(without_examples(form), form, world=zandlede(), at=MONDAY) for form in FROM_NOTHING
    }
    for form, made_of_it in found.items():
        path = f"formdefs/{form}.yaml"
        files[path] = written(form, made_of_it, files[path].partition("examples:\n")[0])
    compiled = compile_sources([Source(name, text) for name, text in files.items()])
    assert [show(problem) for problem in compiled.problems] == []
    for world in (zandlede(), None):
        assert [show(problem) for problem in play(compiled.catalog, world).problems] == []
    return compiled.catalog, found


@pytest.mark.parametrize("form", FROM_NOTHING)
def test_from_nothing_to_all_of_a_shipped_process_in_examples_that_play_green(form: str) -> None:
    made_anew, made_of_it = from_nothing()
    assert made_of_it[form].missed == ()
    examples = made_anew.forms[form].examples
    assert len({example.name for example in examples}) == len(examples) == len(made_of_it[form].examples)
    assert coverage(made_anew, form, zandlede()).missing == ()
    assert all(example.expect["errors"] == [] for example in examples)


@pytest.mark.parametrize("form", HARD)
def test_what_cannot_be_made_from_nothing_is_shown_by_hand(form: str) -> None:
    assert coverage(catalog(), form, zandlede()).missing == ()


def test_the_same_question_gets_the_same_answer() -> None:
    first, second = (
        generate(without_examples("brede_intake"), "brede_intake", world=zandlede(), at=MONDAY)
        for _ in range(2)
    )
    assert [item.script for item in first.examples] == [item.script for item in second.examples]


def test_nothing_is_made_for_what_is_passed_already() -> None:
    for form in FORMS:
        found = generate(catalog(), form, world=zandlede(), at=MONDAY)
        assert set(coverage(catalog(), form, zandlede()).missing) == {
            spot for item in found.examples for spot in item.passes
        }


HEAD = """form: vraag
title: Vraag
audience: [public]
controller: gemeente
legal_basis: {public_task: Proef}
retention: {after: closed, months: 12, then: delete}
workflow: gang
sections:
  - section: een
    title: Een
    fields:
      - {field: soort, type: choice, options: {a: A, b: B}, label: Soort, required: true, privacy: 0}
      - {field: hoeveel, type: integer, label: Hoeveel, min: 1, max: 99, privacy: 0, show_if: soort is b}
      - {field: dag, type: date, label: Dag, privacy: 0}
"""
POINTS = "contact_points:\n  onthaal: {label: Onthaal}\n  balie: {label: Balie}\n"


def flow(route: str, states: str) -> str:
    return f"workflow: gang\ntitle: Gang\nforms: [vraag]\nstart: open\nroute:\n{route}\nstates:\n{states}"


def made(workflow: str, form: str = HEAD) -> tuple[Catalog, Generated]:
    compiled = compile_sources(
        [
            Source("formdefs/vraag.yaml", form),
            Source("workflows/gang.yaml", workflow),
            Source("workflows/contact_points.yaml", POINTS),
        ]
    )
    wrong = [show(problem) for problem in compiled.problems if problem.severity == "error"]
    assert wrong == []
    world = made_up_world(compiled.catalog.contact_points)
    return compiled.catalog, generate(compiled.catalog, "vraag", world=world, at=MONDAY)


OTHERWISE = "  - otherwise: onthaal"
OPEN = """  open:
    label: Open
    task: Doe iets
    deadline: 3 working days
    escalate: [{after: 2 working days, to: head_of_service}]
"""
DONE = "  klaar: {label: Klaar, end: true}\n"


def test_a_threshold_behind_a_field_that_must_first_be_shown_is_found() -> None:
    rules = "  - {if: hoeveel >= 20 and hoeveel <= 30, to: balie}\n" + OTHERWISE
    _, found = made(flow(rules, OPEN + "    actions:\n      af: {label: Af, to: klaar}\n" + DONE))
    assert found.missed == ()
    (ruled,) = [item for item in found.examples if Spot("gang", Kind.RULE, "balie", number=1) in item.passes]
    assert ruled.script.answers["soort"] == "b"
    assert 20 <= int(str(ruled.script.answers["hoeveel"])) <= 30


def test_a_button_that_waits_for_a_mark_is_pressed_after_what_sets_it() -> None:
    actions = """    actions:
      af:
        label: Af
        needs: [{if: marked(gelezen) and soort is b, message: Lees eerst.}]
        to: klaar
      gelezen: {label: Gelezen, marks: gelezen}
      stop: {label: Stop, to: klaar}
"""
    _, found = made(flow(OTHERWISE, OPEN + actions + DONE))
    assert found.missed == ()
    (waited,) = [item for item in found.examples if Spot("gang", Kind.ACTION, "af", "open") in item.passes]
    assert [act.action for act in waited.script.acts] == ["gelezen", "af"]
    assert waited.script.answers["soort"] == "b"


def test_attempts_keep_to_their_number_their_pause_and_the_other_half_of_the_day() -> None:
    actions = """    actions:
      niet: {label: Niet bereikt, again: {at_most: 3, not_before: 2 working days, other: part_of_day, then: klaar}}
      wel: {label: Wel bereikt, to: klaar}
"""
    _, found = made(flow(OTHERWISE, OPEN + actions + DONE))
    assert found.missed == ()
    last = next(item for item in found.examples if Spot("gang", Kind.LAST, "niet", "open") in item.passes)
    moments = [act.at for act in last.script.acts]
    assert [at.hour for at in moments] == [10, 14, 10]
    assert all((later - earlier).days >= 2 for earlier, later in pairwise(moments))


def test_a_timed_exit_is_shown_by_what_is_pressed_after_it() -> None:
    states = (
        OPEN
        + "    auto: [{after: 2 weeks, to: wacht}]\n    actions:\n      af: {label: Af, to: klaar}\n"
        + OPEN.replace("open:", "wacht:").replace("Open", "Wacht")
        + "    actions:\n      toch: {label: Toch, to: klaar}\n"
        + DONE
    )
    _, found = made(flow(OTHERWISE, states))
    assert found.missed == ()
    waited = next(item for item in found.examples if Spot("gang", Kind.AUTO, "wacht", "open") in item.passes)
    assert [act.action for act in waited.script.acts] == ["toch"]
    assert (waited.script.acts[0].at - MONDAY).days >= 14


def test_what_only_time_reaches_and_what_nothing_reaches_is_told_with_the_reason() -> None:
    states = (
        OPEN
        + """    auto: [{after: 2 weeks, to: weg}]
    actions:
      af: {label: Af, to: klaar}
      nooit:
        label: Nooit
        to: klaar
        needs: [{if: count(bijlagen) > 2, message: Eerst drie bijlagen.}]
"""
        + DONE
        + "  weg: {label: Weg, end: true}\n"
    )
    form = HEAD + "      - {field: bijlagen, type: file, many: true, label: Bijlagen, privacy: 1}\n"
    form = form.replace(", many: true", "")
    states = states.replace("count(bijlagen) > 2", "answered(bijlagen)")
    _, found = made(flow(OTHERWISE, states), form)
    told = {(item.spot.kind, item.spot.id): (item.code, item.why) for item in found.missed}
    assert told[Kind.AUTO, "weg"][0] == "time"
    assert told[Kind.STATE, "weg"][0] in {"not_reached", "too_far"}
    assert told[Kind.ACTION, "nooit"] == ("needs", "Eerst drie bijlagen.")
    assert set(told) == {(Kind.AUTO, "weg"), (Kind.STATE, "weg"), (Kind.ACTION, "nooit")}


def test_a_rule_that_an_earlier_one_swallows_is_told_to_have_no_answers() -> None:
    rules = "  - {if: soort is a, to: balie}\n" + OTHERWISE
    known, _ = made(flow(rules, OPEN + "    actions:\n      af: {label: Af, to: klaar}\n" + DONE))
    gang = known.workflows["gang"]
    first, last = gang.route
    route = (first, replace(first, number=2), replace(last, number=3))
    swallowed = replace(known, workflows=MappingProxyType({"gang": replace(gang, route=route)}))
    found = generate(swallowed, "vraag", world=made_up_world(known.contact_points), at=MONDAY)
    assert [(item.spot.number, item.code) for item in found.missed] == [(2, "no_answers")]


def test_a_rule_that_keeps_a_known_contact_is_not_asked_of_examples() -> None:
    spots = spots_of(catalog(), catalog().forms["doorverwijskaart"])
    numbers = [spot.number for spot in spots if spot.kind is Kind.RULE]
    assert 2 not in numbers
    assert len(numbers) == len(catalog().workflows["warme_doorverwijzing"].route) - 1
