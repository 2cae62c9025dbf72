"""What can be wrong with a consent that ends?"""

TEXTS: dict[str, str] = {
    "S179": "Het akkoord `{id}` kan hier niet vanzelf aflopen.",
    "S179.hint": "Schrap `holds:`, of vraag het akkoord in het formulier dat het dossier opent.",
}
