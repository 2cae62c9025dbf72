"""The words of the report that every form has by itself."""

TEXTS: dict[str, str] = {
    "question": "Wat kwam binnen, hoe lang duurde het en wat werd ervan?",
    "count": "Binnengekomen",
    "count.words": "Elke inzending telt een keer.",
    "days": "{name}: werkdagen",
    "days.words": "De helft duurde korter. Wie nog wacht, telt niet mee.",
    "in_time": "{name}: binnen {days} werkdagen",
    "closed": "Werkdagen tot gesloten",
}
