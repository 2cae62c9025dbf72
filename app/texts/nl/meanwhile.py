"""What did somebody else do while this page stood open?"""

TEXTS: dict[str, str] = {
    "line": "{moment}: {text}",
    "line.by": "{moment}, {who}: {text}",
    "claimed_before": "{name} nam dit dossier al op. Je hoeft niets meer te doen.",
    "task_closed": "{name} werkte deze taak al af op {moment}.",
    "task_closed.nobody": "Deze taak is al afgesloten op {moment}.",
    "holder": "{name} volgt dit dossier nu op.",
    "typed": "Wat je invulde",
    "typed.lead": "Dit is niet bewaard. Neem het over waar je het nog nodig hebt.",
    "again": "Probeer opnieuw",
    "again.lead": "Wat je invulde, gaat mee. Het kan niet dubbel toekomen.",
    "page_changed": (
        "Iemand anders bewaarde deze pagina terwijl je bezig was. Er is niets overschreven; wat jij invulde, staat er "
        "nog."
    ),
    "sent_other": (
        "Dit formulier is al verstuurd, met iets anders erin. Kijk na wat er al staat. Wil je er nog een bij? "
        "Vul het dan opnieuw in."
    ),
}
