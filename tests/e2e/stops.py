"""Where does somebody get to in the product? Every page, and the states of it that look different, by who sees them.

``STOPS`` is what ``test_every_page.py`` walks along and what the pictures of ``docs/images/pages`` show. A new route
that answers a browser must get a stop here, or a reason in ``NO_PAGE``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.e2e.no_page import NO_PAGE
from tests.e2e.test_broad_intake import begin
from tests.support.pages import Screen

__all__ = ["NO_PAGE", "STOPS", "Stop"]

Arrive = Callable[[Screen], None]

"""Routes that answer GET and are no page of their own here, and why."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page in one state. ``who`` is an account of Zandlede before the @, or empty for a visitor."""

    name: str
    endpoint: str
    who: str
    arrive: Arrive


def at(path: str) -> Arrive:
    """Open an address."""
    return lambda screen: screen.go(path)


def by(path: str, *links: str) -> Arrive:
    """Open an address, and follow links whose text begins like this, one after the other."""

    def arrive(screen: Screen) -> None:
        screen.go(path)
        for link in links:
            screen.follow(link)

    return arrive


def coming(*links: str) -> Arrive:
    """Open the last session of this month, and follow links from there."""

    def arrive(screen: Screen) -> None:
        screen.go("/sessies")
        screen.main.locator(".session-what a").last.click()
        for link in links:
            screen.follow(link)

    return arrive


def and_seek(path: str, text: str) -> Arrive:
    """Open an address, and look for something there."""

    def arrive(screen: Screen) -> None:
        screen.go(path)
        screen.fill("Zoek een dossier", text)
        screen.press("Zoek")

    return arrive


def and_press(before: Arrive, *buttons: str) -> Arrive:
    """Then press these."""

    def arrive(screen: Screen) -> None:
        before(screen)
        for button in buttons:
            screen.press(button)

    return arrive


def wrong(path: str, button: str) -> Arrive:
    """A form that is sent with nothing in it."""

    def arrive(screen: Screen) -> None:
        screen.go(path)
        screen.press(button)
        expect(screen.main.get_by_role("alert").first).to_be_visible()

    return arrive


def case_of(link: str) -> Arrive:
    """The first case in one's own queue with a task like this."""
    return by("/werk?toon=all", link)


def intake_begun(screen: Screen) -> None:
    """A conversation at the desk, just begun."""
    begin(screen)


def intake_wrong(screen: Screen) -> None:
    """The same, handed in too early."""
    begin(screen)
    screen.press("Verstuur")
    expect(screen.main.get_by_role("alert").first).to_be_visible()


def person_found(screen: Screen) -> None:
    """The thin record of somebody, by the sound of a name."""
    screen.go("/onthaal/zoeken")
    screen.fill("Naam, zoals je hem hoort", "Maria van den Bulke")
    screen.press("Zoek")
    screen.follow("Maria")


def cards_printed(screen: Screen) -> None:
    """Cards with numbers, ready to print."""
    screen.go("/onthaal/kaarten")
    screen.fill("Aantal kaarten", "2")
    screen.press("Maak de kaarten")


def number_wrong(screen: Screen) -> None:
    """A number that is on no card."""
    screen.go("/onthaal")
    screen.fill("Kaartnummer", "DVK-2026-P9999-1")
    screen.press("Voer de kaart in")


