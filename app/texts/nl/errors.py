"""What is wrong with an answer, and how do you mend it?

Codes of :class:`app.engine.model.answers.FieldError`. Each text says what to do; the field's label stands beside or in
front of it (``in_field``, ``in_row``). An author's own message in ``messages:`` goes before these.
"""

TEXTS: dict[str, str] = {
    "consent_said": "Duid aan wat er veranderde, en hoe dat bekend is.",
    "in_field": "{label}: {text}",
    "in_field.closed": "{label} {text}",
    "in_row": "{group}, rij {row}, {label}: {text}",
    "in_row.closed": "{group}, rij {row}, {label} {text}",
    # something is missing
    "required": "Vul dit nog in.",
    "required.choice": "Kies hier nog een antwoord.",
    "required.consent": "Vink dit aan als je akkoord gaat. Zonder akkoord kunnen we niet verder.",
    "required.consent.u": "Vink dit aan als u akkoord gaat. Zonder akkoord kunnen we niet verder.",
    "required.read": "Lees deze tekst en vink aan dat je hem gelezen hebt.",
    "required.read.u": "Lees deze tekst en vink aan dat u hem gelezen hebt.",
    "required.signature": "Teken hier, typ je naam, of noteer waar de handtekening op papier bewaard is.",
    "required.signature.u": "Teken hier, typ uw naam, of noteer waar de handtekening op papier bewaard is.",
    "required.file": "Voeg hier nog een bestand toe.",
    "required.rows": "Voeg minstens één rij toe.",
    "required.matrix": "Geef op minstens één lijn een antwoord.",
    "too_few": "Kies of noteer er minstens {min}.",
    "too_few.one": "Kies of noteer er minstens één.",
    "too_many": "Dat zijn er te veel. Hou er hoogstens {max} over.",
    # sessions
    "session_closed": "Voor deze keer kan je niet meer inschrijven. Kies een andere.",
    "session_closed.u": "Voor deze keer kunt u niet meer inschrijven. Kies een andere.",
    "stock_short": "Op die dag zijn er nog {left} van: {what}. Vraag minder, of kies een andere dag.",
    "stock_none": "Op die dag is alles al weg van: {what}. Kies een andere dag, of schrap deze rij.",
    "session_full": "De laatste plaats is net ingenomen. Wat je invulde, staat er nog: kies een andere keer.",
    "session_full.u": "De laatste plaats is net ingenomen. Wat u invulde, staat er nog: kies een andere keer.",
    # views of the queue
    "search_short": "Typ minstens 3 letters, of een nummer.",
    "view_name": "Geef je weergave een naam van hoogstens 40 tekens.",
    "view_taken": "Je hebt al een weergave die zo heet: {name}.",
    "view_many": "Je hebt al {n} weergaven. Verwijder er eerst één.",
    # texts
    "too_short": "Dit is te kort. Schrijf minstens {min} tekens.",
    "too_long": "Dit is te lang. Schrijf hoogstens {max} tekens.",
    "out_of_season": "Op die dag is dit formulier niet open.",
    "pattern": "Dit heeft niet de vorm die we verwachten. Kijk het na.",
    "control_characters": (
        "Hier staat een onzichtbaar teken dat we niet kunnen bewaren. Typ de tekst opnieuw."
    ),
    "email": "Dit e-mailadres klopt niet. Vul één adres in, zoals an@voorbeeld.be.",
    # what could tell who somebody is, in a text that is about nobody
    "recognisable": "Dit kan zeggen wie iemand is: {typed}. Schrijf het anders, of verstuur het toch zo.",
    "recognisable.email": "Hier staat een e-mailadres: {typed}. Haal het weg, of verstuur het toch zo.",
    "recognisable.number": "Hier staat misschien een rijksregisternummer: {typed}. Haal het weg, of verstuur het toch "
    "zo.",
    "recognisable.phone": "Hier staat een telefoonnummer: {typed}. Haal het weg, of verstuur het toch zo.",
    "recognisable.street": "Hier staat een straat met een huisnummer: {typed}. Haal het weg, of verstuur het toch zo.",
    "recognisable.name": "Hier staat misschien een naam: {typed}. Schrijf het zonder naam, of verstuur het toch zo.",
    # numbers
    "number": "Dit is geen getal. Schrijf cijfers, met een komma voor de decimalen, zoals 1 234,50.",
    "number_unclear.u": "Bedoelt u {typed} met een komma of als duizendtal? Schrijf 1,234 of 1 234.",
    "number_unclear": "Bedoel je {typed} met een komma of als duizendtal? Schrijf 1,234 of 1 234.",
    "number_too_long": "Dit getal is te lang. Gebruik hoogstens {max} cijfers.",
    "not_whole": "Vul een geheel getal in, zonder komma.",
    "too_many_decimals": "Gebruik hoogstens {max} cijfers na de komma.",
    "too_many_decimals.one": "Gebruik hoogstens één cijfer na de komma.",
    "too_small": "Dit is te weinig. Vul {min} of meer in.",
    "too_big": "Dit is te veel. Vul {max} of minder in.",
    # dates and times
    "date": "Dit is geen datum. Schrijf dag, maand en jaar, zoals 17/05/2026.",
    "date_partial": "Deze datum is niet volledig. Schrijf dag, maand en jaar, zoals 17/05/2026.",
    "partial_date": "Dit is geen datum. Schrijf wat je weet: 1941, 05/1941 of 17/05/1941.",
    "partial_date.u": "Dit is geen datum. Schrijf wat u weet: 1941, 05/1941 of 17/05/1941.",
    "year_short": "Schrijf het jaar met vier cijfers, zoals 1941.",
    "year": "Het jaar {year} kan niet. Kijk het na.",
    "no_such_date": "{typed} bestaat niet. Kijk de dag en de maand na.",
    "time": "Dit is geen uur. Schrijf uren en minuten, zoals 14.30.",
    "too_early": "Dit is te vroeg. Vul {min} of later in.",
    "too_late": "Dit is te laat. Vul {max} of vroeger in.",
    # choices
    "unknown_option": "Dit antwoord staat niet in de lijst. Kies er een uit de lijst.",
    "person_kind": "Deze persoon kan je hier niet kiezen. Kies iemand uit de lijst.",
    "person_kind.u": "Deze persoon kunt u hier niet kiezen. Kies iemand uit de lijst.",
    # Belgian particulars
    "phone": "Hier staat geen telefoonnummer. Schrijf het nummer in cijfers, zoals 0470 12 34 56.",
    "odd_phone": "Dit nummer ziet er ongewoon uit. Kijk het na; klopt het, dan mag het zo blijven.",
    "national_number": (
        "Dit rijksregisternummer klopt niet. Schrijf de elf cijfers over van de identiteitskaart."
    ),
    "enterprise_number": "Dit ondernemingsnummer klopt niet. Kijk de tien cijfers na, zoals 0566.988.259.",
    "iban": "Dit rekeningnummer klopt niet. Schrijf het over van de bankkaart, zoals BE68 5390 0754 7034.",
    "postcode": "Een postcode heeft vier cijfers, zoals 8890. Gebruik de vrije regels voor het buitenland.",
    "house_number": (
        "Dit huisnummer klopt niet. Schrijf het zoals 12, 12A of 12/2, en de bus in het vak ernaast."
    ),
    "box": "Dit busnummer klopt niet. Schrijf het zoals 3 of 0102.",
    "street": "Bij dit huisnummer hoort nog een straat.",
    # files and drawings
    "drawing": "Deze tekening kunnen we niet bewaren. Wis ze en teken opnieuw, of typ je naam.",
    "drawing.u": "Deze tekening kunnen we niet bewaren. Wis ze en teken opnieuw, of typ uw naam.",
    "file_kind": "Dit soort bestand nemen we niet aan. Kies een bestand van deze soort: {kinds}.",
    "file_size": "Dit bestand is te groot ({size}). Kies een bestand van hoogstens {max}.",
    "file_empty": "Dit bestand is leeg. Kies een ander bestand.",
    "file_lost": "Dit bestand is niet goed aangekomen. Voeg het opnieuw toe.",
    "file_gone": "Dit bestand is er niet meer. Voeg het opnieuw toe.",
    # accounts and settings
    "password_short": "Een wachtwoord telt minstens {n} tekens.",
    "password_long": "Dit wachtwoord is te lang.",
    "password_common": "Dit wachtwoord is te gewoon. Neem bijvoorbeeld vier losse woorden.",
    "sign_in_failed": "Het adres of het wachtwoord klopt niet.",
    "sign_in_too_many": "Er is te vaak geprobeerd. Wacht nog {minutes} min., of gebruik een passkey.",
    "password_wrong": "Dit wachtwoord of deze code klopt niet.",
    "step_wrong": "Die code klopt niet, of is al gebruikt. Neem de code die nu in de app staat.",
    "step_there": "Er staat al een app aan. Zet die eerst uit.",
    "step_reason": "Schrijf in minstens 10 tekens waarom.",
    "session_ended_wrong": "Het was te vaak fout. Begin het aanmelden opnieuw.",
    "passkey_wrong": "Die passkey werkt hier niet.",
    "passkey_most": "Er zijn al {n} passkeys. Verwijder er eerst één.",
    "password_own_name": "Gebruik je eigen naam niet in je wachtwoord.",
    "email_invented": "Dit adres kan niet bestaan: .example is voor oefeningen. Vul een echt adres in.",
    "email_real": "In een oefening staan geen echte adressen. Neem een adres dat op .example eindigt.",
    "slug": "Gebruik kleine letters, cijfers en streepjes, en begin met een letter.",
    "municipality_there": "Deze gemeente is er al.",
    "real_municipality": "Hier wonen echte mensen: verzonnen gegevens horen in een oefening.",
    "colour": "Dit is geen kleur. Schrijf ze zoals #0b5566.",
    "colour_faint": "Tekst in {typed} is te licht om te lezen. De dichtste kleur die wel kan, is {nearest}.",
    "picture_kind": "Kies een afbeelding in PNG of WebP. Andere soorten, ook SVG, nemen we niet aan.",
    "picture_large": "Deze afbeelding is te groot. Kies er een van hoogstens {max} kB.",
    "picture_size": "Kies een afbeelding van hoogstens {width} op {height} beeldpunten.",
    "neighbourhood_used": "{name} kan niet weg: er hangen nog straten, mensen of dossiers aan.",
    "neighbourhood_double": "{name} staat er twee keer.",
    "street_no_street": "Vul een straatnaam in.",
    "street_side": "Schrijf bij kant: even, oneven of alle.",
    "street_order": "Het laatste nummer ({last}) is kleiner dan het eerste ({first}).",
    "street_neighbourhood": "Het dorp of de wijk ‘{typed}’ kennen we niet.",
    "street_postcode": "‘{typed}’ is geen postcode.",
    "street_number": "‘{typed}’ is geen huisnummer.",
    "street_overlap": "Dit stuk van {street} ligt al in een ander dorp of een andere wijk.",
    "closing_line": (
        "Lijn {line} begrijpen we niet: ‘{typed}’. Schrijf ze zoals 24/12/2026 vanaf 12.00 Kerstavond."
    ),
    "closing_order": "De laatste dag ligt voor de eerste, of is al voorbij.",
    "short_word": "Gebruik 2 tot 39 kleine letters, cijfers of streepjes, en begin met een letter.",
    "short_word_taken": "Het korte adres ‘{word}’ is van een ander formulier.",
    "origin": "‘{typed}’ is geen adres van een website. Schrijf het zoals https://www.pelt.be.",
    "form_behind_login": (
        "Dit formulier is alleen voor wie zich aanmeldt. Het krijgt geen kort adres en geen kader."
    ),
    "exercise_of_exercise": "Dit is al een oefenomgeving.",
    "exercise_taken": "Er bestaat al een echte gemeente met die korte naam.",
    "exercise_refused": "Wat klaarstaat, heeft nog fouten. Los ze eerst op bij Publiceren.",
    # agreements
    "consent_changed.u": (
        "Deze tekst is veranderd door wat u invulde. Lees ze opnieuw en vink ze dan weer aan."
    ),
    "consent_changed": (
        "Deze tekst is veranderd door wat je invulde. Lees ze opnieuw en vink ze dan weer aan."
    ),
    # paper cards that are entered later
    "card_used": "Dit kaartnummer is al gebruikt: {date}. Kijk het nummer op de kaart na.",
    "ask_over": "Deze vraag is afgesloten. Antwoorden kan niet meer.",
    "ask_mail": "Vul een geldig mailadres in.",
    "ask_too_many": "Dat zijn te veel regels. Plak er hoogstens {most} tegelijk.",
    "link_name": "Schrijf van wie deze link is: een praktijk of een persoon.",
    "photo_missing": "Kies eerst een foto.",
    "photo_large": "Deze foto is te groot. Ze mag hoogstens {max} MB zijn.",
    "photo_kind": "Dit is geen foto die we kennen. Kies een jpg of een png.",
    "photo_size": "Een foto heeft langs elke kant {least} tot {most} beeldpunten.",
    "card_digit": ("{number} bestaat niet. Kijk de cijfers na, ook het laatste: dat controleert de andere."),
    "card_swapped": "{number} bestaat niet. Twee cijfers staan verwisseld. Is het {near}?",
    "card_unknown": "{number} is nooit gedrukt. Kijk het nummer op de kaart na.",
    "card_void": "Deze kaart staat als verloren of onbruikbaar genoteerd. Zet ze eerst terug bij de kaarten.",
    "card_used_plain": "Met deze kaart is al een dossier gemaakt.",
    "cards_count": "Kies een aantal van 1 tot {max}.",
    "cards_place": "Kies een aanspreekpunt en een dorp.",
    "card_series": "Dit nummer hoort niet bij deze kaart. Een kaartnummer ziet eruit als {example}.",
    "received_future": "Deze dag moet nog komen. Vul de dag in waarop de kaart binnenkwam.",
    "received_too_old": "Dit is langer dan {n} dagen geleden. Kijk de dag na.",
    # too much at once
    "sent_too_many": (
        "Even wachten: het laatste uur kwamen van hier erg veel kaarten binnen. Wat je invulde, staat er nog. "
        "Druk over een kwartier opnieuw op verstuur. Dringend? Bel ons."
    ),
    "sent_too_many.u": (
        "Even wachten: het laatste uur kwamen van hier erg veel kaarten binnen. Wat u invulde, staat er nog. "
        "Druk over een kwartier opnieuw op verstuur. Dringend? Bel ons."
    ),
    # a form that takes nothing for a while
    "form_closed": "{sentence} Wat je invulde, staat er nog.",
    "form_closed.u": "{sentence} Wat u invulde, staat er nog.",
    # the studio
    "move_nothing": "Kies minstens één groep dossiers.",
    "move_state": "Kies voor elke stap die verdwijnt een stap die er nog is.",
    "move_busy": "Dit is nog bezig. Wacht tot alles klaar is.",
    "edited_meanwhile": (
        "Een collega bewaarde intussen een andere tekst. Niets is overschreven: kijk naar beide."
    ),
    "definition_path": (
        "“{path}” kan geen bestand van een pakket zijn. Kies een naam met kleine letters, cijfers en _, zoals "
        "formdefs/mijn_formulier.yaml."
    ),
    "definition_size": "Dit is te veel (hoogstens {most}). Splits het op of laat iets weg.",
    "definition_text": (
        "In deze tekst staat een teken dat we niet kunnen bewaren. Plak hem opnieuw als gewone tekst."
    ),
    "published_meanwhile": (
        "Een collega publiceerde intussen iets. Kijk opnieuw wat er verandert en publiceer dan."
    ),
    "drafts_changed": (
        "Wat je wilde publiceren, is intussen veranderd. Kijk hieronder opnieuw en publiceer dan."
    ),
    "nothing_chosen": "Kies minstens één bestand om te publiceren.",
    "draft_outdated": (
        "Wat nu loopt, veranderde nadat aan {path} begonnen was. Kijk naar de verschillen en zeg dat je "
        "tekst geldt."
    ),
    "forms_torn": (
        "Het formulier {form} kan niet achterblijven: zijn proces {workflow} verandert mee. Laat ze samen "
        "meegaan."
    ),
    "note_too_long": "Deze nota is te lang. Schrijf hoogstens {most} tekens.",
    # the whole form
    "rule": "Deze antwoorden passen niet bij elkaar. Kijk ze na.",
    "shape": "Dit antwoord heeft niet de vorm die bij deze vraag past.",
    "unknown_field": "Dit formulier heeft geen vraag “{typed}”.",
    # a resident on their own page
    "resident_wait": (
        "Er werd te vaak iets verkeerds ingevuld. Probeer het over {minutes} minuten opnieuw, of bel ons."
    ),
    "resident_empty": "Schrijf iets, of kies een bestand.",
    "resident_long": "Dit is te lang. Schrijf hoogstens {max} tekens.",
    "resident_kind": "Kies een van de vragen.",
    "resident_unreachable": (
        "Vul minstens één telefoonnummer of e-mailadres in. Anders kunnen we niemand bereiken."
    ),
    "letter_returned": "Die brief kwam al eerder terug.",
    "no_day": "Kies minstens één dag.",
    "reason_needed": "Schrijf waarom, in ten hoogste 500 tekens.",
    "emergency_needless": "Dit dossier is nu al te lezen.",
    "emergency_standing": "Dit is al gevraagd. Wacht op het antwoord.",
    "emergency_nobody": "Er zijn geen twee collega's die hier akkoord mogen geven. Bel het diensthoofd.",
    "emergency_over": "Deze vraag is niet meer open.",
    "emergency_said": "Hier is al op geantwoord. Iemand anders moet ook akkoord geven.",
    "emergency_running": "Er wordt nu nog gelezen. Kijk het na als het voorbij is.",
    "emergency_reviewed": "Dit is al nagekeken.",
    "emergency_number": "Dit nummer vinden we niet. Kijk het na.",
    "basis_needed": "Kies op welke grond dit gedeeld wordt.",
    "no_work_chosen": "Er is niets dat aan deze keuze beantwoordt. Kies ruimer.",
    # signing in elsewhere
    "outside_only": "Aanmelden gaat hier met {label}. Voor dit account staat het wachtwoord uit.",
    "outside_choice": "Kies een van de mogelijkheden.",
    "outside_claim": "Schrijf de naam van de claim zoals de aanbieder ze geeft. rrn kan hier niet.",
    "outside_minutes": "Schrijf een aantal minuten, hoogstens 1440. Leeg mag ook.",
    "outside_key": "Dit is geen privésleutel (PEM), of hij is te lang.",
    "outside_subject": "Kies vo_id of sub. Een rijksregisternummer is hier nooit een kenmerk.",
    "outside_scopes": "Schrijf scopes met een spatie ertussen. openid hoort er altijd bij.",
    "outside_rrn": "Vraag de scope rrn niet: het rijksregisternummer is hier niet nodig en mag niet.",
    "outside_issuer": (
        "Dit is geen webadres dat we mogen bereiken. Het begint met https:// en heeft geen poort."
    ),
    "outside_roles": (
        "Op een lijn staat een rol die hier niet bestaat. Schrijf: rol bij de aanbieder = rol hier."
    ),
    "outside_roles_needed": (
        "Zonder lijst van rollen weten we niet wat een nieuw account mag. Vul de lijst aan."
    ),
    "outside_locked_out": (
        "Zo kan niemand nog binnen als de aanbieder uitvalt. Duid minstens één systeembeheerder aan die "
        "een wachtwoord en "
        "een tweede stap heeft."
    ),
    "outside_mark": "Schrijf het kenmerk zoals de aanbieder het geeft.",
    "outside_mark_taken": "Dat kenmerk hoort al bij een account.",
    "webhook_url": "Dit is geen webadres dat we mogen bereiken. Het begint met https:// en heeft geen poort.",
    "webhook_host": "Deze server staat niet op de lijst van wie meldingen mag krijgen.",
    "webhook_events": "Kies minstens één gebeurtenis.",
    "webhook_most": "Er kunnen hoogstens {max} ontvangers zijn.",
    # persons
    "merge_same_person": "Dit is al één en dezelfde persoon.",
    "person_merged": "Iemand anders voegde deze persoon net samen. Zoek opnieuw.",
    "merge_undone": "Deze twee werden al uit elkaar gehaald.",
    "case_has_person": "Dit dossier is al gekoppeld aan een persoon.",
    # what is kept, and for how long
    "proposal_gone": "Dit voorstel is al afgehandeld. Kijk hieronder hoe het nu staat.",
    "proposal_changed": "Het voorstel is intussen veranderd. Kijk het opnieuw na.",
    "keep_reason": "Schrijf waarom dit dossier blijft.",
    "approve_other": "Wie dit voorstelde of al akkoord gaf, keurt het niet goed. Dat doet iemand anders.",
    "hold_lifted": "Deze bewaarplicht is al opgeheven.",
    "erasure_there": "Dit is al voorgesteld. Kijk hieronder hoe het staat.",
    "copy_approved": "Deze kopie is al goedgekeurd.",
    "copy_open": "Deze kopie is nog niet goedgekeurd.",
    "copy_changed": "Er kwam intussen iets bij. Kijk het opnieuw na en keur dan goed.",
    "copy_how": "Kies hoe de kopie gegeven wordt.",
    "longer_already": "Er was al meer tijd genomen. Dat kan maar één keer.",
    "rights_no_case": "Dit nummer vinden we niet. Kijk het na.",
    "rights_no_person": (
        "Dit dossier is nog niet aan een persoon gekoppeld. Vraag de contactpersoon om dat te doen."
    ),
    # Campaigns
    "campaign_name": "Geef de campagne een naam.",
    "campaign_period": "Kies een eerste en een laatste dag. De laatste dag komt niet voor de eerste.",
    "campaign_unknown": "Deze campagne bestaat niet meer.",
    "campaign_ended": "Deze campagne is afgelopen.",
    "campaign_running": "Deze campagne loopt nog. Stop ze eerst.",
    "campaign_destroyed": "De lijst van die campagne is vernietigd.",
    "campaign_list_in": "Deze lijst is al ingelezen.",
    "list_none": "Kies eerst een bestand.",
    "list_empty": "In dit bestand staan geen rijen onder de namen van de kolommen.",
    "list_rows": "Dit bestand heeft te veel rijen. Er kunnen er {most} tegelijk.",
    "list_unreadable": "Dit bestand kunnen we niet lezen. Bewaar het als .xlsx of .csv.",
    "list_unchecked": "Kijk eerst alle rijen na.",
    "columns_missing": "Zeg in welke kolom dit staat: {columns}.",
    "batch_person": "Kies iemand die een reeks kan krijgen.",
    "batch_pair": "Kies twee mensen: ze gaan samen.",
    "batch_size": "Geef een aantal van 1 tot {most}.",
    "batch_nobody_left": "Alle namen zijn verdeeld.",
    "outcome_unknown": "Kies hoe het verliep.",
    "outcome_asks_more": "Vul hiervoor het formulier in.",
    "contact_not_now": "Deze persoon is nu niet aan de beurt.",
    "contact_changed": "Iemand noteerde intussen iets bij deze persoon. Kijk opnieuw.",
    "letters_none": "Er wachten geen brieven.",
    "sheet_other": "Dit formulier hoort niet bij deze campagne. Open de reeks opnieuw.",
}
