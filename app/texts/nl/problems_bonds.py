"""What can be wrong with cases that belong together?"""

TEXTS: dict[str, str] = {
    "S175": "`{name}` is geen veld waarin je dossiers kiest.",
    "S175.hint": "Noem een veld `type: case` met `cases: {{of: ...}}`.",
    "P538": "De lijst om uit te kiezen zou `{name}` (klasse {privacy}) tonen.",
    "P538.hint": "Toon alleen velden van klasse 0 of 1.",
    "G470": "De knop `{action}` bestaat niet in dit proces.",
    "G470.hint": "Links van de dubbele punt staat een knop van dit proces: {known}.",
    "G486": "De knop `{action}` van `{workflow}` kan niet mee ingedrukt worden.",
    "G486.hint": "Kies een knop van dat proces die niets vraagt: geen formulier, reden, pogingen of `does:`.",
}