VISITOR = (
    Stop("privacy", "statements.privacy", "", at("/privacy")),
    Stop("privacy-form", "statements.form_privacy", "", at("/privacy/doorverwijskaart")),
    Stop("accessibility", "statements.accessibility", "", at("/toegankelijkheid")),
    Stop("protocols", "statements.protocols_page", "", at("/protocollen")),
    Stop("complaints", "statements.complaints", "", at("/klachten")),
    Stop("start", "home.index", "", at("/")),
    Stop("sign-in", "account.sign_in", "", at("/aanmelden")),
    Stop("card", "public.form", "", at("/kaart/doorverwijskaart")),
    Stop("card-wrong", "public.form", "", wrong("/kaart/doorverwijskaart", "Verstuur")),
    Stop("volunteer-form", "public.form", "", at("/kaart/vrijwilligersintake")),
    Stop("status", "public.status", "", at("/opvolgen")),
    Stop("resident-door", "mine.index", "", at("/mijn")),
    Stop("resident-door-number", "mine.by_number", "", at("/mijn/DVK-2026-00417")),
    Stop("not-found", "error", "", at("/weg")),
)

CONTACT = (
    Stop("start-contact", "home.index", "joris.maes", at("/")),
    Stop("account", "account.index", "joris.maes", at("/account")),
    Stop("account-protection", "second_step.index", "joris.maes", at("/account/beveiliging")),
    Stop("queue", "queue.index", "joris.maes", at("/werk")),
    Stop("queue-all", "queue.index", "joris.maes", at("/werk?toon=all")),
    Stop("case", "cases.show", "joris.maes", case_of("Leg contact")),
    Stop(
        "case-hand-over",
        "colleagues.hand_over_page",
        "joris.maes",
        and_press(case_of("Leg contact"), "Draag over"),
    ),
    Stop("case-share", "colleagues.share_page", "joris.maes", and_press(case_of("Leg contact"), "Deel")),
    Stop(
        "case-task", "beside.task_page", "joris.maes", and_press(case_of("Leg contact"), "Voeg een taak toe")
    ),
    Stop("case-never", "beside.kept_page", "joris.maes", and_press(case_of("Leg contact"), "Wie nooit?")),
    Stop("partners", "partners.index", "joris.maes", at("/partners")),
    Stop("partner", "partners.show", "joris.maes", by("/partners", "CAW")),
)

RECEPTION = (
    Stop("start-reception", "home.index", "hilde.claes", at("/")),
    Stop("reception", "reception.index", "hilde.claes", at("/onthaal")),
    Stop("sheet", "sheets.form", "hilde.claes", at("/blad/huisbezoek_bevindingen")),
    Stop("sheet-done", "sheets.done", "hilde.claes", at("/blad/huisbezoek_bevindingen/klaar")),
    Stop("search", "finding.search", "hilde.claes", at("/onthaal/zoeken")),
    Stop("post", "post.index", "hilde.claes", at("/onthaal/post")),
    Stop("cards", "cards.index", "hilde.claes", at("/onthaal/kaarten")),
    Stop("cards-printed", "cards.show", "hilde.claes", cards_printed),
    Stop("card-number-wrong", "cards.scanned", "hilde.claes", number_wrong),
    Stop("photo", "photo.show", "hilde.claes", at("/foto")),
    Stop("intake", "reception.fill", "hilde.claes", intake_begun),
    Stop("intake-wrong", "reception.fill", "hilde.claes", intake_wrong),
)

