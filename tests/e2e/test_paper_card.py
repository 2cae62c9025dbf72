"""Does a card on paper become one case under its own number, by a telephone or at the desk?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.documents import reading_pdf
from tests.e2e.conftest import Visit
from tests.e2e.test_card import agree, fill_card
from tests.support.pages import PHONE, Screen


def printed(hilde: Screen, count: int) -> tuple[list[str], list[str]]:
    """Print cards for Joris in Oosthoek: their numbers, and what a camera reads on them."""
    hilde.go("/onthaal/kaarten")
    hilde.pick("Aanspreekpunt", "Aanspreekpunt 65+ (Joris Maes)")
    hilde.pick("Dorp of wijk", "Oosthoek")
    hilde.fill("Aantal kaarten", str(count))
    hilde.press("Maak de kaarten")
    found = re.findall(r"DVK-2026-P\d{4}-\d", hilde.main.get_by_role("table").inner_text())
    numbers = list(dict.fromkeys(found))
    address = hilde.main.get_by_role("link", name="als pdf").get_attribute("href")
    assert address is not None
    pdf = hilde.context.request.get(hilde.page.url.partition("/onthaal")[0] + address)
    return numbers, reading_pdf.links(pdf.body())


def signed(phone: Screen) -> None:
    """Sign with a name."""
    phone.choose("Handtekening van de bewoner", "Naam typen")
    phone.fill("Getypte naam", "Maria Vandenbulcke")


def test_a_card_is_sent_from_a_telephone_and_the_desk_cannot_enter_it_again(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    (number, other), (link, _) = printed(hilde, 2)

    # Wim scans the card at the kitchen table.
    wim = visit(size=PHONE)
    wim.page.goto(link)
    wim.sees(f"Kaart {number}")
    fill_card(wim, first="Maria", name="Vandenbulcke", born="1941")
    agree(wim)
    signed(wim)
    wim.press("Verstuur")
    expect(wim.page).to_have_url(re.compile(f"/ontvangst/{number}$"))

    # Scanned once more, it tells that it came in, and nothing of what is in it.
    watching = visit(size=PHONE)
    watching.troubles.expected.add(410)
    watching.page.goto(link)
    watching.sees("Deze kaart is al gebruikt", number)
    watching.does_not_see("Vandenbulcke", "Maria")

    # At the desk the scanner types what it reads, with Enter after it.
    hilde.go("/onthaal")
    hilde.page.get_by_label("Kaartnummer").focus()
    hilde.page.keyboard.type(link)
    hilde.page.keyboard.press("Enter")
    hilde.sees("kwam al binnen")
    expect(hilde.main.get_by_role("link", name="Naar het dossier")).to_be_visible()

    # The other one was never sent: entered under its own number.
    hilde.go("/onthaal")
    hilde.fill("Kaartnummer", other.lower())
    hilde.page.keyboard.press("Enter")
    expect(hilde.page.get_by_label("Kaartnummer")).to_have_value(other)
