"""Dutch words of telling other systems that something happened."""

TEXTS = {
    "title": "Meldingen aan andere systemen",
    "lead": (
        "Een ander systeem kan horen dát er iets gebeurt met een dossier: welk soort gebeurtenis, het "
        "nummer en het tijdstip. Nooit over wie het gaat of wat iemand vertelde."
    ),
    "event.case.received": "dossier ontvangen",
    "event.case.state_changed": "dossier in een volgende stap",
    "event.case.ended": "dossier afgesloten",
    "event.test": "proef",
    "paused": (
        "Gestopt op {at}, omdat het te vaak mislukte. Wat intussen gebeurt, wordt niet nagestuurd: laat het "
        "andere systeem zelf ophalen wat het mist."
    ),
    "failing": "{n} keer na elkaar mislukt",
    "failing.one": "De laatste keer mislukt",
    "log": "Wat verstuurd werd",
    "log.at": "Wanneer",
    "log.event": "Gebeurtenis",
    "log.outcome": "Hoe het afliep",
    "log.attempt": "Poging",
    "nothing_yet": "Er is nog niets verstuurd.",
    "test": "Stuur een proef",
    "tried": "De proef: {outcome}.",
    "resume": "Hervat",
    "rotate": "Nieuw geheim",
    "remove": "Verwijder",
    "add": "Een ontvanger toevoegen",
    "hosts": "Ontvangers mogen staan op:",
    "no_hosts": (
        "Dit staat uit. De beheerder van de server bepaalt met MEERNET_WEBHOOK_HOSTS welke servers "
        "meldingen mogen krijgen."
    ),
    "url": "Adres",
    "url_hint": "Begint met https://. Het wordt versleuteld bewaard en niet meer getoond.",
    "events": "Welke gebeurtenissen?",
    "add_button": "Voeg toe",
    "secret": "Het geheim waarmee meldingen aan {host} ondertekend worden:",
    "secret_once": (
        "Bewaar het nu in het andere systeem. Je ziet het maar één keer. Een vorig geheim tekent nog een "
        "dag mee."
    ),
    "outcome.sent": "aangekomen",
    "outcome.status": "de ontvanger antwoordde {status}",
    "outcome.lookup": "het adres bestaat niet",
    "outcome.connect": "geen verbinding",
    "outcome.tls": "het certificaat klopt niet",
    "outcome.time": "te traag",
    "outcome.large": "te lang antwoord",
    "outcome.broken": "de verbinding brak af",
    "outcome.redirect": "de ontvanger verwees door; dat volgen we niet",
    "outcome.address": "het adres ligt niet op het open internet",
    "outcome.host_not_listed": "deze server staat niet meer op de lijst",
    "outcome.other": "mislukt ({code})",
    "mail.subject": "Meldingen aan een ander systeem staan stil",
    "mail.text": (
        "De meldingen aan {host} mislukten te vaak en zijn gestopt. In Meernet zelf is niets verloren. Kijk "
        "na wat er scheelt en hervat ze: {link}"
    ),
}
