"""What can be wrong with a consent that ends?"""

TEXTS: dict[str, str] = {
    "S179": "The consent `{id}` cannot end by itself here.",
    "S179.hint": "Remove `holds:`, or ask for the consent in the form that opens the case.",
}
