"""A call campaign as those who run and call it live it: a list comes in, names are given, somebody rings."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.calling import listed, row
from tests.support.pages import Screen

ROWS, BAD = 800, 40
CAMPAIGN = "Winter 75+"


def the_list() -> bytes:
    """Eight hundred names of Zandlede as Burgerzaken sends them; of forty the telephone number is no number."""
    wrong = ROWS // BAD
    return listed(row(n, tel="nog te vragen") if n % wrong == wrong - 1 else row(n) for n in range(ROWS))


def start_campaign(karin: Screen) -> None:
    """From an empty page to a list that is in, with a report of what cannot come along."""
    karin.go("/campagnes")
    karin.click(karin.main.get_by_role("link", name=re.compile(rf"^Start.*{re.escape(CAMPAIGN)}")))
    karin.press("Start")
    karin.page.get_by_label(re.compile("^Bestand met de lijst")).set_input_files(
        {"name": "75plus.csv", "mimeType": "text/csv", "buffer": the_list()}
    )
    karin.press("Breng de lijst binnen")
    karin.sees(f"Er staan {ROWS} rijen in het bestand.")
    karin.press("Kijk alle rijen na")
    karin.sees(f"{ROWS - BAD} rijen zijn goed. {BAD} rijen kunnen niet mee.")
    karin.press(f"Lees {ROWS - BAD} rijen in")
    expect(karin.main).to_contain_text(f"{ROWS - BAD} namen staan op de lijst.", timeout=60_000)
    karin.press("Verdeel de namen")


def give_names(karin: Screen, who: str, size: int) -> None:
    """Somebody gets the next names of the list."""
    karin.fill("Hoeveel namen?", str(size))
    karin.pick("Voor wie?", who)
    karin.press("Geef deze namen")
    karin.sees(who, f"{size} van {size} nog te doen")


def not_reached(paul: Screen) -> None:
    """Nobody picks up: the next name comes."""
    name = _next(paul)
    paul.press("Geen antwoord")
    _gone_on(paul, name)


def deceased(paul: Screen) -> None:
    """The family answers: nobody ever calls here again."""
    name = _next(paul)
    card = paul.main.get_by_role("region", name=name)
    card.locator("summary", has_text="Overleden").click()
    paul.press("Overleden: stop alle contact")
    _gone_on(paul, name)


def talk(
    paul: Screen, how: str = "Goed", *, again: str = "Nee", need: str = "", worried: str = "Nee"
) -> None:
    """Somebody picks up, and the sheet is filled in while they talk; ``need``: what is asked for, to be passed on."""
    name = _next(paul)
    paul.main.get_by_role("region", name=name).get_by_role("link", name="Gesprek", exact=True).click()
    paul.choose("Hoe gaat het met u?", how)
    if need:
        paul.choose("Boodschappen", "Hulp gewenst")
        paul.fill("Welke vraag hebt u concreet?", need)
        paul.choose("Mag iemand van de gemeente u hierover bellen?", "Ja")
    paul.choose("Wilt u nog gebeld worden?", again)
    paul.choose("Maakt u zich als beller zorgen?", worried)
    paul.press("Klaar")
    _gone_on(paul, name)


def _next(paul: Screen) -> str:
    return paul.main.locator(".next-contact h2").inner_text()


def _gone_on(paul: Screen, name: str) -> None:
    paul.sees("Genoteerd.")
    expect(paul.main.locator(".next-contact h2")).not_to_have_text(name)


def open_batch(paul: Screen) -> None:
    """Somebody who calls opens the own names."""
    paul.go("/mijn-reeksen")
    paul.click(paul.main.get_by_role("link", name=re.compile(re.escape(CAMPAIGN))))


def ends(karin: Screen) -> None:
    """Nobody calls any more, and the list may go."""
    karin.open("Stop nu")
    karin.press("Stop de campagne")
    karin.press("Stel voor om de lijst te vernietigen")


def agrees_to_destroy(ilse: Screen) -> None:
    """Somebody else reads what goes, and says yes."""
    ilse.go("/bewaren")
    ilse.follow("Bekijk en keur goed")
    ilse.sees(f"{ROWS - BAD} namen met wat erbij staat")
    ilse.press("Vernietig de lijst")


def sees_it_destroyed(karin: Screen) -> None:
    """The worker does it in its own time: look again until it is done."""
    karin.go("/campagnes")
    karin.follow(CAMPAIGN)
    for _ in range(60):
        if "is vernietigd op" in karin.main.inner_text():
            return
        karin.page.wait_for_timeout(500)
        karin.page.reload()
    karin.sees("is vernietigd op")
