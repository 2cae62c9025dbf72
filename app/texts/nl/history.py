"""Lines of a case's history: what happened, without what the resident told."""

TEXTS: dict[str, str] = {
    "assigned": "Toegewezen aan {name} ({contact_point}).",
    "entered": "Stap: {state}.",
    "acted": "Gekozen: {action}.",
    "attempt": "{action}: poging {number} van {at_most}.",
    "handed_over": "Overgedragen van {old} aan {name}.",
    "tasks_handed_over": "De taken van {old} in dit dossier gaan naar {name}.",
    "taken_over": "Overgenomen door {name} van {old}.",
    "claimed": "Opgenomen door {name}.",
    "escalated": "{name} kijkt mee, want de termijn is voorbij.",
    "no_onlooker": "De termijn is voorbij, maar er is niemand anders om mee te kijken.",
    "limit_over": "De termijn '{limit}' is voorbij.",
    "moved": "De taak schuift op naar {day}, want er kwam een sluitingsdag bij.",
    "settled": "Taken bij het afsluiten: {done} klaar, {cancelled} geschrapt, {kept} blijven open.",
    "limit_moved": "De termijn '{limit}' schuift op naar {day}, want er kwam een sluitingsdag bij.",
    "unclaimed": "Niemand nam dit op tijd op. {name} wijst het toe.",
    "task_done": "{name} vinkte een taak af.",
    "task_cancelled": "{name} schrapte een taak.",
    "no_consent": "Zonder akkoord gaat dit niet naar de partner: {task}.",
    "reopen": "Heropen dit dossier",
    "review": "Een vakje dat mensen niet zien, was ingevuld. Kijk na of dit echt is.",
}
