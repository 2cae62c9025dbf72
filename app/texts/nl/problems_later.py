"""What can be wrong with people and answers that a workflow only learns from what somebody fills in?"""

TEXTS: dict[str, str] = {
    "S172": "`{name}` is een persoon en kan niet het laatste einde van de route zijn.",
    "S172.hint": "Zet achter `otherwise:` een aanspreekpunt: dat neemt over als die persoon er niet is.",
    "S173": "`{name}` noemt geen medewerker: die kan geen dossier houden.",
    "S173.hint": "Gebruik een veld `type: person` met `of: [staff]`.",
    "T230": "`{name}` is hier nog niet bekend: dat vult iemand pas later in, achter een knop.",
    "T230.hint": "Gebruik het in een status van het proces, of vraag het in het formulier dat het dossier opent.",
    "P536": "`{name}` is hier nooit bekend: geen enkele weg naar `{state}` gaat langs de knop met `form: {form}`.",
    "P536.hint": "Zet deze voorwaarde in een status die na die knop komt.",
    "P537": "Dit bericht kan vertrekken zonder dat `{name}` bekend is: {path}.",
    "P537.hint": "Verstuur het met de knop met `form: {form}`, of pas nadat die knop gebruikt is.",
}
