"""What is wrong with a definition beside what was published before it (V)."""

TEXTS: dict[str, str] = {
    "V901": "Het veld `{id}` was in een vorige versie van het type `{before}` en is nu `{now}`.",
    "V901.hint": "Oude antwoorden zouden iets anders gaan betekenen. Geef het veld een nieuwe naam, bijvoorbeeld "
    "`{proposal}`.",
    "V902": "De optie `{id}` van `{place}` bestond vroeger als “{before}” en zou nu “{now}” betekenen.",
    "V902.hint": "Gebruik voor een nieuw antwoord een nieuwe naam, bijvoorbeeld `{proposal}`.",
    "V903": "De optie `{id}` van `{place}` heette “{before}” en heet nu “{now}”.",
    "V903.hint": "Is het hetzelfde antwoord in andere woorden, dan is dat goed. Betekent het iets anders, geef het dan "
    "een nieuwe naam, bijvoorbeeld `{proposal}`.",
    "V904": "Het contactpunt `{name}` verdwijnt, maar er staan nog {cases} dossiers en {tasks} taken open.",
    "V904.hint": "Draag ze eerst over, of laat het contactpunt staan tot ze afgesloten zijn.",
}
