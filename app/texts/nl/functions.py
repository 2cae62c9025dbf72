"""What does each function of the language do? For the guide and the studio."""

TEXTS = {
    "answered": "Of een vraag beantwoord is. Leeg en `niet besproken` tellen niet, `wil ik niet zeggen` wel.",
    "age": "De leeftijd in volle jaren vandaag. Is alleen een jaar of maand bekend, dan telt de vroegste dag.",
    "count": "Hoeveel rijen er zijn, hoeveel rijen aan een voorwaarde voldoen, of hoeveel keuzes aangekruist zijn.",
    "sum": "De som over alle rijen; lege waarden tellen niet mee.",
    "any": "Of minstens een rij aan de voorwaarde voldoet.",
    "all": "Of alle rijen aan de voorwaarde voldoen; zonder rijen is dat zo.",
    "worst": "De rij van een matrix met de ergste score, vanaf de tweede keuze of vanaf de keuze die je opgeeft. "
    "Bij gelijke scores de eerste rij; leeg als geen enkele rij zo ver komt.",
    "date": "Een vaste datum: jaar, maand, dag.",
    "marked": "Of een mijlpaal gezet is.",
    "read": "Of een tekst als gelezen aangevinkt is.",
    "length": "Het aantal tekens van een tekst.",
    "min": "De kleinste waarde; lege waarden tellen niet mee.",
    "max": "De grootste waarde; lege waarden tellen niet mee.",
    "field": "Het veld met die naam, waar ook een keuze zo heet.",
    "option": "De keuze met die naam, waar ook een veld zo heet.",
}
