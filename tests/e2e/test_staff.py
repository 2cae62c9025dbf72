"""A coordinator reports herself out: she is told what to arrange, arranges it there, and it is done."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.support.pages import PHONE, Screen, starts

HELD = (
    ("jongerenwerker", "Jongerenwerker", "Griet Cools"),
    ("communicatie", "Communicatiedienst", "Griet Cools"),
    ("uitleendienst", "Uitleendienst", "Marleen Baert"),
)
"""What Jens Willems holds in Zandlede: contact point, its name, who stands in."""


def report(screen: Screen, who: str, first: str, last: str, *, instead: str = "") -> None:
    """Fill in an absence and look what it means."""
    screen.go("/beheer/afwezig/nieuw")
    screen.pick("Wie", who)
    screen.fill("Eerste dag", first)
    screen.fill("Laatste dag", last)
    if instead:
        screen.pick("Vervanger", instead)
    screen.press("Kijk wat dit betekent")


def test_a_coordinator_reports_herself_out_and_is_told_what_to_arrange(visit: Visit) -> None:
    veerle = visit("veerle.naessens", size=PHONE)
    veerle.troubles.expected.add(409)
    report(veerle, "Sofie Wouters", "2026-12-01", "2026-12-04", instead="Stijn Haerinck")
    veerle.press("Bewaar de afwezigheid")
    veerle.sees("De afwezigheid van Sofie Wouters is bewaard.")
    # Sofie is the only one who stands in for her at the social service
    report(veerle, "Veerle Naessens", "2026-12-02", "2026-12-08")
    veerle.sees("Dit moet eerst geregeld zijn", "Sociale dienst OCMW", "Kies wie het overneemt")
    expect(veerle.page.get_by_role("alert")).to_be_focused()
    veerle.pick("Vervanger", "Dries Vermeulen")
    veerle.press("Kijk wat dit betekent")
    veerle.sees("Nieuwe vragen", "Dries Vermeulen")
    veerle.press("Bewaar de afwezigheid")
    veerle.sees("De afwezigheid van Veerle Naessens is bewaard.")
    veerle.main.get_by_role("button", name="Gaat niet door Veerle Naessens").click()
    veerle.main.get_by_role("button", name="Gaat niet door Sofie Wouters").click()
    veerle.sees("Iedereen is er")


def test_somebody_stops_without_a_mouse_and_without_a_script(visit: Visit) -> None:
    karin = visit("karin.thijs", scripts=False)
    karin.troubles.expected.add(409)
    karin.go("/beheer/mensen")
    karin.follow("Jens Willems")
    karin.press("Stopt hier")
    karin.sees("Jens Willems houdt “Jongerenwerker”: kies een nieuwe houder.")
    expect(karin.page.get_by_label("Nieuwe houder van “Jongerenwerker”")).to_contain_text(
        "Griet Cools (voorstel)"
    )
    karin.page.get_by_role("button", name="Regel dit").focus()
    karin.page.keyboard.press("Enter")
    karin.sees("Alles is geregeld. Jens Willems heeft niets meer open.")
    karin.page.get_by_role("button", name="Zet Jens Willems op inactief").focus()
    karin.page.keyboard.press("Enter")
    karin.sees("Jens Willems is niet meer actief")
    karin.page.get_by_text(starts("1 niet meer actief")).click()
    karin.follow("Jens Willems")
    karin.press("Zet weer op actief")
    karin.sees("Jens Willems is weer actief.")
    # give the contact points back, for whoever comes after
    for point, title, substitute in HELD:
        karin.go(f"/beheer/aanspreekpunten/{point}/overal")
        karin.pick("Houder", "Jens Willems")
        karin.press("Nog een vervanger")
        karin.page.get_by_label("Vervanger 1", exact=True).select_option(label=substitute)
        karin.press("Bewaar")
        karin.sees(f"{title} is bewaard.")
