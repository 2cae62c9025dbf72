"""How many clicks and keys do the jobs of every day take? As many as ``docs/performance.md`` says, and no more.

By mouse and by keyboard alone, from the page on which one stands when the job begins to the page that says it is done.
What is counted comes from the browser: presses of the mouse or a finger, and keys, the letters of a text among them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_card import agree, fill_card
from tests.support.pages import PHONE, Screen
from tests.support.presses import Presses, counting

TABLE = Path(__file__).parents[2] / "docs" / "performance.md"
CARD = re.compile(r"DVK-2026-\d{5}")
ROW = re.compile(
    r"^\| (?P<job>[^|]+?) \| (?P<how>mouse|keyboard|phone) \| (?P<clicks>\d+) \| (?P<keys>\d+) \|$", re.M
)


def told() -> dict[tuple[str, str], tuple[int, int]]:
    """What the table says: job and how -> clicks and keys."""
    rows = ROW.finditer(TABLE.read_text(encoding="utf-8"))
    return {(row["job"], row["how"]): (int(row["clicks"]), int(row["keys"])) for row in rows}


def as_told(presses: Presses, job: str, how: str) -> None:
    """What was counted is what the documentation tells."""
    assert (presses.clicks, presses.keys) == told().get((job, how)), (job, how)


def card(visit: Visit, name: str, *, worry: str = "Eenzaam, mensen ontmoeten") -> str:
    """A card about somebody new; its number."""
    wim = visit(size=PHONE)
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Nieuw", name=name, born="1941" if worry.startswith("Eenzaam") else "1980")
    if not worry.startswith("Eenzaam"):
        wim.question("Kruis samen aan").get_by_label("Eenzaam, mensen ontmoeten").uncheck()
        wim.choose("Kruis samen aan", worry)
    agree(wim)
    wim.choose("Handtekening van de bewoner", "Naam typen")
    wim.fill("Getypte naam", name)
    wim.press("Verstuur")
    wim.sees("DVK-2026-")
    found: str = CARD.findall(wim.main.inner_text())[0]
    return found


def in_the_list(screen: Screen, number: str, query: str = "toon=all") -> None:
    """The list, with the row of a number alone on it."""
    screen.go(f"/werk?{query}")
    expect(screen.main.locator("[data-row]").filter(has_text=number)).to_be_visible()


def test_a_call_attempt_by_mouse(visit: Visit) -> None:
    number = card(visit, "Muis")
    joris = visit("joris.maes")
    presses = counting(joris)
    in_the_list(joris, number)
    row = joris.main.locator("[data-row]").filter(has_text=number)
    row.get_by_role("button", name="Doe").or_(row.get_by_role("link", name="Doe")).first.click()
    joris.page.get_by_role("link", name="Niet bereikt").first.click()
    joris.page.get_by_role("button", name="Niet bereikt").click()
    expect(joris.page.get_by_role("dialog")).to_be_hidden()
    expect(row).to_contain_text("Wacht tot")
    as_told(presses, "register a call attempt", "mouse")


def test_a_call_attempt_by_keyboard(visit: Visit) -> None:
    number = card(visit, "Toetsenbord")
    joris = visit("joris.maes")
    joris.go("/werk?toon=all")
    joris.main.locator("[data-row]").filter(has_text=number).get_by_role("link").first.click()
    presses = counting(joris)
    joris.page.reload()
    keys = joris.page.keyboard
    joris.main.get_by_role("link", name="Niet bereikt").focus()
    keys.press("Enter")
    expect(joris.page.get_by_role("radio", name="Geen antwoord").first).to_be_focused()
    keys.press("2")
    keys.press("Enter")
    joris.sees("Voicemail")
    as_told(presses, "register a call attempt", "keyboard")


def test_accept_and_plan(visit: Visit) -> None:
    number = card(visit, "Plannen", worry="Andere")
    hilde = visit("hilde.claes")
    presses = counting(hilde)
    in_the_list(hilde, number, "van=group&toon=all")
    row = hilde.main.locator("[data-row]").filter(has_text=number)
    row.get_by_role("button", name="Neem dit op").click()
    in_the_list(hilde, number)
    hilde.main.locator("[data-row]").filter(has_text=number).get_by_role("link").first.click()
    hilde.press("Voeg een taak toe")
    hilde.page.get_by_label("Wat moet er gebeuren?").press_sequentially("Bellen")
    hilde.page.get_by_label("Tegen wanneer?").press_sequentially("13/11")
    hilde.press("Voeg toe")
    hilde.sees("Bellen")
    as_told(presses, "accept and plan", "mouse")


def test_close_with_feedback(visit: Visit) -> None:
    number = card(visit, "Afronden")
    joris = visit("joris.maes")
    joris.go("/werk?toon=all")
    joris.main.locator("[data-row]").filter(has_text=number).get_by_role("link").first.click()
    joris.press("Gesproken")
    joris.choose("Hoe sprak je de persoon?", "Telefoon")
    joris.choose("Hoe gaf je de privacy-informatie?", "Mondeling")
    joris.press("Gesproken")
    joris.sees("In opvolging")
    presses = counting(joris)
    joris.page.reload()
    joris.press("Rond af")
    joris.choose("Waarom sluit je dit af?", "Verbonden met buur, vrijwilliger of activiteit")
    joris.press("Rond af")
    joris.sees("Afgesloten")
    as_told(presses, "close with feedback", "mouse")


@pytest.mark.timeout(180)
def test_a_card_on_a_phone(visit: Visit) -> None:
    phone = visit(size=PHONE)
    presses = counting(phone)
    phone.go("/kaart/doorverwijskaart")
    type_in(phone, "Over wie gaat het?", "Familienaam", "Claes")
    phone.page.get_by_label("In welk dorp of welke wijk?").select_option(label="Oosthoek")
    presses.counts["clicks"] += 2  # a phone's own list: open it, choose; no page hears of it
    for question, option in (
        ("Kruis samen aan", "Eenzaam, mensen ontmoeten"),
        ("Kan dit wachten tot volgende week?", "Ja"),
    ):
        phone.question(question).get_by_label(option, exact=True).click()
    type_in(phone, "Hoe en wanneer mogen we je contacteren?", "Telefoon", "0400000071")
    phone.page.get_by_label(re.compile("^Ik vind het goed dat deze kaart naar")).click()
    phone.question("Handtekening van de bewoner").get_by_label("Naam typen", exact=True).click()
    signature = phone.page.get_by_label(re.compile("^Getypte naam")).first
    signature.click()
    signature.press_sequentially("Claes")
    type_in(phone, "Wie vult dit mee in?", "Naam", "Segers")
    phone.pick("Functie", "Thuisverpleegkundige")
    presses.counts["clicks"] += 2
    type_in(phone, "Wie vult dit mee in?", "Telefoon", "0400000031")
    phone.press("Verstuur")
    phone.sees("DVK-2026-")
    as_told(presses, "card on a phone", "phone")


def type_in(screen: Screen, section: str, label: str, text: str) -> None:
    """Tap an input, and type."""
    found = screen.section(section).get_by_label(re.compile(rf"^{label}")).first
    found.click()
    found.press_sequentially(text)
