"""The picture of a process shows all of it, once, in words that can be read, with nothing the policy forbids."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pytest

from app.definitions.model.workflows import Workflow
from app.web.studio.diagram import draw
from app.web.studio.measure import width_of, wrapped
from app.web.studio.transitions import By, transitions_of
from tests.support.shipped import catalog

SVG = "{http://www.w3.org/2000/svg}"


def drawn(workflow: Workflow, **options: str) -> Tree.Element:
    markup = str(draw(workflow, **options)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    frame = Tree.fromstring(markup)  # noqa: S314 - our own markup
    (picture,) = frame.iter(f"{SVG}svg")
    return picture


def texts(element: Tree.Element) -> str:
    return " ".join(item.text or "" for item in element.iter(f"{SVG}text"))


@pytest.fixture
def card() -> Workflow:
    return catalog().workflows["warme_doorverwijzing"]


@pytest.mark.parametrize("name", sorted(catalog().workflows))
def test_every_state_is_there_once_and_links_to_its_place_in_the_list(name: str) -> None:
    flow = catalog().workflows[name]
    picture = drawn(flow)
    boxes = [link.get("href", "") for link in picture.iter(f"{SVG}a") if link.find(f"{SVG}g") is not None]
    asides = [flow.states[item.to].id for item in flow.anywhere.values() if item.to]
    led_to = {item.target for item in transitions_of(flow)} | {flow.start}
    expected = [f"#stap-{ref}" for ref in flow.states if ref in led_to or ref not in asides]
    assert sorted(boxes) == sorted([*expected, *(f"#stap-{ref}" for ref in asides)])


@pytest.mark.parametrize("name", sorted(catalog().workflows))
def test_every_transition_is_an_arrow_and_none_is_drawn_twice(name: str) -> None:
    flow = catalog().workflows[name]
    arrows = transitions_of(flow)
    stays = {item.source for item in arrows if item.stays}
    lines = [item for item in drawn(flow).iter(f"{SVG}path") if item.get("class") == "diagram-line"]
    aside = sum(1 for item in flow.anywhere.values() if item.to)
    legend = 3 if any(item.by is By.ITSELF for item in arrows) else 2
    start = 1
    assert len(lines) == sum(not item.stays for item in arrows) + len(stays) + aside + legend + start
    assert len({item.id for item in arrows}) == len(arrows)


def test_a_box_says_what_to_do_and_by_when(card: Workflow) -> None:
    words = texts(drawn(card))
    for text in (
        "Toegewezen",
        "Leg contact met de bewoner",
        "3 werkdagen",
        "Niet bereikt, 3 keer",
        "Afgesloten",
    ):
        assert text in words
    assert "Eerste contact: 10 werkdagen na ontvangst" in words
    assert "Toestemming ingetrokken" in words


def test_what_goes_by_itself_and_what_ends_look_different(card: Workflow) -> None:
    picture = drawn(card)
    classes = [item.get("class") or "" for item in picture.iter(f"{SVG}g")]
    assert "diagram-arrow diagram-arrow--itself" in classes
    assert classes.count("diagram-state diagram-state--end") == 4


def test_readers_of_the_page_hear_a_title_and_where_the_words_are(card: Workflow) -> None:
    picture = drawn(card)
    (image,) = [item for item in picture.iter(f"{SVG}g") if item.get("role") == "img"]
    named = (image.get("aria-labelledby") or "").split()
    found = {item.get("id"): item.text for item in image if item.get("id")}
    assert [bool(found.get(ref)) for ref in named] == [True, True]
    assert not list(image.iter(f"{SVG}a"))


def test_the_markup_has_no_style_and_no_script_of_its_own(card: Workflow) -> None:
    assert not re.search(r"style=|<style|<script|\bon[a-z]+=", draw(card))


def test_words_of_an_author_cannot_become_markup(card: Workflow) -> None:
    state = replace(card.states["toegewezen"], label="<script>alert(1)</script>", task='"><b>')
    evil = replace(card, states={**card.states, "toegewezen": state})
    assert "<script" not in draw(evil)
    assert "<b>" not in draw(evil)


def test_without_an_anchor_nothing_is_a_link(card: Workflow) -> None:
    assert not list(drawn(card, anchor="").iter(f"{SVG}a"))


def test_a_text_is_broken_between_words_and_cut_when_it_is_too_long() -> None:
    lines = wrapped("Werk samen met de bewoner een heel lange taak op maat uit", 120, 13, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width_of(line, 13) <= 120 for line in lines)
    (long_word,) = wrapped("meerwoordenaaneengeschrevenzonderspatie", 80, 13)
    assert long_word.endswith("…")
    assert wrapped("", 80, 13) == ()
