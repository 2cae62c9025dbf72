"""What can be wrong with what is collected for a case?"""

TEXTS: dict[str, str] = {
    "P549": "Het formulier `{form}` vraagt `{name}` (klasse {privacy}); zulke antwoorden tellen we niet samen.",
    "P549.hint": "Verzamel alleen formulieren met antwoorden van klasse 0 of 1.",
    "G478": "Wat in `{state}` staat, kan nog veranderen.",
    "G478.hint": "Zet bij `ready:` alleen einden (`end: true`): dan blijft een resultaat een resultaat.",
    "G479": "Vanuit `{state}` kan dit dossier terug naar het verzamelen.",
    "G479.hint": "Wie de resultaten voor en na vergelijkt, zou zien wat één mens zei. "
    "Schrap die weg, of haal de toestand uit `released:`.",
    "G487": "Het formulier `{name}` staat achter geen enkele knop van wat je verzamelt.",
    "G487.hint": "Kies uit: {known}.",
}
