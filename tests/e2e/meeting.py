"""A Friday of the mobile service centre: who comes, who is missed, what the kitchen and the drivers need."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.pages import Screen

HALL = "Dorpshuis Ter Heide"


def the_friday(griet: Screen) -> None:
    """Open the list of who comes today."""
    griet.go("/sessies")
    griet.click(griet.main.get_by_role("link", name=re.compile("vrijdag 13 november 2026")))
    griet.sees(HALL)


def tap(griet: Screen, name: str, what: str) -> None:
    """One tap beside somebody's name."""
    line = griet.main.get_by_role("listitem").filter(has_text=name)
    griet.click(line.get_by_role("button", name=re.compile(rf"^{what}\b")))


def walks_in(griet: Screen, first: str, name: str) -> None:
    """Somebody comes in who did not register."""
    griet.fill("Voornaam", first)
    griet.fill("Familienaam", name)
    griet.press("Zet op de lijst")
    griet.sees("Staat op de lijst en is aanwezig.")
    expect(griet.main.get_by_role("listitem").filter(has_text=f"{first} {name}")).to_contain_text("nieuw")


def closes(griet: Screen) -> None:
    """Nobody registers any more: the lists go to the kitchen and the drivers, and whoever comes is let in."""
    griet.follow("Naar het dossier")
    griet.press("Inschrijvingen gesloten, lijsten doorgegeven")
    the_friday(griet)


def reads_list(griet: Screen, title: str, holds: str) -> None:
    """One of the lists to print."""
    griet.click(griet.main.get_by_role("link", name=title, exact=True))
    griet.sees(holds)
    the_friday(griet)
