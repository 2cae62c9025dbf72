"""The words of a report that takes long to make."""

TEXTS = {
    "busy": "We maken dit rapport",
    "waiting": "Dit rapport telt veel dossiers. Het begint zo.",
    "step": "Stap {done} van {total}",
    "hint": "Je mag deze pagina sluiten. Het werk gaat verder, en het rapport staat hier als je terugkomt.",
    "look": "Kijk hoe ver het is",
    "failed": "Dit rapport is niet gemaakt",
    "failed.lead": "Het maken van dit rapport is niet gelukt. Er is niets verloren. Probeer het opnieuw; lukt het dan "
    "weer niet, vraag het aan je systeembeheerder.",
    "again": "Probeer opnieuw",
    "counted": "Geteld op {moment}.",
    "count_again": "Tel opnieuw",
}
