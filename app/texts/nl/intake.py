"""Dutch words of how a form is opened: closing, short address, on the municipality's own site."""

TEXTS: dict[str, str] = {
    "stands": "Hoe het staat",
    "address": "Kort adres",
    "open": "Open",
    "closed": "Gesloten",
    "planned": "Sluit op {day}",
    "no_word": "geen",
    "behind_login": "alleen na aanmelden",
    "lead": "Beslis wanneer en waar mensen dit formulier kunnen invullen.",
    "saved": "Bewaard.",
    # closing
    "closing": "Sluiten",
    "closed_now": "Dit formulier is nu gesloten. Mensen lezen: “{sentence}”",
    "closed_until": "Het opent vanzelf op {day}.",
    "closed_for_good": "Het blijft dicht tot iemand het opent.",
    "planned_now": "Dit formulier sluit op {day}.",
    "closing_hint": (
        "Wie het formulier al open had, kan nog versturen tot het einde van de volgende werkdag. "
        "Begonnen gesprekken blijven bewaard en leesbaar."
    ),
    "grace": "Wie voordien begon, kan nog versturen tot {moment}.",
    "from": "Gesloten vanaf",
    "from_hint": "Laat leeg om nu te sluiten. Schrijf de dag zoals 17/05/2026.",
    "until": "Laatste dag dat het dicht is",
    "until_hint": "Laat leeg om het dicht te laten tot iemand het opent.",
    "sentence": "Wat lezen mensen intussen?",
    "sentence_hint": "Zeg kort waarom, en waar ze wel terechtkunnen. Bijvoorbeeld: bel het onthaal op 011 12 34 56.",
    "close": "Sluit het formulier",
    "close_again": "Pas dit aan",
    "reopen": "Open het nu",
    "cancel_planned": "Sluit het toch niet",
    # short address
    "word": "Kort adres",
    "word_hint": "Een woord om te onthouden, voor op een folder. Laat leeg voor geen.",
    "word_save": "Bewaar het korte adres",
    "word_is": "Het formulier staat op",
    # framing
    "framing": "Op je eigen site",
    "framing_hint": (
        "Alleen sites die hier staan, mogen het formulier in een kader tonen. Eén adres per lijn, "
        "zoals https://www.pelt.be."
    ),
    "origins": "Sites die het mogen tonen",
    "origins_save": "Bewaar de sites",
    "snippet": "Plak dit op je site",
    "snippet_hint": "Het kader werkt zonder cookies, en kent niemand die zich elders aanmeldde.",
    "behind": (
        "Dit formulier is alleen voor wie zich aanmeldt. Het krijgt daarom geen kort adres en staat nooit in een kader."
    ),
}
