"""Under which headings does somebody find a form?"""

TEXTS: dict[str, str] = {
    "under.hulp": "Hulp voor jou of iemand anders",
    "under.samen": "Samen in je buurt",
    "under.meedoen": "Zelf iets doen voor anderen",
    "under.vertellen": "Iets vertellen of doorgeven",
    "under.organisaties": "Voor scholen, zaken en organisaties",
    "under.werking": "Werk van het team",
    "under.bij_privacy": "Vragen over gegevens",
    "under.bij_klachten": "Klachten",
    "under.bij_toegankelijkheid": "Toegankelijkheid",
    "under.rest": "Andere formulieren",
    "under.already": "Al iets ingediend, of werk je hier?",
    "online": "Online invullen",
    "online.lead": "Je hoeft je niet aan te melden.",
    "all": "Alle formulieren",
    "jump": "Ga naar",
    "more": "Meer formulieren",
}
