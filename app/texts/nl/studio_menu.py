"""Dutch words of the menu of the studio."""

TEXTS = {
    "label": "Beheer",
    "definitions": "Formulieren en processen",
    "publish": "Publiceren",
    "trial": "Uitproberen",
    "packages": "Uitwisselen",
    "staff": "Mensen",
    "links": "Doorverwijzers",
    "calendar": "Kalender",
    "settings": "Gemeente",
    "outside": "Aansluitingen",
    "register": "Verwerkingen",
    "safe": "Reservekopie",
    "guide": "Gids",
}
