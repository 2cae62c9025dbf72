"""What does ``meernet`` say on a terminal?"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "storage_pragma": (
        "De databank weigert een instelling waar je gegevens van afhangen: {name} moet {wanted} zijn, maar is {found}. "
        "Zet het bestand op een gewone, lokale schijf."
    ),
    "storage_mighty_role": (
        "De databankgebruiker mag de scheiding tussen gemeenten omzeilen (superuser of BYPASSRLS). "
        "Geef Meernet een gewone gebruiker."
    ),
}
