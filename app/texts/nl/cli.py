"""What does ``meernet`` say on a terminal?"""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "storage_pragma": (
        "De databank weigert een instelling waar je gegevens van afhangen: {name} moet {wanted} zijn, maar is {found}. "
        "Zet het bestand op een gewone, lokale schijf."
    ),
    "storage_broken": (
        "De databank {path} is beschadigd. Meernet start niet, zodat er niets bij stuk gaat. "
        "Zet de laatste reservekopie terug of vraag hulp."
    ),
    "storage_room": (
        "Er is te weinig plaats op de schijf van {path}: {free} vrij voor een databank van {size}. "
        "Maak minstens het dubbele van de databank vrij."
    ),
    "storage_mighty_role": (
        "De databankgebruiker mag de scheiding tussen gemeenten omzeilen (superuser of BYPASSRLS). "
        "Geef Meernet een gewone gebruiker."
    ),
    "check_no_path": "{path} bestaat niet of is niet te lezen.",
    "check_nothing": "Hier staan geen definities: geen formdefs/ of workflows/ in deze map.",
    "check_right": "In orde: {files} bestanden, {examples} voorbeelden gespeeld, {advice} keer advies.",
    "check_wrong": "{errors} fouten en {advice} keer advies in {files} bestanden.",
    "publish_refused": "Er is niets gepubliceerd: los eerst de fouten op.",
    "publish_meanwhile": "Iemand anders publiceerde ondertussen. Probeer opnieuw.",
    "publish_made": "{kind} {ref}: versie {number}.",
    "publish_retired": "{kind} {ref}: niet meer voor nieuwe dossiers.",
    "publish_waits": "{path} is nog niet in gebruik en wacht.",
    "publish_waits_for": "Nog niemand is houder van: {points}. Duid iemand aan bij Medewerkers, Aanspreekpunten. "
    "Neem daarna bij Formulieren, Publiceren over wat wacht, en publiceer het.",
    "publish_draft": "{path} is hier bewerkt. Je bestand staat ernaast als ontwerp en is niet gepubliceerd.",
    "publish_unchanged": "Niets veranderd.",
    "kind_form": "Formulier",
    "kind_workflow": "Werkstroom",
    "municipality_made": "{name} is klaar.",
    "municipality_there": "{name} was er al.",
    "municipality_slug": "‘{slug}’ kan geen korte naam zijn: gebruik kleine letters, cijfers en streepjes.",
    "municipality_unknown": "Er is hier geen gemeente ‘{slug}’. Wel: {known}.",
    "municipality_which": "Zeg welke gemeente met --municipality. Hier wonen: {known}.",
    "exercise_made": (
        "De oefenomgeving van {name} staat op {hosts} met {cases} verzonnen dossiers.\n"
        "Iedereen daar meldt zich aan met dit wachtwoord, dat nergens anders staat: {password}"
    ),
    "init_ask_name": "Naam van de gemeente: ",
    "init_ask_administrator": "Naam van de eerste beheerder: ",
    "init_ask_email": "E-mailadres van die beheerder: ",
    "init_missing": "{name} ontbreekt. Geef het mee, of zet het in een bestand met --file.",
    "init_made": "{name} is klaar. Open deze link om een wachtwoord te kiezen; hij werkt één keer:\n{link}",
    "init_gaps": "Dit ontbreekt nog ({n}):",
    "init_file": "{path} bestaat niet of is niet te lezen.",
    "init_keys": "Dit kennen we niet: {names}. Wel: {known}.",
    "init_day": "‘{typed}’ is geen dag. Schrijf ze zoals 2026-12-24.",
    "init_streets": "{n} stukken straat ingelezen.",
    "init_staff": "{n} medewerkers ingelezen.",
    "user_invited": "Geef deze link aan {email}; hij werkt één keer en vervalt na drie dagen:\n{link}",
    "user_added": "{email} kan zich aanmelden en kiest dan een eigen wachtwoord.",
    "user_password_set": "{email} heeft een nieuw wachtwoord en is overal afgemeld.",
    "user_deactivated": "{email} is afgesloten en overal afgemeld.",
    "user_open": "kan zich aanmelden",
    "user_no_password": "zonder wachtwoord",
    "user_closed": "afgesloten",
    "user_ask_password": "Wachtwoord: ",
    "password_short": "Een wachtwoord telt minstens {n} tekens.",
    "password_long": "Dit wachtwoord is te lang.",
    "password_common": "Dit wachtwoord is te gewoon. Neem bijvoorbeeld vier losse woorden.",
    "password_own_name": "Gebruik je eigen naam niet in je wachtwoord.",
    "password_wrong": "Dit wachtwoord klopt niet.",
    "refused": "Dat kan niet.",
    "refused_notfound": "Die is hier niet gevonden.",
    "refused_account_exists": "Er is al een account met dat adres.",
    "refused_staff_to_arrange": "Van dit account hangt nog iets af. Regel dat eerst in Beheer, Mensen, Stopt hier.",
    "refused_account_in_use": "Dit account heeft nog open dossiers of taken. Geef die eerst door.",
    "register_written": "Het verwerkingsregister staat in {file}.",
    "register_kind": "{file}: geef een bestand dat eindigt op .xlsx, .csv, .pdf of .json.",
    "exported": "{n} bestanden geschreven in {folder}.",
    "exported.one": "1 bestand geschreven in {folder}.",
}
