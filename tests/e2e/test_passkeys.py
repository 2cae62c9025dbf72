"""Somebody walks up to the desk: does one key hide the screen, and a finger bring it back with nothing lost?

The passkey is Chromium's own, in memory (WebDriver's virtual authenticator).
"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.product import PASSWORD
from tests.e2e.test_broad_intake import begin
from tests.support.pages import Screen

KEPT = re.compile("^Bewaard om")


def _virtual_passkey(screen: Screen) -> None:
    chromium = screen.context.new_cdp_session(screen.page)
    chromium.send("WebAuthn.enable")
    finger = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": finger})


def test_a_passkey_signs_in_and_opens_the_locked_screen(visit: Visit) -> None:
    sofie = visit()
    sofie.troubles.expected |= {423}
    sofie.url = sofie.url.replace(
        "127.0.0.1", "localhost"
    )  # a passkey belongs to a name, never to an address
    _virtual_passkey(sofie)
    sofie.sign_in("sofie.wouters@zandlede.example", PASSWORD)
    sofie.go("/account/beveiliging")
    sofie.fill("Naam, zoals", "laptop van Sofie")
    sofie.press("Voeg een passkey toe")
    sofie.sees("Je passkey is klaar", "laptop van Sofie")
    sofie.page.get_by_role("button", name="Afmelden").click()
    sofie.press("Meld je aan met een passkey")
    expect(sofie.page.get_by_role("button", name="Afmelden")).to_be_visible()

    begin(sofie)
    beside = sofie.context.new_page()
    beside.goto(sofie.url + "/werk")
    sofie.fill("Hoe word je graag genoemd?", "Irma")
    title = sofie.page.title()
    sofie.page.keyboard.press("F9")  # while typing
    lock = sofie.page.get_by_role("dialog", name="Scherm vergrendeld")
    expect(lock).to_be_visible()
    assert "Irma" not in sofie.page.locator("body").inner_text()
    assert sofie.page.title() == "Scherm vergrendeld"
    expect(sofie.page.get_by_label("Hoe word je graag genoemd?")).not_to_be_visible()
    expect(sofie.page.get_by_role("main")).to_have_count(0)  # nothing of the page is heard either
    expect(beside.get_by_role("dialog", name="Scherm vergrendeld")).to_be_visible()
    sofie.page.keyboard.press("Escape")
    expect(lock).to_be_visible()
    copied = sofie.context.request.get(sofie.url + "/werk", headers={"X-Requested-With": "meernet"})
    assert copied.status == 423

    lock.get_by_label("Wachtwoord of code").fill("fout")
    sofie.troubles.expected |= {422}
    lock.get_by_role("button", name="Ontgrendel", exact=True).click()
    expect(lock.get_by_text("klopt niet")).to_be_visible()
    lock.get_by_role("button", name="Ontgrendel met een passkey").click()
    expect(lock).to_be_hidden()
    assert sofie.page.title() == title
    expect(sofie.page.get_by_label("Hoe word je graag genoemd?")).to_have_value("Irma")
    expect(sofie.page.get_by_label("Hoe word je graag genoemd?")).to_be_focused()
    expect(sofie.page.get_by_text(KEPT)).to_be_visible(timeout=15_000)
    expect(beside.get_by_role("dialog", name="Scherm vergrendeld")).to_be_hidden()
    beside.close()

    sofie.page.get_by_role("button", name="Vergrendel").click()
    lock.get_by_label("Wachtwoord of code").fill(PASSWORD)
    lock.get_by_label("Wachtwoord of code").press("Enter")
    expect(lock).to_be_hidden()
    sofie.go("/account/beveiliging")
    sofie.press("Verwijder laptop van Sofie")
    sofie.sees("Dat is weg.")


def test_a_screen_locks_without_a_script_too(visit: Visit) -> None:
    hilde = visit(scripts=False)
    hilde.sign_in("hilde.claes@zandlede.example", PASSWORD)
    hilde.go("/onthaal")
    hilde.page.get_by_role("button", name="Vergrendel").click()
    hilde.sees("Scherm vergrendeld", "Hilde Claes werkt hier")
    hilde.go("/onthaal")
    hilde.sees("Scherm vergrendeld")
    hilde.fill("Wachtwoord of code", PASSWORD)
    hilde.press("Ontgrendel")
    hilde.sees("Onthaal")
