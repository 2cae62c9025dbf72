"""Dutch words of the pages that need no account."""

TEXTS = {
    "trap": "Laat dit vak leeg",
    "receipt.title": "Goed aangekomen. Bedankt.",
    "receipt.read_on": "Dit kwam aan toen het gemeentehuis dicht was. We lezen dit op {day}.",
    "receipt.form": "Formulier",
    "receipt.received": "Ontvangen",
    "receipt.contact": "Contactpersoon",
    "receipt.first": "Eerste stap tegen",
    "receipt.attempt": "Probeert een eerste keer tegen",
    "receipt.by": "Belt ten laatste op",
    "receipt.code": "Code om op te volgen",
    "receipt.keep": (
        "Bewaar het nummer en de code. Daarmee kan je zien of iemand ermee bezig is, nooit wat er gezegd werd."
    ),
    "receipt.next": "Terug naar het onthaal",
    "receipt.print.ontvangstbewijs": (
        "Geef de persoon nu een ontvangstbewijs mee: een vraag over geld start een wettelijke termijn."
    ),
    "receipt.beside": "Hier hoort een apart kaartje bij",
    "receipt.beside_lead": "Het is leeg. Van wat net verstuurd is, gaat niets mee, en niets verwijst ernaar.",
    "receipt.beside_button": "Open: {title}",
    "closed.title": "Nu even gesloten",
    "closed.until": "Je kan dit formulier weer invullen vanaf {day}.",
    "closed.urgent": "Bel bij direct gevaar 112.",
    "closed.call": "Dringend? Bel ons op {phone}.",
    "closed.paper": "Kwam er een papieren kaart binnen voor het formulier sloot? Die kan je nog invoeren.",
    "closed.paper_button": "Voer een papieren kaart in",
    "closed.grace": "Wie voordien begon, kan nog versturen tot {moment}.",
    "closed.draft": "Wat je hier hebt, blijft bewaard en leesbaar. Versturen kan als het formulier weer open is.",
    "closed.draft_until": "Wat je hier hebt, blijft bewaard en leesbaar. Versturen kan weer vanaf {day}.",
    "closed.note": "Nu gesloten",
    "status.title": "Een kaart opvolgen",
    "status.short": "Met het nummer en de code van je kaart.",
    "status.lead": "Je ziet of de kaart ontvangen, bekeken, bezig of klaar is. Nooit wat er gezegd werd.",
    "status.number": "Nummer",
    "status.number_hint": "Bijvoorbeeld DVK-2026-00417",
    "status.code": "Code",
    "status.ask": "Kijk na",
    "status.missed.title": "Die kaart vinden we niet",
    "status.missed.body": "Kijk het nummer en de code na. Ze staan op je ontvangstbewijs.",
}
