"""What can be wrong with a form that belongs to nobody?"""

TEXTS: dict[str, str] = {
    "S241": "`{name}` kan niet bij `keeps:` staan.",
    "S241.hint": "Neem alleen verplichte keuzevelden die altijd zichtbaar zijn: een keuze, ja of nee, een schaal "
    "of een buurt.",
    "S242": "`per: {name}` staat niet bij `keeps:`.",
    "S242.hint": "Kies uit: {known}. Of zet het veld ook bij `keeps:`.",
    "S243": "Minder dan {least} bladen komen nooit vrij.",
    "S243.hint": "Zet `at_least: {least}` of meer: wat klein is, wijst iemand aan.",
    "S244": "`{key}` past niet bij een formulier dat van niemand is.",
    "S244.hint": "Een formulier met `unlinked:` opent geen dossier. Schrap `{key}`.",
    "S245": "De bewaartermijn van een blad dat van niemand is, telt vanaf het insturen. Daarna verdwijnt het.",
    "S245.hint": "Schrijf `retention: {{after: submitted, months: 36, then: delete}}`, zonder `if:`.",
    "S246": "`beside:` werkt niet bij een formulier achter een knop.",
    "S246.hint": "Schrap `beside:`. Zet het bij het formulier dat iemand zelf instuurt.",
    "P541": "`{id}` kan niet in een formulier dat van niemand is: een veld als dit zegt wie, waar of wanneer precies.",
    "P541.hint": "Vraag het in het formulier bij `beside:`, of maak er een keuze van.",
    "P542": "`{id}` heeft privacyklasse {privacy}, en dit formulier is van niemand.",
    "P542.hint": "Maak het antwoord zo ruim dat klasse 0 klopt, of schrap het veld.",
    "P543": "In `{id}` kan iemand schrijven wie het is.",
    "P543.hint": "Zet er `anonymous: true` bij. Wie een naam of nummer typt, wordt dan gewaarschuwd.",
}
