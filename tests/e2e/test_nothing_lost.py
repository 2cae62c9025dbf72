"""What do a session that ends, a double click and an old page cost? Nothing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.cli.demo.accounts import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.test_broad_intake import KEPT, agreement, begin, first_part, number_of
from tests.e2e.test_card import agree, fill_card
from tests.support.pages import Screen

HILDE = "hilde.claes@zandlede.example"


def end_session(screen: Screen) -> None:
    """The session is over, as after a long lunch."""
    screen.context.clear_cookies(name="meernet")


def complete(screen: Screen, called: str) -> None:
    """A broad intake with everything that is needed."""
    begin(screen)
    first_part(screen, called)
    screen.choose("Is er vandaag nog iemand nodig?", "Nee")
    screen.choose("Gaat het (ook) over geld of een uitkering van het OCMW?", "Nee")
    agreement(screen, 1, "Terugbellen", "Hilde Claes")


def test_an_intake_goes_on_after_signing_in_again_in_another_tab(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    hilde.troubles.expected |= {401}
    complete(hilde, "Irma")
    expect(hilde.page.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    end_session(hilde)
    hilde.fill("Wat loopt goed? Waar", "De kleinkinderen")
    again = hilde.page.get_by_role("dialog", name="Je bent afgemeld")
    expect(again).to_be_visible(timeout=15_000)
    with hilde.context.expect_page() as opened:
        again.get_by_role("link", name="Meld je aan in een nieuw tabblad").click()
    tab = opened.value
    tab.get_by_label("E-mailadres").fill(HILDE)
    tab.get_by_label("Wachtwoord").fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Aanmelden").click()
    expect(tab.get_by_role("button", name="Afmelden")).to_be_visible()
    tab.close()
    hilde.page.bring_to_front()
    again.get_by_role("button", name="Ik ben weer aangemeld").click()
    expect(again).to_be_hidden()
    expect(hilde.page.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    hilde.press("Verstuur")
    number_of(hilde)


def test_what_is_handed_in_after_the_session_ended_is_sent_after_signing_in(visit: Visit) -> None:
    hilde = visit("hilde.claes", scripts=False)
    hilde.troubles.expected |= {401}
    complete(hilde, "Luc")
    end_session(hilde)
    hilde.press("Verstuur")
    hilde.sees("wat je invulde, is niet verloren")
    hilde.sign_in_here(HILDE, PASSWORD)
    hilde.press("Verder")
    number_of(hilde)


def test_a_double_click_makes_one_case(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    before = numbers(hilde)
    complete(hilde, "Carine")
    hilde.main.get_by_role("button", name="Verstuur", exact=True).dblclick()
    number = number_of(hilde)
    assert numbers(hilde) - before == {number}
    hilde.go("/onthaal")
    hilde.does_not_see("Carine")


def numbers(screen: Screen) -> set[str]:
    """The broad intakes in somebody's list."""
    screen.go("/werk")
    return set(re.findall(r"BI-2026-\d{5}", screen.main.inner_text()))


def test_sending_a_used_page_again_shows_the_receipt_of_the_first_time(visit: Visit) -> None:
    wim = visit()
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Roger", name="Wauters", born="1940")
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Mondeling akkoord")
    wim.fill("Getypte naam", "Wim Segers")
    before = wim.page.evaluate("() => [...new FormData(document.querySelector('form[data-form]'))]")
    wim.press("Verstuur")
    expect(wim.page).to_have_url(re.compile("/ontvangst/"))
    first = wim.page.url
    again = wim.context.request.post(
        wim.url + "/kaart/doorverwijskaart",
        form=dict(before),
        headers={"Origin": wim.url},
    )
    assert again.url == first
    assert again.status == 200
