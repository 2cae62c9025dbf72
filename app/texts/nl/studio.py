"""Dutch words of the administrator's pages."""

TEXTS = {
    "preview": "Dit is een voorbeeld van versie {number}. Je kan het invullen, maar niets wordt verstuurd.",
    "title": "Formulieren en processen",
    "lead": "Wat nu loopt, met zijn versie en wat er nog aan schort.",
    "forms": "Formulieren",
    "workflows": "Processen",
    "name": "Naam",
    "version": "Versie",
    "published": "Gepubliceerd",
    "audience": "Voor wie",
    "problems": "Wat schort er",
    "no_problems": "Niets",
    "count": "{n} aandachtspunten",
    "count.one": "1 aandachtspunt",
    "elsewhere": "In andere bestanden",
    "waiting": "Deze teksten wachten op een beslissing: het pakket wijzigde, en hier ook.",
}
