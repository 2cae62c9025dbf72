"""Dutch words of printed matter that stand in no definition."""

TEXTS = {
    "letters": "{n} brieven",
    "day": "Datum",
    "reference": "Nummer",
    "salutation": "Dag",
    "closing": "Met vriendelijke groet",
    "questions": "Heb je vragen?",
    "call": "Bel gerust naar {name}: {phone}.",
    "call_nobody": "Vraag gerust naar {name}.",
}