LEADS = (
    Stop("person", "people.show", "karin.thijs", person_found),
    Stop("take-over", "takeovers.index", "karin.thijs", at("/overnemen")),
    Stop("take-over-choose", "takeovers.choose", "karin.thijs", by("/overnemen", "Joris Maes")),
    Stop("partner-new", "partners.add", "karin.thijs", at("/partners/nieuw")),
    Stop("partner-edit", "partners.edit", "karin.thijs", and_press(by("/partners", "CAW"), "Wijzig")),
    Stop("partner-list", "partner_sheet.show", "karin.thijs", at("/partners/lijst")),
    Stop("point-roster", "points.roster", "karin.thijs", at("/beheer/aanspreekpunten/wachtdienst/beurten")),
    Stop(
        "staff-stops",
        "leaving.show",
        "karin.thijs",
        and_press(by("/beheer/mensen", "Jens Willems"), "Stopt hier"),
    ),
    Stop("start-lead", "home.index", "karin.thijs", at("/")),
    Stop("queue-filtered", "queue.index", "joris.maes", at("/werk?van=mine&buurt=oosthoek&dringend=1")),
    Stop("queue-panel", "quick.show", "joris.maes", by("/werk?van=mine", "Doe")),
    Stop("queue-views", "views.index", "joris.maes", at("/werk/weergaven?van=mine&dringend=1")),
    Stop("queue-found", "seeking.found", "joris.maes", and_seek("/werk?van=mine", "Oosthoek")),
    Stop("queue-team", "queue.index", "karin.thijs", at("/werk?van=team")),
    Stop("overview", "overview.index", "karin.thijs", at("/overzicht")),
    Stop("staff", "staff.index", "karin.thijs", at("/beheer/mensen")),
    Stop("staff-person", "staff.show", "karin.thijs", by("/beheer/mensen", "Joris Maes")),
    Stop("staff-new", "staff.add", "karin.thijs", at("/beheer/mensen/nieuw")),
    Stop("staff-list", "staff.sheet", "karin.thijs", at("/beheer/mensen/lijst")),
    Stop("points", "points.index", "karin.thijs", at("/beheer/aanspreekpunten")),
    Stop("point", "points.show", "karin.thijs", at("/beheer/aanspreekpunten/aanspreekpunt_65plus")),
    Stop("absences", "absences.index", "karin.thijs", at("/beheer/afwezig")),
    Stop("absence-new", "absences.add", "karin.thijs", at("/beheer/afwezig/nieuw")),
    Stop("calendar", "calendar.index", "karin.thijs", at("/beheer/kalender")),
    Stop("links", "links.index", "karin.thijs", at("/beheer/doorverwijzers")),
    Stop("link-new", "links.new", "karin.thijs", at("/beheer/doorverwijzers/nieuw")),
    Stop("link-wrong", "links.make", "karin.thijs", wrong("/beheer/doorverwijzers/nieuw", "Maak de link")),
    Stop("coming", "coming.index", "", at("/kalender")),
    Stop("sessions", "sessions.index", "griet.cools", at("/sessies")),
    Stop("session", "sessions.show", "griet.cools", coming()),
    Stop("session-kitchen", "session_lists.show", "griet.cools", coming("Keuken")),
    Stop("session-series", "session_series.form", "griet.cools", coming("Een reeks")),
    Stop("roster", "sessions.helping", "marleen.baert", at("/sessies/rooster")),
    Stop("consents", "consents.index", "ilse.verbeke", at("/akkoorden")),
    Stop("reports", "reports.index", "pieter.bogaert", at("/cijfers/")),
    Stop("reports-sheets", "reports.sheets", "pieter.bogaert", at("/cijfers/bladen/huisbezoek_bevindingen")),
    Stop("reports-now", "reports.index", "karin.thijs", at("/cijfers/?periode=nu")),
    Stop("reports-list", "listing.index", "pieter.bogaert", at("/rapporten")),
    Stop("report", "listing.show", "karin.thijs", at("/rapporten/page_doorverwijskaart")),
    Stop("regions", "regions.index", "karin.thijs", at("/cijfers/vergelijken")),
    Stop("figures", "elsewhere.index", "pieter.bogaert", at("/cijfers/elders")),
    Stop("figures-list", "elsewhere.sheet", "pieter.bogaert", at("/cijfers/elders/lijst")),
    Stop(
        "figures-list-wrong", "elsewhere.sheet", "pieter.bogaert", wrong("/cijfers/elders/lijst", "Kijk na")
    ),
)


def _editor(screen: Screen) -> None:
    """The editor, once it has its lines and everything was checked."""
    screen.go("/beheer/bewerken/formdefs/doorverwijskaart.yaml")
    expect(screen.page.locator("[data-summary]")).to_have_text("Geen problemen gevonden.", timeout=60_000)


