"""Dutch words of the second step, passkeys, the lock of a screen, and what is told of an account by mail."""

TEXTS: dict[str, str] = {
    # signing in
    "passkey.button": "Meld je aan met een passkey",
    "passkey.lead": "Een passkey is je vinger, je gezicht of de pincode van dit toestel, of een USB-sleutel.",
    "passkey.failed": "Dat lukte niet. Probeer het nog eens, of meld je aan met je wachtwoord.",
    "or": "of",
    "show": "Toon wat ik typ",
    "lost": "Wachtwoord vergeten? Vraag een nieuwe link aan wie de medewerkers beheert.",
    "code.title": "Nog één stap",
    "code.lead": "Open de app op je telefoon en typ de code van zes cijfers.",
    "code.label": "Code",
    "code.hint": "Geen telefoon bij de hand? Typ een herstelcode van je blad.",
    "code.button": "Ga verder",
    "code.passkey": "Gebruik je passkey",
    "code.other": "Meld je aan met een ander account",
    # setting up
    "set_up.title": "Stel eerst je tweede stap in",
    "set_up.lead": (
        "Met jouw taken kan je veel zien of veranderen. Daarom vraagt je gemeente iets naast je wachtwoord. "
        "Het duurt twee minuten en je doet het één keer."
    ),
    "set_up.app": "Met een app op je telefoon",
    "set_up.passkey": "Met een passkey",
    "app.title": "Koppel een app met codes",
    "app.one": (
        "Open op je telefoon een app die codes maakt, zoals die van Google of Microsoft, Aegis of 2FAS, "
        "of je wachtwoordkluis."
    ),
    "app.two": "Scan de vierkante code met die app.",
    "app.three": "Typ de zes cijfers die de app toont.",
    "app.picture": "Vierkante code voor de app. Kan je niet scannen? Typ dan de sleutel hieronder over.",
    "app.secret": "Sleutel om over te typen",
    "app.confirm": "Zet aan",
    "codes.title": "Je herstelcodes",
    "codes.lead": (
        "Druk deze codes af of schrijf ze over, en bewaar ze thuis of achter slot. Elke code werkt één keer, "
        "als je je telefoon of sleutel kwijt bent. Je ziet ze alleen nu."
    ),
    "codes.done": "Ik heb ze bewaard",
    # one's own page
    "title": "Veilig aanmelden",
    "link": "Tweede stap en passkeys",
    "lead": "Wie je wachtwoord kent, komt nog niet binnen als er ook een tweede stap is.",
    "wanted": (
        "Jouw gemeente vraagt een tweede stap voor jouw rol. Haal je de laatste weg, dan stel je "
        "er bij het volgende aanmelden een nieuwe in."
    ),
    "app": "App met codes",
    "app.since": "Staat aan sinds {moment}.",
    "app.none": "Staat uit.",
    "app.begin": "Koppel een app",
    "app.remove": "Zet de app uit",
    "app.remove_hint": "Typ je wachtwoord om te bevestigen.",
    "codes": "Herstelcodes",
    "codes.left": "Je hebt nog {n} herstelcodes.",
    "codes.left.one": "Je hebt nog 1 herstelcode.",
    "codes.left.zero": "Je hebt geen herstelcodes.",
    "codes.make": "Maak nieuwe herstelcodes",
    "codes.make_hint": "Codes van vroeger werken dan niet meer.",
    "passkeys": "Passkeys",
    "passkeys.none": "Je hebt er nog geen.",
    "passkeys.name": "Naam, zoals ‘laptop onthaal’",
    "passkeys.add": "Voeg een passkey toe",
    "passkeys.made": "Gemaakt op",
    "passkeys.used": "Laatst gebruikt",
    "passkeys.never": "nog niet",
    "passkeys.remove": "Verwijder",
    "passkeys.remove_one": "Verwijder {name}",
    "passkeys.no_script": "Een passkey maken kan alleen met JavaScript aan.",
    "passkeys.not_here": "Deze browser kent geen passkeys.",
    "done.app": "De app staat aan. Bij het aanmelden vragen we nu ook een code.",
    "done.weg": "Dat is weg.",
    "done.passkey": "Je passkey is klaar. Heb je nog geen herstelcodes, maak ze dan nu.",
    # sessions
    "sessions.this": "dit toestel",
    "sessions.end": "Meld af",
    "sessions.end_one": "Meld af: {agent}",
    "sessions.end_all": "Meld alle andere toestellen af",
    "sessions.ended": "Daar ben je nu afgemeld.",
    # the lock
    "lock": "Vergrendel",
    "lock.hint": "Verberg het scherm (F9)",
    "locked.title": "Scherm vergrendeld",
    "locked.lead": "{name} werkt hier. Wat openstond, staat er straks nog.",
    "locked.password": "Wachtwoord of code",
    "locked.open": "Ontgrendel",
    "locked.passkey": "Ontgrendel met een passkey",
    "locked.leave": "Iemand anders? Meld {name} af",
    "locked.offline": "Geen verbinding. Het scherm blijft dicht; probeer het zo nog eens.",
    "locked.over": "Je bent afgemeld. Meld je aan in een nieuw tabblad en kom dan terug: wat hier stond, is er nog.",
    "locked.over_button": "Meld je aan in een nieuw tabblad",
    "locked.back": "Ik ben weer aangemeld",
    "keys.lock": "Vergrendel het scherm (werkt ook terwijl je typt)",
    # once more
    "confirm.title": "Ben jij het nog?",
    "confirm.lead": (
        "Dit is een belangrijke stap en je meldde je al even geleden aan. Toon nog eens dat jij "
        "het bent; wat je invulde, blijft staan."
    ),
    "confirm.files": "Een bestand dat je koos, kies je daarna opnieuw.",
    "confirm.password": "Wachtwoord of code",
    "confirm.button": "Bevestig",
    "confirm.passkey": "Bevestig met een passkey",
    # for who looks after people
    "reset.title": "Alles kwijt om zich aan te melden?",
    "reset.lead": (
        "Is deze persoon telefoon, sleutel en herstelcodes kwijt? Kijk eerst na of je de juiste persoon spreekt. "
        "Je haalt app, passkeys en herstelcodes weg. De persoon is dan overal afgemeld en krijgt een mail."
    ),
    "reset.reason": "Waarom, en hoe je nakeek wie het is",
    "reset.button": "Haal de tweede stap weg",
    "reset.done": "De tweede stap is weg. De persoon krijgt een mail.",
    "reset.refused": "Schrijf in minstens 10 tekens waarom. Je eigen tweede stap haal je hier niet weg.",
    # settings
    "settings.title": "Veilig aanmelden",
    "settings.short": "Wie een tweede stap moet instellen, en wanneer een scherm zichzelf vergrendelt.",
    "settings.roles": "Wie moet een tweede stap instellen?",
    "settings.roles_hint": "Wie er nog geen heeft, stelt ze in bij het volgende aanmelden.",
    "settings.minutes": "Na hoeveel minuten zonder toets of muis vergrendelt een scherm zichzelf?",
    "settings.minutes_hint": "Kies 2 aan een balie waar bezoekers meekijken. Het geldt vanaf het volgende aanmelden.",
    "settings.minutes_one": "{n} minuten",
    # mail
    "mail.not_you": (
        "Was jij dit niet? Verwittig dan meteen wie bij jullie de medewerkers beheert, en wijzig "
        "je wachtwoord."
    ),
    "mail.guessed.subject": "Iemand probeerde je account",
    "mail.guessed": (
        "Op {moment} werd te vaak een fout wachtwoord of een foute code gegeven voor je account. "
        "Nieuwe pogingen moeten even wachten."
    ),
    "mail.new_browser.subject": "Aangemeld op een nieuw toestel",
    "mail.new_browser": "Op {moment} meldde iemand zich met je account aan in een browser die we nog niet kenden.",
    "mail.step_on.subject": "Je tweede stap staat aan",
    "mail.step_on": "Op {moment} werd een app met codes gekoppeld aan je account.",
    "mail.step_off.subject": "Er is een tweede stap weggehaald",
    "mail.step_off": "Op {moment} werd een app of een passkey weggehaald bij je account.",
    "mail.step_reset.subject": "Je tweede stap is weggehaald",
    "mail.step_reset": (
        "Op {moment} haalde een beheerder je app, passkeys en herstelcodes weg. Je bent overal afgemeld."
    ),
    "mail.password.subject": "Je wachtwoord is gewijzigd",
    "mail.password": "Op {moment} kreeg je account een ander wachtwoord. Op andere toestellen ben je afgemeld.",
    "mail.passkey_added.subject": "Er is een passkey bij je account",
    "mail.passkey_added": "Op {moment} werd een passkey toegevoegd aan je account.",
}
