"""Dutch words of the first visit: an installation on which nobody lives, and somebody who was invited."""

TEXTS: dict[str, str] = {
    "title": "Een gemeente beginnen",
    "lead": "Je maakt de gemeente en jezelf als eerste beheerder. Alles wat volgt, kan je later aanpassen.",
    "municipality": "De gemeente",
    "name": "Naam van de gemeente",
    "name_hint": "Zoals inwoners ze kennen, bijvoorbeeld Pelt.",
    "slug": "Korte naam",
    "slug_hint": "Kleine letters, cijfers en streepjes. Laat leeg om ze te laten maken. Ze verandert nooit meer.",
    "you": "Jij, de eerste beheerder",
    "you_hint": "Je stelt de gemeente in en nodigt collega's uit. Dossiers van inwoners kan je niet lezen.",
    "administrator": "Je naam",
    "password_hint": "Minstens 12 tekens. Vier losse woorden zijn makkelijk te onthouden.",
    "button": "Maak de gemeente",
    "welcome": "Welkom",
    "welcome_name": "Welkom, {name}",
    "welcome_lead": "Kies een wachtwoord voor je account bij {municipality}. Niemand anders kent het.",
    "welcome_button": "Kies dit wachtwoord en ga verder",
}
