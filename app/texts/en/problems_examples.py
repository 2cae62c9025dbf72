"""What is said in English when an example ends elsewhere? As ``app.texts.nl.problems_examples``."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "E801": "The example “{name}” cannot be played: {why}",
    "E801.hint": "Check `at:` and `answers:`; `at` is a local time such as 2026-11-09 09:40.",
    "E802": "The example “{name}” expects for {key}: {wanted}. It becomes: {found}.",
    "E802.hint": "Change the form, the workflow or what is expected.",
    "E803": "An example cannot expect `{key}`.",
    "E803.hint": "Choose from: {known}.",
}
