"""What fits together, and why: suggestions on a case page, in words for who decides."""

TEXTS: dict[str, str] = {
    # What fits, and what does not, where the definition has no words of its own
    "overlap": "Gemeenschappelijk: {shared}.",
    "overlap.lacks": "Gevraagd is {missing}.",
    "times": "Kan op {shared}.",
    "times.lacks": "Kan niet op {missing}.",
    "distance": "Zelfde plek.",
    "distance.lacks": "Andere plek: {missing}.",
    "covers": "Is er: {shared}.",
    "covers.lacks": "Is er niet: {missing}.",
    "and": "{some} en {last}",
    "more": "{some} en nog {n}",
    # Why not
    "full": "Alle plaatsen zijn ingenomen.",
    "declined": "Werd al voorgesteld en paste niet.",
    "kept": "Op maat gemaakt voor iemand anders.",
    "hidden": "Past niet. De reden mag jij niet lezen.",
    "excluded": "{because}",
}
