"""What is said when an example of a form ends elsewhere than its author expected?"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "E801": "Het voorbeeld “{name}” kan niet gespeeld worden: `{text}` is geen dag en uur dat bestaat.",
    "E801.hint": "Schrijf bij `at:` een moment als `2026-11-09 09:40`.",
    "E802": "Het voorbeeld “{name}” verwacht bij `{key}`: {wanted}. Het wordt: {found}.",
    "E802.hint": "Pas het formulier, de workflow of de verwachting aan.",
    "E803": "`{key}` kan een voorbeeld niet verwachten.",
    "E803.hint": "Kies uit: {known}.",
    "E804": "Het voorbeeld “{name}” kan niet gespeeld worden met wat er bij `answers:` en `act:` staat.",
    "E804.hint": "Schrijf antwoorden als `answers: {{naam: Els}}` en knoppen als `act: [{{action: klaar, at: "
    "2026-11-10 10:00}}]`.",
}
