"""Dutch words of the pages where a municipality is connected with the world: the provider, the receivers."""

TEXTS = {
    "tabs": "Aansluitingen",
    "tab.sign_in": "Aanmelden elders",
    "tab.webhooks": "Meldingen aan andere systemen",
    "never": "Nog nooit",
    "sign_in.title": "Aanmelden bij een aanbieder",
    "sign_in.lead": (
        "Medewerkers kunnen aanmelden met ACM/IDM of een andere aanbieder die OpenID Connect spreekt. "
        "Inwoners moeten zich "
        "nooit aanmelden."
    ),
    "part.provider": "De aanbieder",
    "part.who": "Wie is wie",
    "part.roles": "Rollen",
    "part.sure": "Hoe zeker is het",
    "part.file": "Voor het integratiedossier",
    "field.active": "Toon de knop op de pagina Aanmelden",
    "hint.active": "Laat dit uit tot alles hieronder klopt. Een wachtwoord blijft intussen werken.",
    "field.label": "Naam op de knop",
    "field.issuer": "Adres van de aanbieder (issuer)",
    "hint.issuer": "Precies zoals de aanbieder het schrijft. De rest leest Meernet daar zelf.",
    "field.client_id": "Client ID",
    "field.method": "Hoe bewijst Meernet wie het is?",
    "method.client_secret_basic": "Met een geheim (client_secret_basic)",
    "method.private_key_jwt": "Met een sleutel (private_key_jwt)",
    "field.secret": "Geheim of privésleutel",
    "hint.secret": "Wordt versleuteld bewaard en nooit meer getoond.",
    "hint.secret_kept": (
        "Er is er een bewaard; het wordt nooit getoond. Vul dit alleen in om het te vervangen."
    ),
    "field.scopes": "Scopes",
    "hint.scopes": (
        "Precies die van het integratiedossier. Eén scope te veel en de aanbieder weigert iedereen."
    ),
    "field.subject": "Waaraan herkennen we iemand?",
    "subject.vo_id": "vo_id: het nummer van iemand bij de Vlaamse overheid",
    "subject.sub": "sub: het kenmerk dat elke aanbieder geeft",
    "field.org": "Sleutel van de eigen organisatie",
    "hint.org": (
        "Bij ACM/IDM het KBO-nummer van het lokaal bestuur. Leeg bij een aanbieder zonder organisaties."
    ),
    "field.org_claim": "Claim met de organisatie",
    "hint.org_claim": "Bij ACM/IDM: vo_orgcode. Wie voor een andere organisatie komt, mag niet binnen.",
    "field.unknown": "Iemand die hier nog geen account heeft",
    "unknown.refuse": "mag niet binnen, en leest aan wie die het kan vragen",
    "unknown.make": "krijgt een account met de rollen die de aanbieder geeft",
    "field.by_email": "Herken iemand ook aan een e-mailadres dat de aanbieder nagekeken heeft",
    "field.role_claim": "Claim met de rollen",
    "hint.role_claim": "Bij ACM/IDM: rol_3d. Leeg: de rollen worden alleen hier beheerd.",
    "field.roles": "Welke rol daar is welke rol hier?",
    "hint.roles": (
        "Eén per lijn: rol bij de aanbieder = rol hier, rol hier. Rollen die rechts staan, geeft en neemt "
        "de aanbieder bij "
        "elke aanmelding. Rollen hier:"
    ),
    "field.strong": "Waarden van acr of amr die als tweede stap tellen",
    "hint.strong": (
        "Met een spatie ertussen. Leeg: wie hier een tweede stap moet geven, geeft die ook na deze "
        "aanmelding."
    ),
    "field.acr": "Gevraagd niveau (acr_values)",
    "hint.acr": "Alleen als de aanbieder erom vraagt.",
    "field.max_age": "Hoeveel minuten mag een aanmelding daar oud zijn?",
    "hint.max_age": "Leeg: om het even. Aan een gedeelde balie is 60 een goede keuze.",
    "field.local": "Een wachtwoord of passkey van Meernet",
    "local.all": "blijft werken voor wie er een heeft",
    "local.named": "werkt alleen nog voor wie hieronder aangevinkt is",
    "field.named": "Wie altijd met een wachtwoord en een tweede stap binnen kan",
    "hint.named": (
        "Valt de aanbieder uit, dan kunnen alleen zij nog binnen. Kies minstens één systeembeheerder."
    ),
    "field.entity": "Entiteit",
    "hint.entity": "De naam van het bestuur zoals ze in het integratiedossier staat.",
    "field.contact": "Contactpersoon",
    "field.contact_mail": "E-mailadres van de contactpersoon",
    "field.environment": "Omgeving",
    "hint.environment": "Bijvoorbeeld: testomgeving of productie.",
    "linked.title": "Wie is gekoppeld",
    "linked.lead": (
        "Wie gekoppeld is, komt binnen met de aanbieder. We bewaren niet wie iemand daar is, alleen een "
        "afdruk ervan."
    ),
    "linked.table": "Gekoppelde medewerkers",
    "linked.who": "Medewerker",
    "linked.since": "Gekoppeld",
    "linked.used": "Laatst aangemeld",
    "linked.undo": "Ontkoppel",
    "linked.undo_of": "Ontkoppel {name}",
    "linked.nobody": "Nog niemand.",
    "linked.account": "Koppel een medewerker",
    "linked.mark": "Waarde van {claim}",
    "linked.mark_hint": "Precies zoals de aanbieder ze geeft.",
    "linked.button": "Koppel",
    "file.link": "Gegevens voor het integratiedossier",
    "file.title": "Gegevens voor het integratiedossier",
    "file.lead": (
        "Wat {label} van deze toepassing vraagt te weten, uit de instellingen van dit bestuur. Reken op "
        "twee tot drie weken."
    ),
    "file.who": "Wie",
    "file.municipality": "Lokaal bestuur",
    "file.entity": "Entiteit",
    "file.org": "Sleutel van de organisatie",
    "file.contact": "Contactpersoon",
    "file.contact_mail": "E-mailadres",
    "file.environment": "Omgeving",
    "file.missing": "nog niet ingevuld",
    "file.none": "nee",
    "file.client": "De toepassing",
    "file.product": "Naam",
    "file.client_id": "Client ID",
    "file.flow": "Manier van aanmelden",
    "file.flow_is": "OpenID Connect, authorization code met PKCE (S256), state en nonce",
    "file.method": "Authenticatie van de client",
    "file.redirect": "Redirect URI",
    "file.logout": "Adres na afmelden (post_logout_redirect_uri)",
    "file.back_channel": "Back-channel logout",
    "file.asked": "Scopes en claims",
    "file.scope": "Scope",
    "file.claims": "Claims",
    "file.why": "Waarvoor",
    "file.no_rrn": "Het rijksregisternummer (rrn) wordt niet gevraagd.",
    "file.mark": "Claim die zegt wie iemand is",
    "file.role_claim": "Claim met de rollen",
    "file.org_claim": "Claim met de organisatie",
    "file.roles": "Rollen",
    "file.role_there": "Rol bij de aanbieder",
    "file.role_here": "Rol in Meernet",
    "scope.openid": "sub",
    "scope.openid.why": "een vast kenmerk per persoon",
    "scope.profile": "given_name, family_name",
    "scope.profile.why": "de naam van een nieuw account",
    "scope.vo": "vo_id, vo_doelgroepcode, vo_orgcode, vo_orgnaam",
    "scope.vo.why": "wie iemand is en voor welke organisatie",
    "scope.mijntoepassing": "rol_3d",
    "scope.mijntoepassing.why": "welke rol iemand hier heeft",
    "scope.email": "email, email_verified",
    "scope.email.why": "het adres van een nieuw account",
}
