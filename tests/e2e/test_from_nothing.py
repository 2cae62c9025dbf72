"""Somebody who never programmed makes a form and its process with the guide beside it, and a resident is helped."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_editor import is_told, preview, saved, write
from tests.e2e.test_for_everybody import check
from tests.support.pages import Screen

WIDE = (1366, 850)
NO_PROBLEM = "Geen problemen gevonden."


def copied(tom: Screen, page: str) -> str:
    """The example of a page of the guide, as one copies it."""
    tom.go(f"/beheer/gids/{page}")
    return tom.main.locator("pre").first.inner_text()


def tidied(tom: Screen) -> None:
    """What other journeys left unfinished goes: their mistakes would stand beside ours."""
    tom.go("/beheer/publiceren")
    while tom.main.locator("details.sure").count():
        unfinished = tom.main.locator("details.sure").first
        unfinished.locator("summary").click()
        unfinished.get_by_role("button").click()
        tom.page.wait_for_load_state()


def test_from_nothing_by_the_guide_alone_to_the_right_queue(visit: Visit) -> None:
    tom = visit("tom.aerts", size=WIDE)
    tidied(tom)
    form, process = copied(tom, "eerste_formulier"), copied(tom, "eerste_proces")

    tom.go("/beheer/formulieren")
    tom.main.get_by_role("link", name="Nieuw formulier").click()
    tom.fill("Titel", "Een klusje vragen")
    tom.fill("Naam", "klusje")
    tom.press("Begin")
    write(tom, form)
    is_told(tom, NO_PROBLEM)
    asked = preview(tom).get_by_label("Waar moet je naartoe?")
    expect(asked).to_be_hidden()
    preview(tom).get_by_text("Vervoer", exact=True).click()
    expect(asked).to_be_visible()
    saved(tom)

    tom.go("/beheer/formulieren")
    row = tom.main.get_by_role("row").filter(has_text="workflows/klusje.yaml")
    row.get_by_role("link", name="Bewerk").click()
    write(tom, process)
    is_told(tom, NO_PROBLEM)
    expect(preview(tom).get_by_role("img", name="Schema van het proces Klusjeshulp")).to_be_visible()
    saved(tom)

    tom.go("/beheer/uitproberen/klusje")
    ask(tom, "Tuin")
    tom.press("Begin te spelen")
    tom.sees("Zoek iemand die kan helpen", "Nele Lambrecht")
    tom.press("Iemand gevonden")
    tom.sees("Vraag of het klusje gedaan is")
    check(tom)

    tom.go("/beheer/publiceren")
    tom.sees("Een klusje vragen", "Klusjeshulp")
    check(tom)
    tom.fill("Waarom verander je dit?", "Buren die een handje nodig hebben.")
    tom.press("Publiceer")
    tom.sees("Gepubliceerd.")

    neighbour = visit()
    neighbour.go("/")
    neighbour.main.get_by_role("link", name="Een klusje vragen").click()
    ask(neighbour, "Tuin")
    neighbour.press("Verstuur")
    neighbour.sees("KL-2026-00001")

    nele = visit("nele.lambrecht")
    nele.go("/werk")
    nele.sees("Zoek iemand die kan helpen", "KL-2026-00001")


def ask(screen: Screen, kind: str) -> None:
    """Fill the form in."""
    screen.choose("Wat voor klusje is het?", kind)
    screen.pick("In welk dorp of welke wijk woon je?", "Oosthoek")
    screen.fill("Je naam", "Marie Peeters")
    screen.fill("Op welk nummer mogen we je bellen?", "0400 00 00 88")
