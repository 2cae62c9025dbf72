"""Dutch words of the reception pages."""

TEXTS = {
    "begin": "Begin een formulier",
    "start": "Begin",
    "drafts": "Nog niet af",
    "no_drafts": "Er ligt niets te wachten.",
    "review": "Kijk na of {number} echt is: er was een vakje ingevuld dat mensen niet zien",
    "resume": "Ga verder",
    "discard": "Gooi weg",
    "discard_sure": "Wil je dit ontwerp weggooien? Dat kan je niet ongedaan maken.",
}
