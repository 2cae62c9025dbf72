"""Dutch words of the picture of a process, and of trying a form out."""

TEXTS = {
    "picture": "Het proces in beeld",
    "picture.working": "werkversie",
    "picture.to_live": "Toon versie {number}, die nu in gebruik is",
    "picture.to_working": "Toon de werkversie: ze is anders",
    "picture.title": "Schema van het proces {title}",
    "picture.desc": "{states} stappen en {arrows} overgangen, van boven naar beneden. "
    "Alles staat ook in woorden onder deze tekening.",
    "picture.again": "{label}, nog eens",
    "picture.at_last": "{label}, {n} keer",
    "picture.at_last.one": "{label}",
    "picture.auto": "vanzelf{after}",
    "picture.auto_if": "vanzelf{after} als {condition}",
    "picture.reopen": "Heropen, binnen {within}",
    "picture.no_deadline": "geen termijn",
    "picture.anywhere": "Kan in elke stap",
    "picture.limits": "Termijn van het hele dossier",
    "picture.limit": "{label}: {deadline}",
    "picture.legend": "Zo lees je de tekening",
    "picture.legend.button": "iemand drukt op de knop",
    "picture.legend.itself": "gaat vanzelf",
    "picture.legend.back": "gaat terug",
}
