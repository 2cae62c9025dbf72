"""What is said of copies, keys and histories: on a terminal and to administrators."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "backup_made": "Kopie gemaakt: {path} ({rows} rijen, {size} MB, {seconds} s).",
    "backup_municipality": "  {municipality}: {rows} rijen, {streams} geschiedenissen met {events} gebeurtenissen",
    "backup_dropped": "Oudere kopie verwijderd: {path}.",
    "backup_target": "Zeg waar de kopie moet komen: een bestand of een map.",
    "backup_lock": (
        "Zeg voor wie de kopie leesbaar is: --to met een publieke sleutel (age1…), of --words met een bestand waarin "
        "een wachtzin staat. Een nieuw sleutelpaar maak je met `meernet backup --new-key BESTAND`."
    ),
    "backup_together": (
        "De sleutels gaan niet mee met de gegevens. Maak ze apart: `meernet backup --keys BESTAND`, en bewaar dat "
        "bestand "
        "op een andere plaats."
    ),
    "backup_keys_made": "Sleutels gekopieerd: {path}. Bewaar dit bestand nooit bij de kopieën van de gegevens.",
    "backup_key_made": (
        "Sleutel gemaakt: {path}. Haal dit bestand van deze server weg en bewaar het op twee plaatsen: zonder dit "
        "bestand "
        "gaat geen enkele kopie open.\nPublieke sleutel, voor --to of MEERNET_BACKUP_TO:"
    ),
    "backup_words_short": "De wachtzin in {path} is te kort: minstens 20 tekens.",
    "file_cannot": "{path}: {why}.",
    "restore_source": "Zeg welke kopie moet worden teruggezet.",
    "restore_key": "Zeg wat de kopie opent: --key met het sleutelbestand, of --words met het bestand met de wachtzin.",
    "restore_done": "Teruggezet: {rows} rijen uit de kopie van {at}, gemaakt met versie {version}, in {seconds} s.",
    "restore_municipality": (
        "  {municipality}: {rows} rijen in {tables} tabellen zoals in de kopie, {streams} geschiedenissen met {events} "
        "gebeurtenissen heel"
    ),
    "restore_held": (
        "Er vertrekt nog niets: mail en termijnen die in de kopie klaarstonden, wachten. Kijk de dossiers na en "
        "laat ze "
        "dan los met `meernet release`."
    ),
    "restore_keys_done": "Sleutels teruggezet in {path}. Start Meernet opnieuw.",
    "restore_keys_setting": (
        "MEERNET_MASTER_KEY is ingesteld: daar wordt niets overschreven. Zet deze waarden zelf in de instellingen."
    ),
    "release_done": "{municipality}: wat wachtte, vertrekt nu. {dropped} mails zijn geschrapt.",
    "release_time": "‘{text}’ is geen tijdstip. Schrijf bijvoorbeeld 2026-11-22T10:00.",
    "drill_begins": "Oefening: een kopie wordt teruggezet op een tijdelijke plaats en daarna vernietigd.",
    "drill_done": (
        "Gelukt: {rows} rijen en {events} gebeurtenissen in {streams} geschiedenissen kloppen. "
        "Terug in bedrijf na {seconds} s (RTO). Leeftijd van de kopie: {age} s (RPO)."
    ),
    "drill_place": "De oefening gebeurde op {kind}.",
    "copy_exists": "{path} bestaat al. Kies een andere naam: een kopie wordt nooit overschreven.",
    "copy_not_migrated": "De databank heeft niet de tabellen van deze versie. Voer eerst `meernet setup` uit.",
    "copy_not_empty": "Hier staan al gegevens. Een kopie wordt alleen in een lege databank teruggezet.",
    "copy_unfinished": (
        "In deze databank is een kopie maar half teruggezet. Begin opnieuw met een lege databank; gebruik deze niet."
    ),
    "start_unfinished": (
        "In deze databank is een kopie nog niet helemaal teruggezet. Daarom start Meernet niet: er zou met halve "
        "gegevens gewerkt worden. Loopt `meernet restore` nog? Wacht dan tot het klaar is. Is het afgebroken? Neem een "
        "nieuwe, lege databank (MEERNET_DATABASE_URL) en zet de kopie daar opnieuw terug met "
        "`meernet restore KOPIE --key SLEUTEL`."
    ),
    "copy_wrong_key": "Deze sleutel opent de kopie niet. Neem het sleutelbestand dat hoort bij de kopie.",
    "copy_not_whole": "{path} is beschadigd of niet volledig, of is geen kopie van Meernet. Er is niets teruggezet.",
    "copy_master_key": (
        "De hoofdsleutel van deze installatie is een andere dan die van de kopie: de antwoorden zouden dicht "
        "blijven. Zet "
        "eerst de sleutels terug met `meernet restore --keys BESTAND`. Er is niets teruggezet."
    ),
    "copy_version": (
        "Deze kopie is gemaakt met versie {version} (tabellen {revision}). Installeer die versie, zet daar de "
        "kopie terug "
        "en werk dan bij. Er is niets teruggezet."
    ),
    "copy_differs": "Na het terugzetten klopt de tabel {table} van {municipality} niet met de kopie. Gebruik dit niet.",
    "copy_history": "Na het terugzetten klopt de geschiedenis van {municipality} niet. Gebruik dit niet.",
    "copy_public_key": "Dat is geen publieke sleutel. Die begint met age1.",
    "copy_key_file": "Dat is geen sleutelbestand. Daarin staat een regel die begint met AGE-SECRET-KEY-.",
    "copy_not_held": "Er wordt niets tegengehouden.",
    "keys_in_use": (
        "Hier staan gegevens die met de huidige sleutels opengaan. Die worden niet vervangen; voor nieuwe sleutels "
        "is er "
        "`meernet keys rotate-master`."
    ),
    "keys_file_wrong": "Dit bestand bevat geen sleutels van Meernet.",
    "keys_status": "{municipality}: gegevenssleutels {numbers}; {left} waarden hebben nog een oudere nodig.",
    "keys_left_in": "  {table}.{column}: {n}",
    "keys_progress": "{table}: {sealed}",
    "keys_resealed": "{municipality}: sleutel {number} verzegelt; {sealed} waarden opnieuw verzegeld.",
    "keys_left": (
        "{n} waarden gaan met geen sleutel open of zijn net nog met een oudere verzegeld. De oudere sleutels blijven. "
        "Voer dit later opnieuw uit; de werker gaat intussen zelf verder."
    ),
    "keys_destroyed": "Vernietigd: sleutel {numbers}.",
    "keys_wait": (
        "De oudere sleutels worden vernietigd zodra elk proces de nieuwe kent, over ongeveer tien minuten: de "
        "werker doet "
        "dat zelf."
    ),
    "keys_rewrapped": "{n} gegevenssleutels ingepakt met de nieuwe hoofdsleutel.",
    "keys_master_done": (
        "De nieuwe hoofdsleutel staat in {folder}. De vorige staat ernaast in master.key.previous, tot alle processen "
        "opnieuw gestart zijn; verwijder ze dan met `meernet keys rotate-master --forget-previous`. Maak nu een nieuwe "
        "kopie van de sleutels: `meernet backup --keys BESTAND`. Oude kopieën van gegevens gaan open met de oude "
        "sleutels."
    ),
    "keys_master_settings": (
        "MEERNET_MASTER_KEY is ingesteld. Zet daar de nieuwe hoofdsleutel in en de oude in "
        "MEERNET_MASTER_KEY_PREVIOUS, "
        "start alle processen opnieuw, en voer dit dan nog eens uit."
    ),
    "keys_master_settings_done": (
        "Alles gaat open met de nieuwe hoofdsleutel. Haal MEERNET_MASTER_KEY_PREVIOUS nu weg en bewaar de oude sleutel "
        "bij de kopieën van de sleutels, zolang er kopieën van toen zijn."
    ),
    "keys_unknown_master": (
        "De sleutels van {municipality} gaan met geen van de gekende hoofdsleutels open. Er is daar niets veranderd."
    ),
    "keys_no_previous": "Er is geen vorige hoofdsleutel meer.",
    "keys_forgotten": "{path} is vernietigd.",
    "anchor_subject": "Anker van de geschiedenissen van {municipality}",
    "anchor_text": (
        "Bewaar deze mail. Ermee kan worden nagegaan of de geschiedenissen van {municipality} nog zijn zoals ze "
        "die nacht "
        "waren: {streams} geschiedenissen met {events} gebeurtenissen. Er staat niets over personen in.\n\n{line}\n\n"
        "Nagaan: meernet history verify --against BESTAND"
    ),
    "history_municipality": "Er is hier geen gemeente ‘{municipality}’.",
    "history_whole": "{municipality}: {streams} geschiedenissen met {events} gebeurtenissen, allemaal heel.",
    "history_broken": (
        "{municipality}: {broken} van {streams} geschiedenissen zijn niet heel ({events} gebeurtenissen)."
    ),
    "history_break": "  {what}: eerste breuk bij gebeurtenis {seq}",
    "history_own": "eigen logboek",
    "history_case": "dossier {case}",
    "history_no_anchor": "In {path} staat geen anker.",
    "history_as_then": "{municipality}: zoals op {until} ({streams} geschiedenissen, {events} gebeurtenissen).",
    "history_differs": (
        "{municipality}: NIET zoals op {until}. Toen {streams} geschiedenissen met {events} gebeurtenissen; "
        "verschil in: "
        "{what}."
    ),
    "differs.own_seq": "lengte van het eigen logboek",
    "differs.own_hash": "einde van het eigen logboek",
    "differs.streams": "aantal geschiedenissen",
    "differs.events": "aantal gebeurtenissen",
    "differs.digest": "einde van een of meer geschiedenissen",
    "page.title": "Reservekopie",
    "page.lead": (
        "Wie de server beheert, maakt kopieën van alles en oefent het terugzetten. Hier zie je wanneer dat "
        "laatst gebeurde."
    ),
    "page.last": "Laatst gebeurd",
    "page.copy": "Kopie",
    "page.copy_facts": "({rows} rijen, in {seconds} seconden)",
    "page.never_copy": "Nog nooit. Vraag aan wie de server beheert of kopieën op een andere manier gebeuren.",
    "page.drill": "Teruggezet om te oefenen",
    "page.drill_facts": "(gelukt: na {seconds} seconden weer in bedrijf; de kopie was {minutes} minuten oud)",
    "page.never_drill": "Nog nooit. Een kopie die nooit werd teruggezet, is nog geen zekerheid.",
    "page.late_copy": "De laatste kopie is ouder dan 26 uur. Verwittig wie de server beheert.",
    "page.late_drill": "Het terugzetten is langer dan 31 dagen niet geoefend. Verwittig wie de server beheert.",
    "page.held": "Er vertrekt nu niets",
    "page.held_why": (
        "Op {since} werd de kopie van {at} teruggezet. Wat daarin klaarstond, wacht: {n} zaken waarvan de termijn "
        "voorbij "
        "is, waaronder {mail} mails. Misschien vertrokken die mails al voor het misging."
    ),
    "page.held_first": "Kijk eerst na wat er sinds die kopie gebeurde. Laat het daarna los.",
    "page.before": "Geen mails van vóór",
    "page.before_hint": (
        "Niet verplicht. Mails die voor dit tijdstip moesten vertrekken, worden geschrapt. Termijnen gaan altijd "
        "door."
    ),
    "page.before_wrong": "Vul een datum en een uur in, of laat dit leeg.",
    "page.release": "Laat los",
    "page.released": "Losgelaten. Wat wachtte, vertrekt nu.",
    "bar.held": "Er vertrekt niets.",
    "bar.why": "Sinds een kopie werd teruggezet, wachten mails en termijnen.",
    "bar.open": "Bekijk en laat los",
}
