"""Does the browser help where it can: before a session ends, in a long form, with a hand on the keyboard?"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Visit


def test_a_day_of_ten_hours_ends_with_a_warning(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    hilde.page.clock.install()
    hilde.go("/onthaal")
    warning = hilde.page.get_by_role("dialog", name="Ben je er nog?")
    for _ in range(66):  # who works on is neither locked out nor asked
        hilde.page.clock.fast_forward("09:00")
        hilde.page.keyboard.press("Shift")
    expect(warning).to_be_hidden()
    hilde.page.clock.fast_forward("04:30")
    expect(warning).to_be_visible()
    hilde.page.clock.fast_forward("02:00")
    expect(warning.get_by_role("link", name="Meld je aan in een nieuw tabblad")).to_be_visible()


def test_what_the_form_says_by_itself_is_no_progress(visit: Visit) -> None:
    hilde = visit("hilde.claes")
    hilde.go("/onthaal")
    choice = hilde.main.get_by_role("listitem").filter(has_text="Brede intake aan het onthaal").first
    choice.get_by_role("button", name="Begin").click()
    states = hilde.page.locator(".nav-state")
    expect(states).not_to_have_count(0)
    assert set(states.all_inner_texts()) == {""}
    hilde.fill("Hoe word je graag genoemd?", "Els")
    expect(states.filter(has_text="1 ingevuld")).to_have_count(1)


def test_the_keys_of_the_queue_are_told_and_can_be_switched_off(visit: Visit) -> None:
    joris = visit("joris.maes")
    joris.go("/werk")
    keys, told = joris.page.keyboard, joris.page.get_by_role("dialog", name="Sneltoetsen")
    keys.press("1")
    joris.page.wait_for_url("**toon=overdue")
    keys.press("?")
    expect(told).to_contain_text("volgende taak")
    told.get_by_label("Gebruik sneltoetsen van één letter").uncheck()
    told.get_by_role("button", name="Sluit").click()
    expect(told).to_be_hidden()
    keys.press("2")
    keys.press("?")
    expect(told).to_be_hidden()
    assert joris.page.url.endswith("toon=overdue")
