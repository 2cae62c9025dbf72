"""Reminder lines and the labels of tasks that the system itself opens. No content of a case."""

TEXTS: dict[str, str] = {
    "before": "Deze taak is binnenkort te doen.",
    "on_the_day": "Deze taak is vandaag te doen.",
    "late": "Deze taak is te laat.",
    "escalated": "Een taak van een collega is te laat. Kijk even mee.",
    "limit_before": "De termijn van dit dossier loopt binnenkort af.",
    "limit_today": "De termijn van dit dossier loopt vandaag af.",
    "limit_over": "De termijn van dit dossier is voorbij.",
    "see_case": "(zie dossier)",
    "escalation": "Te laat: {task}. Kijk mee",
    "unclaimed": "{contact_point}: niemand nam dit op, wijs het toe",
    "dpo": "Toestemming ingetrokken ({number}): kijk na wat gedeeld is",
}
