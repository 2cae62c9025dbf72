"""Dutch words of signing in elsewhere, and of what the integration file asks."""

TEXTS = {
    "button": "Aanmelden met {label}",
    "button_again": "Meld je opnieuw aan bij {label}",
    "leaving": "Je gaat naar {label}",
    "leaving_on": "Verder naar {label}",
    "out.title": "Je bent hier afgemeld",
    "out.body": (
        "Bij {label} ben je in deze browser misschien nog aangemeld. Is dit toestel niet alleen van jou? "
        "Meld je dan ook daar af."
    ),
    "out.there": "Meld je ook af bij {label}",
    "out.here": "Terug naar aanmelden",
    "refused.title": "Aanmelden lukte niet",
    "refused.again": "Terug naar aanmelden",
    "refused.detail": "Voor wie helpt: {code}, {detail}.",
    "refused.doors": "Hier kun je wel binnen",
    "refused.state": "Deze aanmelding is verlopen, al gebruikt, of begon in een andere browser.",
    "refused.next.state": "Begin opnieuw op de pagina Aanmelden. Wacht niet langer dan tien minuten.",
    "refused.denied": "{label} heeft je aanmelding gestopt.",
    "refused.next.denied": (
        "Heb je zelf gestopt? Dan kun je opnieuw beginnen. Anders: vraag bij {label} of je toegang hebt tot "
        "deze toepassing."
    ),
    "refused.down": "{label} antwoordt nu niet.",
    "refused.next.down": (
        "Heb je hier een wachtwoord of een passkey? Meld je daarmee aan. Anders: probeer het over een paar "
        "minuten opnieuw."
    ),
    "refused.too_many": "Vanaf deze plek begon iemand heel vaak aan een aanmelding, zonder ze af te maken.",
    "refused.next.too_many": (
        "Wacht nog {minutes} min. en begin dan opnieuw. Heb je hier een wachtwoord of een passkey? Dan kun je je "
        "daarmee meteen aanmelden."
    ),
    "refused.untrusted": "Het antwoord van {label} klopte niet. Daarom laten we je niet binnen.",
    "refused.next.untrusted": (
        "Begin opnieuw. Gebeurt het nog eens, geef dan de code hieronder aan de systeembeheerder."
    ),
    "refused.other_org": "Je bent bij {label} aangemeld voor een andere organisatie.",
    "refused.next.other_org": (
        "Kies bij {label} de organisatie van dit bestuur, of ga naar het bestuur waarvoor je werkt."
    ),
    "refused.unknown": "{label} kent je, maar hier heb je nog geen account.",
    "refused.next.unknown": (
        "Vraag aan de systeembeheerder van dit bestuur om je account te koppelen. Heb je hier al een "
        "wachtwoord? Meld je daarmee aan en koppel het zelf bij Mijn account."
    ),
    "refused.no_role": "{label} geeft je geen rol in deze toepassing.",
    "refused.next.no_role": (
        "Vraag de rol aan wie in jouw organisatie de rechten bij {label} beheert. Daarna kun je meteen "
        "aanmelden."
    ),
    "refused.closed": "Je account hier is afgesloten.",
    "refused.next.closed": "Vraag aan de systeembeheerder van dit bestuur om het weer te openen.",
    "refused.no_mark": "{label} zegt niet wie je bent.",
    "refused.next.no_mark": "De systeembeheerder kijkt na of de juiste gegevens gevraagd en gegeven worden.",
    "refused.no_address": (
        "Voor een nieuw account is een e-mailadres nodig, en {label} geeft er geen dat we kunnen gebruiken."
    ),
    "refused.next.no_address": (
        "Vraag aan de systeembeheerder van dit bestuur om een account voor je te maken en te koppelen."
    ),
    "refused.taken": "Deze aanmelding hoort al bij een ander account, of je adres is al in gebruik.",
    "refused.next.taken": (
        "Vraag aan de systeembeheerder van dit bestuur om na te kijken wie aan wat gekoppeld is."
    ),
    "roles_gone.label": "Dossiers doorgeven",
    "roles_gone.told": (
        "{name} heeft bij de aanbieder geen rol meer om dossiers te behandelen, maar heeft er nog {cases}, "
        "en {tasks} taken. "
        "Geef ze door aan wie ze verder opvolgt."
    ),
    "own.title": "Aanmelden met {label}",
    "own.linked": "Je account is gekoppeld. Je kunt aanmelden met {label}.",
    "own.lead": "Koppel je account één keer. Daarna meld je je aan met {label}.",
    "own.button": "Koppel met {label}",
}
