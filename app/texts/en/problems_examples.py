"""What is said in English when an example ends elsewhere? As ``app.texts.nl.problems_examples``."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "E801": "The example “{name}” cannot be played: `{text}` is not a day and time that exists.",
    "E801.hint": "Write a moment such as `2026-11-09 09:40` at `at:`.",
    "E802": "The example “{name}” expects for `{key}`: {wanted}. It becomes: {found}.",
    "E802.hint": "Change the form, the workflow or what is expected.",
    "E803": "An example cannot expect `{key}`.",
    "E803.hint": "Choose from: {known}.",
    "E804": "The example “{name}” cannot be played with what stands at `answers:` and `act:`.",
    "E804.hint": "Write answers as `answers: {{naam: Els}}` and presses as `act: [{{action: klaar, at: "
    "2026-11-10 10:00}}]`.",
}