STUDIO = (
    Stop("forms", "studio.index", "tom.aerts", at("/beheer/formulieren")),
    Stop("register", "register.index", "tom.aerts", at("/beheer/verwerkingen")),
    Stop("assessment", "register.assessment", "ilse.verbeke", at("/beheer/verwerkingen/brede_intake/dpia")),
    Stop("statements", "settings.statements_step", "tom.aerts", at("/beheer/gemeente/publiek")),
    Stop("statement-access", "settings.statement", "tom.aerts", at("/beheer/gemeente/publiek/accessibility")),
    Stop("form-preview", "studio.preview", "tom.aerts", at("/beheer/formulieren/doorverwijskaart")),
    Stop("process", "studio.process", "tom.aerts", at("/beheer/processen/warme_doorverwijzing")),
    Stop("editor", "editor.open", "tom.aerts", _editor),
    Stop("publish", "work.index", "tom.aerts", at("/beheer/publiceren")),
    Stop("trial", "trial.index", "tom.aerts", at("/beheer/uitproberen")),
    Stop("trial-form", "trial.form", "tom.aerts", at("/beheer/uitproberen/doorverwijskaart")),
    Stop(
        "trial-examples",
        "trial.examples",
        "tom.aerts",
        at("/beheer/uitproberen/doorverwijskaart/voorbeelden"),
    ),
    Stop("packages", "packages.index", "tom.aerts", at("/beheer/uitwisselen")),
    Stop("versions", "versions.index", "tom.aerts", at("/beheer/versies/formulier/doorverwijskaart")),
    Stop("version", "versions.one", "tom.aerts", at("/beheer/versies/formulier/doorverwijskaart/1")),
    Stop("opening", "intake.show", "tom.aerts", at("/beheer/openstellen/doorverwijskaart")),
    Stop("new-form", "beginning.form", "tom.aerts", at("/beheer/nieuw/formulier")),
    Stop("new-process", "beginning.flow", "tom.aerts", at("/beheer/nieuw/proces")),
    Stop("moving", "migrating.index", "tom.aerts", at("/beheer/overzetten")),
    Stop(
        "moving-choose", "migrating.choose", "tom.aerts", at("/beheer/overzetten/proces/warme_doorverwijzing")
    ),
    Stop("guide", "guide.index", "tom.aerts", at("/beheer/gids")),
    Stop("guide-page", "guide.page", "tom.aerts", at("/beheer/gids/voorwaarden")),
    Stop("mailbox", "mailbox.index", "tom.aerts", at("/postbak")),
    Stop("campaigns", "campaigns.index", "karin.thijs", at("/campagnes")),
    Stop("campaign-new", "campaigns.new", "karin.thijs", at("/campagnes/nieuw/huisbezoeken_65plus")),
    Stop("batches", "calling.index", "paul.desmet", at("/mijn-reeksen")),
    Stop("batch", "calling.batch", "paul.desmet", by("/mijn-reeksen", "19")),
    Stop("mail", "mailbox.show", "tom.aerts", by("/postbak", "Kaart")),
    *(
        Stop(f"settings-{name}", f"settings.{endpoint}", "tom.aerts", at(f"/beheer/gemeente{path}"))
        for name, endpoint, path in (
            ("index", "index", ""),
            ("identity", "identity", "/gegevens"),
            ("places", "places", "/dorpen"),
            ("streets", "streets", "/straten"),
            ("days", "days", "/sluitingsdagen"),
            ("people", "people", "/medewerkers"),
            ("points", "points", "/aanspreekpunten"),
            ("forms", "forms", "/formulieren"),
            ("look", "look", "/uitzicht"),
            ("sender", "sender", "/afzender"),
            ("protection", "protection", "/aanmelden"),
        )
    ),
)

STOPS: tuple[Stop, ...] = (*VISITOR, *CONTACT, *RECEPTION, *LEADS, *STUDIO)
