"""Somebody writes in the editor: told what is wrong, offered what fits, shown what it becomes, never overwritten."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_for_everybody import check, check_with_axe
from tests.support.pages import PHONE, Screen

WIDE = (1366, 850)
ADMIN = "tom.aerts"
CHECKED_WITHIN = 30_000
"""Milliseconds; the proofs share the machine with whatever else runs on it."""
TEXT = "() => document.querySelector('.editor-ace').env.editor.getValue()"
FORM = """form: {name}
title: Verslag
kind: action
sections:
  - section: een
    title: Een
    fields:
      - {{field: gelukt, type: yes_no, label: Is het gelukt, privacy: 1}}
"""


def open_editor(screen: Screen, path: str) -> None:
    """Open a file; everything is checked and shown."""
    screen.go(f"/beheer/bewerken/{path}")
    is_told(screen, re.compile("fout|tip|Geen problemen gevonden"))
    expect(preview(screen).locator("h1")).to_be_visible()


def begin(screen: Screen) -> None:
    """Put the cursor in the text, as the keyboard does."""
    screen.page.locator(".ace_scroller").focus()
    screen.page.keyboard.press("Enter")


def write(screen: Screen, text: str) -> None:
    """Replace the whole text at once, as pasting does."""
    begin(screen)
    screen.page.keyboard.press("Control+a")
    screen.page.keyboard.insert_text(text)


def written(screen: Screen) -> str:
    """What stands in the editor."""
    return str(screen.page.evaluate(TEXT))


def preview(screen: Screen) -> FrameLocator:
    """The page beside the text."""
    return screen.page.frame_locator(".look-page:not(.look-page--coming)")


def told(screen: Screen) -> Locator:
    """The lines of the list of problems."""
    return screen.page.locator("[data-list] li")


def is_told(screen: Screen, sentence: str | re.Pattern[str]) -> None:
    """How it stands, once everything was checked."""
    expect(screen.page.locator("[data-summary]")).to_have_text(sentence, timeout=CHECKED_WITHIN)


def saved(screen: Screen) -> None:
    """The text was kept."""
    expect(screen.page.locator("[data-save-state]")).to_contain_text("Bewaard om", timeout=CHECKED_WITHIN)


def test_a_mistake_is_told_at_its_line_and_mended_by_the_guess(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/opvolgverslag.yaml")
    write(tom, FORM.format(name="opvolgverslag").replace("type:", "tpye:"))
    expect(tom.page.locator(".told-mark--error")).to_have_count(2)
    expect(tom.page.locator(".ace_gutter-cell.ace_error")).to_have_text(re.compile("^8"))
    expect(told(tom).first).to_contain_text("Regel 8")
    told(tom).filter(has_text="tpye").get_by_role("button", name="Maak er type van").click()
    is_told(tom, "Geen problemen gevonden.")
    assert "{field: gelukt, type: yes_no" in written(tom)
    expect(told(tom)).to_have_count(0)


def test_keys_and_options_are_completed_from_the_keyboard(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/voorstel_taak.yaml")
    write(tom, FORM.format(name="voorstel_taak"))
    keys = tom.page.keyboard
    keys.press("Control+End")
    keys.type("      - {field: waarom, ")
    popup = tom.page.locator(".ace_autocomplete")
    keys.press("Control+Space")
    expect(popup).to_contain_text("nog nodig")
    keys.press("Escape")
    expect(popup).to_be_hidden()
    keys.insert_text("type: text, label: Waarom, privacy: 1, show_if: gelukt is }")
    keys.press("ArrowLeft")
    keys.press("Control+Space")
    expect(popup.get_by_text("nee")).to_be_visible()
    keys.type("ne")
    expect(popup.get_by_text("ja", exact=True)).to_be_hidden()
    expect(popup).to_be_visible()
    keys.press("Enter")
    expect(popup).to_be_hidden()
    assert "show_if: gelukt is nee}" in written(tom)
    is_told(tom, "Geen problemen gevonden.")


def test_the_preview_follows_and_its_conditions_work(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/evaluatie_proef.yaml")
    text = FORM.format(name="evaluatie_proef")
    text += "      - {field: waarom, type: text, label: Waarom niet, privacy: 1, show_if: gelukt is nee}\n"
    write(tom, text)
    shown = preview(tom)
    expect(shown.get_by_role("group", name=re.compile("Is het gelukt"))).to_be_visible()
    expect(shown.get_by_label("Waarom niet")).to_be_hidden()
    shown.get_by_label("Nee").check()
    shown.get_by_label("Waarom niet").fill("Te druk")
    begin(tom)
    tom.page.keyboard.press("Control+Home")
    tom.page.keyboard.press("ArrowDown")
    tom.page.keyboard.press("End")
    tom.page.keyboard.type(" van de proef")
    expect(shown.locator("h1")).to_have_text("Verslag van de proef")
    expect(shown.get_by_label("Waarom niet")).to_have_value("Te druk")
    shown.get_by_label("Waarom niet").press("Enter")
    expect(shown.get_by_text("er is niets verstuurd")).to_be_visible()
    begin(tom)
    tom.page.keyboard.press("Control+End")
    tom.page.keyboard.insert_text("  [")
    expect(tom.page.get_by_text("Dit is het laatste voorbeeld")).to_be_visible()
    expect(shown.locator("h1")).to_have_text("Verslag van de proef")


def test_a_text_is_saved_and_still_there_after_opening_again(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/contactpoging.yaml")
    begin(tom)
    tom.page.keyboard.press("Control+Home")
    tom.page.keyboard.type("# nagekeken met de ploeg\n")
    tom.page.keyboard.press("Control+s")
    saved(tom)
    open_editor(tom, "formdefs/contactpoging.yaml")
    assert written(tom).startswith("# nagekeken met de ploeg\n")
    tom.page.keyboard.press("Escape")
    begin(tom)
    tom.page.keyboard.press("Control+Home")
    tom.page.keyboard.type("# en nog eens")
    saved(tom)  # by itself, after a rest


def test_two_at_once_never_overwrite_each_other(visit: Visit) -> None:
    tom, other = visit(ADMIN, size=WIDE), visit(ADMIN, size=WIDE)
    other.troubles.expected |= {409}
    path = "formdefs/lists/talenten.yaml"
    for screen in (tom, other):
        open_editor(screen, path)
    begin(tom)
    tom.page.keyboard.type("# van Tom\n")
    tom.page.keyboard.press("Control+s")
    saved(tom)
    begin(other)
    other.page.keyboard.type("# van de ander\n")
    other.page.keyboard.press("Control+s")
    conflict = other.page.get_by_role("region", name="Twee teksten")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text("# van Tom")
    expect(conflict).to_contain_text("# van de ander")
    check_with_axe(other, "two texts")
    conflict.get_by_role("button", name="Neem de bewaarde tekst").click()
    expect(conflict).to_be_hidden()
    assert written(other).startswith("# van Tom")
    assert "# van de ander" not in written(other)
    begin(tom)
    tom.page.keyboard.press("Control+Home")
    tom.page.keyboard.type("# weer Tom\n")
    tom.page.keyboard.press("Control+s")
    saved(tom)
    begin(other)
    other.page.keyboard.press("Control+Home")
    other.page.keyboard.type("# toch ik\n")
    other.page.keyboard.press("Control+s")
    conflict.get_by_role("button", name="Bewaar die van mij eroverheen").click()
    saved(other)
    open_editor(tom, path)
    assert written(tom).startswith("# toch ik\n# van Tom")


def test_a_lost_line_and_an_ended_session_lose_nothing(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/lists/rechten.yaml")
    tom.context.set_offline(True)
    tom.troubles.found = Silent(tom.troubles.found)
    begin(tom)
    tom.page.keyboard.type("# zonder verbinding\n")
    tom.page.keyboard.press("Control+s")
    expect(tom.page.locator("[data-save-state]")).to_contain_text("Geen verbinding")
    tom.context.set_offline(False)
    saved(tom)
    tom.troubles.expected |= {400, 401}
    cookies = tom.context.cookies()
    tom.context.clear_cookies()
    begin(tom)
    tom.page.keyboard.type("# zonder sessie\n")
    tom.page.keyboard.press("Control+s")
    expect(tom.page.locator("[data-save-state]")).to_contain_text("Je bent afgemeld")
    expect(tom.page.get_by_role("link", name="Aanmelden in een nieuw tabblad")).to_be_visible()
    tom.context.add_cookies(cookies)  # type: ignore[arg-type]  # the same shape under another name
    saved(tom)
    assert "# zonder sessie" in written(tom)


class Silent(list[str]):
    """What the browser says while there is no line is expected."""

    def append(self, line: str) -> None:
        """Keep all but that."""
        if "ERR_INTERNET_DISCONNECTED" not in line:
            super().append(line)


def test_everybody_can_use_it_at_a_desk_and_on_a_phone(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "workflows/wettelijke_termijn.yaml")
    check_with_axe(tom, "the editor")
    tom.page.get_by_label("Eenvoudig tekstvak").check()
    area = tom.page.locator("#tekst")
    expect(area).to_be_visible()
    area.fill(area.input_value().replace("start:", "strat:", 1))
    told(tom).filter(has_text="strat").get_by_role("button", name="Maak er start van").click()
    expect(tom.page.locator("[data-summary]")).not_to_contain_text("fout")
    assert "strat:" not in area.input_value()
    check_with_axe(tom, "the editor with a plain text area")
    tom.page.reload()
    expect(area).to_be_visible()
    phone = visit(ADMIN, size=PHONE)
    open_editor_on_phone(phone, "formdefs/brede_intake.yaml")
    check(phone)


def open_editor_on_phone(phone: Screen, path: str) -> None:
    """One thing at a time."""
    phone.go(f"/beheer/bewerken/{path}")
    for name, part in (("Voorbeeld", "[data-frame]"), ("Problemen", "[data-told]"), ("Tekst", ".editor-ace")):
        phone.page.get_by_role("button", name=name).click()
        expect(phone.page.locator(part)).to_be_visible()
    expect(phone.page.locator("[data-told]")).to_be_hidden()


def test_a_keyboard_alone_gets_in_and_out(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE)
    open_editor(tom, "formdefs/lists/domeinscore.yaml")
    tom.page.get_by_label("Eenvoudig tekstvak").focus()
    tom.page.keyboard.press("Tab")
    for _ in range(2):  # the margin comes first
        if tom.page.locator(".ace_scroller:focus").count():
            break
        tom.page.keyboard.press("Tab")
    tom.page.keyboard.press("Enter")
    tom.page.keyboard.type("# toets\n")
    assert written(tom).startswith("# toets")
    tom.page.keyboard.press("Escape")
    expect(tom.page.locator(".ace_scroller")).to_be_focused()
    tom.page.keyboard.press("Tab")
    expect(tom.page.locator(".editor-ace :focus")).to_have_count(0)


def test_it_works_without_a_script(visit: Visit) -> None:
    tom = visit(ADMIN, size=WIDE, scripts=False)
    tom.troubles.expected |= {409}
    tom.go("/beheer/bewerken/formdefs/lists/steun_nodig.yaml")
    area = tom.page.get_by_label("Tekst van formdefs/lists/steun_nodig.yaml")
    area.fill(area.input_value().replace("options:", "optoins:", 1))
    tom.press("Kijk na")
    tom.sees("Regel 1", "optoins", "Bedoel je options?")
    area.fill("# met de hand\n" + area.input_value().replace("optoins:", "options:", 1))
    tom.press("Bewaar")
    tom.sees("Bewaard om")
    assert area.input_value().startswith("# met de hand\n")
