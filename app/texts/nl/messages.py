"""What do mails say? Number, link and who can tell more; never what a case is about."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # around every mail
    "greeting": "Dag {name},",
    "greeting_unknown": "Dag,",
    "contact": "Vragen? {name}, {phone}.",
    "contact_no_phone": "Vragen? {name}.",
    "sign_off": "{municipality}",
    "automatic": "Dit bericht is automatisch verstuurd. Antwoorden op dit adres leest niemand.",
    "automatic_reply": "Dit bericht is automatisch verstuurd. Antwoorden komen aan bij {reply_to}.",
    "open_case": "Openen: {link}",
    "card_status": "Hoe het ermee staat: {link}",
    # a message of a workflow
    "subject": "Bericht over {number}",
    # own mail for what cannot wait for the morning
    "urgent.subject": "Vandaag nog: {number}",
    "urgent.text": "{number} vraagt vandaag nog je aandacht.",
    "emergency_asked.subject": "Nu nodig: jouw akkoord of weigering",
    "emergency_asked.text": "Een collega vraagt om in nood een dossier te lezen. Kijk na waarom, en antwoord.",
    "emergency_opened.subject": "Je vraag om in nood te lezen is goedgekeurd",
    "emergency_opened.text": "Twee collega's gaven hun akkoord. Je kan een uur lang lezen.",
    # a referral is taken back: the partner lets go of what it has
    "taken_back.subject": "Verwijzing {number} is teruggenomen",
    "taken_back.text": (
        "Verwijzing {number} is teruggenomen. De link en de code werken niet meer.\n\n"
        "Heb je iets bewaard of afgedrukt, geef dat dan niet door en vernietig het. Laat ons weten als dat niet kan."
    ),
    # the mail of 8.30
    "digest.subject": "{n} taken vragen je aandacht",
    "digest.subject.one": "1 taak vraagt je aandacht",
    "digest.intro": "Dit staat vandaag in je lijst:",
    "digest.overdue": "- {number}: {days} dagen over tijd",
    "digest.overdue.one": "- {number}: 1 dag over tijd",
    "digest.today": "- {number}: vandaag",
    "digest.reminder": "- {number}: tegen {date}",
    "digest.substitute": "- {number}: vandaag, in de plaats van {name}",
    "digest.partner": "- Partnerregister: kijk na of alles nog klopt van {name}",
    "digest.draft": "- Nog niet af sinds {date}: {title}",
    "digest.more": "… en nog {n} andere.",
    "digest.more.one": "… en nog 1 andere.",
    "digest.link": "Je lijst: {link}",
    # a mail that tries whether mail leaves
    "trial.subject": "Proefbericht van {municipality}",
    "trial.text": (
        "Dag,\n\nDit is een proefbericht van Meernet voor {municipality}, gevraagd door {name}.\n"
        "Je leest het, dus berichten komen aan.\n"
    ),
    # a task the machine makes
    "task.call_referrer": "Bel de verwijzer van {number}",
    "task.call_referrer_more": "Bel de verwijzer van {number} ({n} berichten)",
    "task.call_resident": "Bel de bewoner van {number}",
    "task.call_resident_more": "Bel de bewoner van {number} ({n} berichten)",
    "task.call_partner": "Bel de partner van {number}",
    "task.call_partner_more": "Bel de partner van {number} ({n} berichten)",
    "task.taken_back": "Vraag de partner of alles van {number} vernietigd is",
    "task.mail_failed": "Het bericht over {number} kwam niet aan",
    "task.mail_failed_more": "{n} berichten over {number} kwamen niet aan",
}
