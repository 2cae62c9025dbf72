"""What can be wrong with a matching, and with what a form starts with?"""

TEXTS: dict[str, str] = {
    "S168": "Dit deel van de score vergelijkt niet precies één ding.",
    "S168.hint": "Schrijf één van deze vijf: `overlap:`, `times:`, `distance:`, `covers:` of `if:`.",
    "S169": "`{text}` staat hier aan de verkeerde kant.",
    "S169.hint": "Een veld van de andere kant begint met `other.`. Een vergelijking heeft één veld van hier en één van "
    "de andere kant.",
    "S171": "Deze knop opent geen formulier dat al iets kan bevatten.",
    "S171.hint": "Voeg `open_form:` toe, of schrap `fills:`.",
    "G451": "`{part}` kan niet werken met `{name}`: dat veld is van het type `{type}`.",
    "G451.hint": "Hier past: {fits}.",
    "G452": "`{left}` en `{right}` kunnen nooit hetzelfde zeggen.",
    "G452.hint": "Geef beide velden dezelfde lijst met opties, of vergelijk een dorp met een dorp en een adres met een "
    "adres.",
    "G454": "De toestand `{state}` heeft geen knop `{name}`, dus kan er niets voorgesteld worden.",
    "G454.hint": "Voeg de knop toe aan die toestand, of schrap ze bij `when:`.",
    "G456": "Het antwoord op `{name}` ({type_left}) past niet in `{field}` ({type_right}).",
    "G456.hint": "Neem een veld van hetzelfde type, of een tekst.",
    "P524": "Deze regel leest het gevoelige antwoord op `{name}` (klasse 3).",
    "P524.hint": "Moet dat echt? Zet het dan bij `sensitive:`. Zo weet iedereen dat het meetelt, en ziet alleen wie "
    "het mag lezen er iets van.",
    "P525": "`{name}` heeft klasse {privacy} en mag niet in een voorstel staan.",
    "P525.hint": "Toon alleen velden van klasse 0 of 1.",
    "P526": "Het antwoord op `{name}` (klasse {privacy}) zou in `{field}` minder beschermd zijn.",
    "P526.hint": "Geef `{field}` dezelfde privacyklasse, of neem dit antwoord niet over.",
}
