"""Dutch words of the page for the photo on the card."""

TEXTS = {
    "title": "Foto van {name}",
    "own": "Mijn foto",
    "link": "Foto voor de kaart",
    "lead": "Deze foto staat op de doorverwijskaart. Zo weet een bewoner wie er belt.",
    "none": "Er is nog geen foto. Op de kaart staan dan alleen naam en telefoon.",
    "choose": "Kies een foto",
    "hint": "Een jpg of png van hoogstens 3 MB. Plaats en tijd van de opname halen we uit het bestand.",
    "save": "Bewaar de foto",
    "saved": "Bewaard.",
    "remove": "Haal de foto weg",
}
