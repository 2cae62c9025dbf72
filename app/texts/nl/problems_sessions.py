"""What can be wrong with sessions, and with who registers for them?"""

TEXTS: dict[str, str] = {
    "S189": "De lijst `{name}` telt niets en toont niets, of doet allebei.",
    "S189.hint": "Schrijf `count:` met één veld om antwoorden te tellen, of `shows:` met de velden van elke lijn.",
    "G480": "Het proces van `{form}` heeft geen knop `{name}`.",
    "G480.hint": "Noem een knop van het proces waarin een inschrijving loopt, of voeg ze daar toe.",
    "G481": "De sessie mag de knop `{name}` niet zelf indrukken.",
    "G481.hint": "Zet bij die knop `by: [session]`. Wie ze ook zelf mag gebruiken, zet je ernaast.",
    "G482": "Wie zonder inschrijving binnenkomt, krijgt de vraag `{name}` niet, maar dat antwoord is verplicht.",
    "G482.hint": "Zet het veld ook bij `new:`, of maak het niet verplicht.",
    "G483": "`{text}` zegt niet hoe vaak iemand kwam.",
    "G483.hint": "Schrijf bijvoorbeeld `3 of 4`: drie van de laatste vier. Verder dan 26 sessies kijken we niet terug.",
    "G484": "De termijn van deze taak staat niet in werkdagen.",
    "G484.hint": "Schrijf bijvoorbeeld `3 working days`.",
    "G485": "Bij het veld `{name}` valt niets te kiezen: geen enkel proces noemt het bij `sessions:`.",
    "G485.hint": "Schrijf in het proces van de sessies `registers: {form}` en `by: {name}`.",
    "P561": "`{name}` heeft klasse {privacy} en mag niet op de kalender staan.",
    "P561.hint": "Een kalender is voor iedereen. Toon alleen velden van klasse 0.",
}
