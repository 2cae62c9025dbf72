"""Dutch words of the resident's page, of letters, and of post that comes back."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # on letters and in mails
    "letter.salutation": "Beste {name},",
    "letter.code": "Je code",
    "letter.follow": (
        "Je kan zelf zien hoe het ermee staat, iets toevoegen of een toestemming intrekken op {link}. "
        "Je hebt daarvoor het nummer {number} en je code nodig."
    ),
    "mail.follow": "Hoe het ermee staat: {link}. Je code staat op het papier dat je kreeg, of vraag ze aan je contactpersoon.",
    "absent": "Goed om te weten: {notice}",
    "task_with_ways": "{label}. Kan nog: {ways}",
    "way.phone": "bellen op {phone}",
    "way.via": "via {via}",
    "way.mail": "mailen naar {email}",
    "way.letter": "een brief naar {address}",
}
