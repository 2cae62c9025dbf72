"""What can be wrong with a campaign?"""

TEXTS: dict[str, str] = {
    "G471": "De kolom `{name}` kan niet uit een lijst komen.",
    "G471.hint": "Een kolom heeft geen voorwaarden en is van een van deze types: {known}.",
    "G472": "De lijst heeft geen verplichte kolom met `means: {means}`.",
    "G472.hint": "Zonder naam herkennen we niemand, en zonder telefoon kan niemand bellen. Voeg `means:` en "
    "`required: true` toe aan de juiste kolom.",
    "G473": "Wie de rol `{role}` heeft, mag het formulier `{form}` niet invullen.",
    "G473.hint": "Voeg de rol toe bij `audience:` van het formulier, of schrap ze bij `to:`.",
    "G474": "De uitkomst `{name}` staat bij `{first}` en bij `{second}`.",
    "G474.hint": "Na een uitkomst gebeurt één ding. Laat ze op één plaats staan.",
    "G475": "Dit is geen periode.",
    "G475.hint": "Schrijf `from:` en `until:` als datum, zoals 2026-11-10. De eerste dag komt niet na de laatste.",
    "G476": "Na de laatste poging komt een brief, maar er is geen brief.",
    "G476.hint": "Voeg bij `letters:` een brief toe met `when: after`, of kies een ander `then:`.",
    "P551": "`{name}` heeft klasse {privacy} en mag hier niet te zien zijn.",
    "P551.hint": "Wie belt of op bezoek gaat, en wie een brief opent, ziet alleen gegevens van klasse 0 of 1.",
}
