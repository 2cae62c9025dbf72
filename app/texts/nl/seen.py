"""Somebody else saved what a page showed, while it stood open."""

TEXTS: dict[str, str] = {
    "now": "Nu bewaard",
    "empty": "niets ingevuld",
    "again": "Vergelijk het met wat jij invulde. Bewaar je opnieuw, dan geldt wat jij invulde.",
    "closing": "Open of gesloten",
    "place_gone": "verwijderd",
}
