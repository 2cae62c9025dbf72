"""Does a referral card reach one person in time, and does the referrer hear of it?"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.support.pages import PHONE, Screen

NUMBER = re.compile(r"DVK-2026-\d{5}")
PRIVATE = ("Vandenbulcke", "Maria", "0400 00 00 71", "Oosthoek", "alleen sinds", "Eenzaam")
"""What a referrer told; none of it may leave the house."""


def fill_card(screen: Screen, *, first: str, name: str, born: str, told: str = "") -> None:
    """Everything on the card but the signature and what is agreed."""
    who = screen.section("Over wie gaat het?")
    screen.fill("Voornaam", first, within=who)
    screen.fill("Familienaam", name, within=who)
    screen.fill("Geboortedatum of geboortejaar", born, within=who)
    screen.pick("In welk dorp of welke wijk?", "Oosthoek", within=who)
    screen.choose("Kruis samen aan", "Eenzaam, mensen ontmoeten")
    if told:
        screen.fill("Wil je er iets over zeggen?", told)
    screen.choose("Kan dit wachten tot volgende week?", "Ja")
    screen.fill("Telefoon", "0400 00 00 71", within=screen.section("Hoe en wanneer mogen we je contacteren?"))
    referrer = screen.section("Wie vult dit mee in?")
    screen.fill("Naam", "Wim Segers", within=referrer)
    screen.pick("Functie", "Thuisverpleegkundige", within=referrer)
    screen.fill("Telefoon", "0400 00 00 31", within=referrer)
    screen.fill("E-mail", "wim.segers@zorg.example", within=referrer)


def agree(screen: Screen) -> None:
    """Give both consents."""
    screen.tick("Ik vind het goed dat deze kaart naar")
    screen.tick("De doorverwijzer mag weten dát ik geholpen ben")


def draw(screen: Screen) -> None:
    """Sign with the mouse, or a finger."""
    screen.choose("Handtekening van de bewoner", "Tekenen op het scherm")
    pad = screen.main.get_by_role("img", name="Teken hier")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    mouse = screen.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 60)
    mouse.down()
    for step in range(1, 12):
        mouse.move(box["x"] + 30 + step * 18, box["y"] + 60 + (30 if step % 2 else -20))
    mouse.up()


def test_a_card_signed_with_a_typed_name_says_who_will_call_and_when(visit: Visit) -> None:
    phone = visit(size=PHONE)
    phone.go("/")
    phone.follow("Doorverwijskaart")
    fill_card(phone, first="Godelieve", name="'t Jolle", born="1947")
    agree(phone)
    phone.choose("Handtekening van de bewoner", "Naam typen")
    phone.fill("Getypte naam", "Godelieve 't Jolle")
    phone.press("Verstuur")
    expect(phone.page).to_have_url(re.compile("/ontvangst/DVK-2026-"))
    assert "Joris Maes, 0400 00 00 11" in phone.fact("Contactpersoon")
    assert "13 november 2026" in phone.fact("Probeert een eerste keer tegen")
    assert "24 november 2026" in phone.fact("Belt ten laatste op")


def test_a_card_that_misses_something_says_what_and_keeps_the_rest(visit: Visit) -> None:
    phone = visit(size=PHONE)
    phone.go("/kaart/doorverwijskaart")
    fill_card(phone, first="Albert", name="De Smet", born="1936", told="Niet kwijt te raken")
    phone.press("Verstuur")
    summary = phone.main.get_by_role("alert", name="Kijk dit nog even na")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(phone.page.get_by_label("Wil je er iets over zeggen?")).to_have_value("Niet kwijt te raken")
    agree(phone)
    draw(phone)
    phone.press("Verstuur")
    expect(phone.page).to_have_url(re.compile("/ontvangst/DVK-2026-"))


def test_a_card_is_followed_from_the_kitchen_table_to_its_end(
    visit: Visit, moved: Callable[[str], None]
) -> None:
    # Monday 9.40: Wim fills in the card with Maria.
    wim = visit(size=PHONE)
    wim.go("/kaart/doorverwijskaart")
    fill_card(wim, first="Maria", name="Vandenbulcke", born="1941", told="Ze is alleen sinds de zomer.")
    agree(wim)
    draw(wim)
    wim.press("Verstuur")
    expect(wim.page.get_by_text(NUMBER).first).to_be_visible()
    number = NUMBER.findall(wim.main.inner_text())[0]
    code = wim.fact("Code om op te volgen")
    assert wim.fact("Contactpersoon").startswith("Joris Maes")

    # Joris sees it among what is due, why it is his, and when.
    joris = visit("joris.maes")
    joris.go("/werk")
    row = joris.main.get_by_role("listitem").filter(has_text=number)
    expect(row).to_contain_text("vr 13 nov")
    row.get_by_role("link", name="Leg contact met de bewoner").click()
    case = urlsplit(joris.page.url).path
    joris.sees("Maria Vandenbulcke", "Ze is alleen sinds de zomer.", "vrijdag 13 november 2026", "di 24 nov")
    why = joris.main.get_by_text("Joris Maes is Aanspreekpunt 65+.").last
    expect(why).to_be_hidden()
    joris.open("Waarom bij deze persoon?")
    expect(why).to_be_visible()
    joris.main.locator("summary").filter(has_text=re.compile(r"^Akkoord")).click()
    expect(joris.main.get_by_role("img", name=re.compile("[Gg]etekend"))).to_be_visible()

    # He calls her, and the referrer hears that it began.
    joris.press("Gesproken")
    joris.choose("Hoe sprak je de persoon?", "Telefoon")
    joris.fill("Wat spraken jullie af?", "Vrijdag samen koffie drinken.")
    joris.choose("Hoe gaf je de privacy-informatie?", "Mondeling")
    joris.press("Gesproken")
    joris.sees("In opvolging", "Vrijdag samen koffie drinken.", "Gehaald")
    assert_mail(visit("tom.aerts"), f"Kaart {number} is opgestart")
    look_up(wim, number, code)
    wim.sees("Bezig", "Joris Maes")
    wim.does_not_see(*PRIVATE, "koffie")

    # Eight days later he rounds off.
    moved("2026-11-17 10:00")
    joris.go(case)
    joris.press("Rond af")
    joris.choose("Waarom sluit je dit af?", "Verbonden met buur, vrijwilliger of activiteit")
    joris.press("Rond af")
    joris.sees("Afgesloten", "Verbonden met buur, vrijwilliger of activiteit")
    joris.go("/werk")
    joris.does_not_see(number)
    assert_mail(visit("tom.aerts"), f"Kaart {number} is afgerond")
    look_up(wim, number, code)
    wim.sees("Klaar")
    wim.does_not_see(*PRIVATE, "koffie", "Verbonden met")


def look_up(screen: Screen, number: str, code: str) -> None:
    """Ask after a card, as a referrer does."""
    screen.go("/opvolgen")
    screen.fill("Nummer", number)
    screen.fill("Code", code)
    screen.press("Kijk na")


def assert_mail(screen: Screen, subject: str) -> None:
    """The message is in the mailbox of the demo, and says nothing of what was told."""
    screen.wait_for_mail(subject)
    screen.main.get_by_role("link", name=subject).click()
    screen.sees("wim.segers@zorg.example", "Joris Maes")
    screen.does_not_see(*PRIVATE)
