"""What is said when an example of a form ends elsewhere than its author expected?"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "E801": "Het voorbeeld “{name}” kan niet gespeeld worden: {why}",
    "E801.hint": "Kijk `at:` en `answers:` na; `at` is een lokaal tijdstip zoals 2026-11-09 09:40.",
    "E802": "Het voorbeeld “{name}” verwacht bij {key}: {wanted}. Het wordt: {found}.",
    "E802.hint": "Pas het formulier, de werkstroom of de verwachting aan.",
    "E803": "`{key}` kan een voorbeeld niet verwachten.",
    "E803.hint": "Kies uit: {known}.",
}
