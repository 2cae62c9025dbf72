"""An administrator changes a process, moves the running cases to it, watches it happen and takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.product import PASSWORD, Product
from tests.support.pages import PHONE, Screen, watched

FLOW, CARD = "workflows/warme_doorverwijzing.yaml", "formdefs/doorverwijskaart.yaml"
ADMIN = "tom.aerts@zandlede.example"
WORKERS_MS = 30_000


@pytest.fixture(scope="module")
def busy(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own with cases of some weeks: what is published here would confuse the other journeys."""
    running = Product(tmp_path_factory.mktemp("busy"))
    running.prepare(stories=True)
    running.start()
    yield running
    running.stop()


@pytest.mark.e2e
def test_running_cases_are_moved_to_a_changed_process_and_back(browser: Browser, busy: Product) -> None:
    with watched(browser, busy.url, scripts=False) as tom:
        tom.sign_in(ADMIN, PASSWORD)
        _rename_a_step(tom)
    with watched(browser, busy.url, size=PHONE) as tom:
        tom.sign_in(ADMIN, PASSWORD)
        tom.go("/beheer/publiceren?klaar=2")
        tom.press("Dossiers overzetten")
        tom.follow("Kies dossiers")
        tom.pick("Van “In opvolging” naar", "Loopt")
        tom.press("Bekijk wat er verandert")
        _wait_for(tom, "Kijk na wat er verandert")
        tom.sees("In opvolging → Loopt", "Kan over")
        tom.fill("Waarom zet je deze dossiers over?", "Nieuwe afspraken")
        tom.page.get_by_role("button", name="dossiers over").click()
        _wait_for(tom, "Overgezet")
        tom.sees("dossiers zijn overgezet")
        tom.open("Zet ze terug")
        tom.page.get_by_role("button", name="Zet ze terug").click()
        _wait_for(tom, "Teruggezet")
        tom.does_not_see("Niet teruggezet")


def _rename_a_step(tom: Screen) -> None:
    for path in (FLOW, CARD):  # the examples of the card name it too
        tom.go(f"/beheer/bewerken/{path}")
        area = tom.page.get_by_label(f"Tekst van {path}")
        text = area.input_value()
        area.fill(text.replace("in_opvolging", "loopt").replace("label: In opvolging", "label: Loopt"))
        tom.press("Bewaar")
    tom.go("/beheer/publiceren")
    tom.press("Publiceer")
    tom.sees("Gepubliceerd.")


def _wait_for(tom: Screen, title: str) -> None:
    """The page loads itself anew when the workers are done."""
    expect(tom.page.get_by_role("heading", level=1)).to_contain_text(title, timeout=WORKERS_MS)
