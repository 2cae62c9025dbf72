"""What can be wrong with what a form lends?"""

TEXTS: dict[str, str] = {
    "S270": "`{name}` is hier geen veld van het type `{kind}`.",
    "S270.hint": "Bij `rows:` hoort een `repeat`, bij `item:` een `choice` daarin, bij `many:` een `integer` daarin, "
    "en bij `day:` een `date`.",
    "S271": "Hoeveel er van `{name}` zijn, staat niet bij `there:`.",
    "S271.hint": "Schrijf `{name}: 10`, of `{name}: 0` wanneer er geen zijn.",
    "S272": "`{name}: {number}` zegt niet hoeveel er van iets zijn.",
    "S272.hint": "Noem een keuze van het veld `{item}` met een heel getal van 0 of meer.",
    "S273": "`stock:` werkt alleen bij een formulier dat een dossier opent.",
    "S273.hint": "Schrap `stock:`. Wat geleend wordt, hoort bij een dossier: zo komt het vrij wanneer dat stopt.",
    "S274": "`{name}` heeft een te hoge klasse: wie iets wil lenen, leest wat er die dag al weg is.",
    "S274.hint": "Geef de dag, het materiaal en het aantal `privacy: 0` of `privacy: 1`.",
}
