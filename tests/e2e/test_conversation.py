"""Can a talk of half an hour be held without a mouse, without a line and without losing a word?"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_broad_intake import KEPT, agreement, begin, first_part, number_of, resume, unfold
from tests.e2e.test_nothing_lost import complete, end_session, numbers
from tests.support.pages import Screen

TALK = "Els komt binnen met een brief van de energieleverancier. Ze huilt."
NO_LINE = re.compile("^Niet verbonden: je kunt verder werken")
NOT_SENT = re.compile("^Niet verbonden: nog niet verstuurd")
LONG = 20_000
"""Milliseconds in which a save must have happened on a busy machine."""


def domain(screen: Screen, name: str) -> Locator:
    """What is told of one life domain while it is folded."""
    return screen.page.locator("summary").filter(has_text=name)


def notes(screen: Screen) -> Locator:
    """Where somebody writes along."""
    return screen.page.get_by_label("Vrije nota's")


def kept(screen: Screen) -> None:
    """Everything is in the draft."""
    expect(screen.page.get_by_text(KEPT)).to_be_visible(timeout=LONG)


def close_warns(screen: Screen) -> None:
    """Closing the tab is asked about; it stays open."""
    with screen.page.expect_event("dialog", timeout=LONG) as asked:
        screen.page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_a_conversation_needs_no_mouse(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    begin(hilde)
    keys = hilde.page.keyboard
    expect(hilde.page.get_by_role("button", name="Alle toetsen")).to_be_visible()
    keys.press("n")
    keys.insert_text(TALK)
    keys.press("Escape")
    keys.press("ArrowDown")
    keys.press("3")
    expect(domain(hilde, "Wonen en energie")).to_contain_text("Zorgen")
    keys.press("ArrowRight")
    keys.insert_text("Een factuur van 640 euro.")
    keys.press("Escape")
    keys.press("End")
    keys.press("1")
    expect(domain(hilde, "Nederlands, lezen")).to_contain_text("Gaat goed")
    keys.press("ArrowUp")
    keys.press("5")
    expect(domain(hilde, "Papieren, post")).to_contain_text("Wil niet zeggen")
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("v")
    keys.insert_text("Factuur samen bekijken")
    keys.press("Escape")
    expect(domain(hilde, "Wonen en energie")).to_contain_text("nota")
    expect(domain(hilde, "Wonen en energie")).to_contain_text("1 afspraak")
    hilde.sees("2 van 15 besproken · 1 met zorgen of meer · 1 wil niet zeggen · 1 met een afspraak")
    expect(notes(hilde)).to_have_value(TALK)
    hilde.sees("Wat spreken we af? (rij 1): Wie doet het")
    keys.press("b")
    kept(hilde)

    keys.press("?")
    help_ = hilde.page.get_by_role("dialog", name="Toetsen in dit gesprek")
    expect(help_).to_contain_text("3 Zorgen")
    help_.get_by_label("Losse letters en cijfers werken als toets").uncheck()
    keys.press("Escape")
    domain(hilde, "Wonen en energie").focus()
    keys.press("1")
    keys.press("n")
    expect(domain(hilde, "Wonen en energie")).to_be_focused()
    expect(domain(hilde, "Wonen en energie")).to_contain_text("Zorgen")


def test_without_a_line_the_page_goes_on_and_sends_later(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    before = numbers(hilde)
    complete(hilde, "Godelieve")
    kept(hilde)

    hilde.context.set_offline(True)
    expect(hilde.page.get_by_text(NO_LINE)).to_be_visible(timeout=LONG)
    notes(hilde).fill(TALK)
    unfold(hilde, "Wonen en energie")
    hilde.choose("Wonen en energie", "Zorgen")
    hilde.page.get_by_label("Wat speelt er?").locator("visible=true").fill("Een factuur van 640 euro.")
    expect(hilde.page.get_by_text(NO_LINE)).to_be_visible(timeout=LONG)
    close_warns(hilde)

    hilde.press("Verstuur")
    expect(hilde.page.get_by_text(NOT_SENT)).to_be_visible(timeout=LONG)
    close_warns(hilde)
    expect(notes(hilde)).to_have_value(TALK)

    hilde.context.set_offline(False)
    number = number_of(hilde)
    hilde.troubles.found[:] = [
        line for line in hilde.troubles.found if "ERR_INTERNET_DISCONNECTED" not in line
    ]
    assert numbers(hilde) - before == {number}
    hilde.main.get_by_role("listitem").filter(has_text=number).get_by_role("link").first.click()
    hilde.sees(TALK, "Een factuur van 640 euro.", "Terugbellen")
    hilde.go("/onthaal")
    hilde.does_not_see("Godelieve")


def test_a_closed_tab_and_an_ended_session_cost_nothing(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    begin(hilde)
    first_part(hilde, "Simonne")
    notes(hilde).fill(TALK)
    hilde.page.get_by_label("Wat loopt goed? Waar").focus()
    kept(hilde)
    hilde.page.close()

    hilde.page = hilde.context.new_page()
    resume(hilde, "Simonne")
    hilde.sees("Je gaat verder waar je gebleven was. Laatst bewaard: 9 november 2026", "Hoe gaat het? (1)")
    expect(notes(hilde)).to_have_value(TALK)

    end_session(hilde)
    hilde.troubles.expected |= {401}
    hilde.go("/onthaal")
    hilde.sign_in_here("hilde.claes@zandlede.example", "minder mazen meer net")
    resume(hilde, "Simonne")
    expect(notes(hilde)).to_have_value(TALK)
    agreement(hilde, 1, "Terugbellen", "Hilde Claes")
    hilde.choose("Is er vandaag nog iemand nodig?", "Nee")
    hilde.sees("Alles is er om te versturen")
    hilde.press("Verstuur")
    number_of(hilde)


def test_two_tabs_of_one_conversation_say_so_and_lose_nothing(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    hilde.troubles.expected |= {409}
    complete(hilde, "Arlette")
    kept(hilde)
    first = hilde.page
    hilde.page = hilde.context.new_page()
    hilde.page.goto(first.url)
    expect(hilde.page.get_by_text("staat ook open in een ander tabblad")).to_be_visible()
    expect(first.get_by_text("staat ook open in een ander tabblad")).to_be_visible()
    hilde.fill("Wat loopt goed? Waar", "De kleinkinderen")
    kept(hilde)
    hilde.page.close()

    hilde.page = first
    hilde.press("Verstuur")
    expect(first.get_by_label("Wat loopt goed? Waar")).to_have_value("De kleinkinderen", timeout=LONG)
    expect(first).to_have_url(re.compile("/onthaal/ontwerp/"))
    hilde.press("Verstuur")
    number_of(hilde)
