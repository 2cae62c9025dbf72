"""Why a case did not move, and what to do about it."""

TEXTS: dict[str, str] = {
    "nobody": "Er is niemand om dit aan toe te wijzen. Vul eerst de bezetting in.",
    "already_submitted": "Dit dossier bestaat al.",
    "not_submitted": "Dit dossier is nog niet ingediend.",
    "unknown_action": "De knop '{action}' bestaat niet in de stap '{state}'.",
    "not_yours": "Alleen {name} of een vervanger kan dit doen.",
    "needs": "{message}",
    "reason_missing": "Kies een reden om af te sluiten.",
    "reason_unknown": "De reden '{reason}' bestaat niet. Kies een andere.",
    "row_reason_missing": "Kies ook een reden voor: {rows}.",
    "open_tasks": "Er staan nog taken open: {tasks}. Zeg van elke taak of ze klaar is, vervalt of blijft.",
    "reopen_too_late": "Dit dossier is te lang gesloten om het te heropenen. Maak een nieuw dossier.",
    "ended": "Dit dossier is al afgesloten.",
    "unknown_person": "'{name}' is geen actieve medewerker. Kies iemand anders.",
    "not_to": "{name} mag dit dossier niet opvolgen: dat is zo gevraagd. Kies iemand anders.",
    "same_holder": "Dit dossier is al van {name}.",
    "unknown_task": "Deze taak hoort niet bij dit dossier.",
    "task_closed": "Deze taak is al afgewerkt.",
    "main_by_action": "De hoofdtaak rond je af met een knop van het dossier.",
}
