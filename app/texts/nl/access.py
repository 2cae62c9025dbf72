"""Dutch words of who may see and do what: one line an act, and what something must be to somebody."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "role.anyone": "Iedereen, ook zonder account",
    "role.signed_in": "Iedereen met een account",
    "act.page_public": "de open bladzijden lezen",
    "act.form_fill_public": "een open formulier invullen",
    "act.form_fill_referrer": "een kaart invullen als doorverwijzer",
    "act.form_fill_reception": "een formulier invullen aan het onthaal",
    "act.form_fill_volunteer": "een formulier invullen als vrijwilliger",
    "act.receipt_read": "zien hoe het met een kaart staat, in vier woorden",
    "act.case_own": "het eigen blad zien, met nummer en code",
    "act.post_handle": "brieven afdrukken en teruggekeerde post noteren",
    "act.draft_own": "formulieren die nog niet af zijn",
    "act.queue_read": "een takenlijst",
    "act.case_find": "dat een dossier bestaat, en wie de contactpersoon is",
    "act.person_find": "een persoon zoeken: dat die bekend is, en wie de contactpersoon is",
    "act.person_find_national": "een persoon zoeken op rijksregisternummer",
    "act.person_merge": "twee bladen van dezelfde persoon samenvoegen",
    "act.case_read": "lezen wat de bewoner vertelde",
    "act.case_read_restricted": "lezen wat de bewoner vertelde, in een beperkt dossier",
    "act.case_read_with_reason": "lezen wat de bewoner vertelde, met een reden die bewaard wordt",
    "act.case_read_blocked": "lezen na een ingetrokken toestemming, met een reden die bewaard wordt",
    "act.case_act": "een stap zetten in een dossier",
    "act.case_note": "een notitie schrijven",
    "act.case_share": "een dossier delen met een collega",
    "act.case_keep_from": "zeggen wie een dossier nooit krijgt",
    "act.case_hand_over": "een dossier overdragen",
    "act.case_take_over": "een dossier overnemen",
    "act.case_claim": "een dossier opnemen uit een wachtrij",
    "act.task_add": "een taak toevoegen",
    "act.task_finish": "een taak afvinken",
    "act.overview_read": "het overzicht: leeftijd, stap en wat te laat is, zonder inhoud",
    "act.reports_read": "de cijfers, zonder kleine aantallen",
    "act.report_audience": "rapporten die voor de eigen rol bedoeld zijn, zonder kleine aantallen",
    "act.figures_edit": "cijfers van elders invoeren, en het antwoord van het bestuur",
    "act.figures_share": "cijfers delen met andere gemeenten, en kiezen per welke periode",
    "act.definitions_read": "formulieren en processen lezen",
    "act.definitions_edit": "formulieren en processen maken",
    "act.definitions_publish": "formulieren en processen publiceren",
    "act.settings_edit": "de instellingen van de gemeente wijzigen",
    "act.ask_answer": "een vraag beantwoorden achter een eigen link",
    "act.referral_answer": "een verwijzing lezen en beantwoorden, als partner",
    "act.referral_own": "de verwijzingen naar de eigen organisatie",
    "act.staffing_read": "wie wat opneemt",
    "act.staffing_edit": "de bezetting wijzigen",
    "act.absence_own": "de eigen afwezigheid",
    "act.cards_print": "kaarten afdrukken",
    "act.sessions_read": "de kalender van de sessies zien",
    "act.sessions_help": "zien wanneer je helpt bij een sessie, en de lijsten van die dag",
    "act.campaign_run": "een campagne starten, verdelen en stoppen",
    "act.campaign_call": "mensen van een campagne bellen of bezoeken",
    "act.links_edit": "persoonlijke links van doorverwijzers maken",
    "act.accounts_edit": "accounts maken en afsluiten",
    "act.outside_edit": "aanmelden via anderen en berichten naar andere systemen instellen",
    "act.mailbox_read": "de postbak van een demo",
    "act.audit_read": "de logboeken: wie las wat, en wie zocht wie",
    "act.emergency_see": "vragen om in nood te lezen",
    "act.emergency_ask": "vragen om een dossier in nood te lezen",
    "act.emergency_approve": "akkoord geven als iemand in nood moet lezen",
    "act.emergency_read": "een dossier een uur lang lezen, na twee akkoorden",
    "act.consents_read": "het register van akkoorden: in welk dossier, tot wanneer; zonder namen",
    "act.retention_read": "zien wat weg mag en wat weg is",
    "act.retention_approve": "goedkeuren dat gegevens weg mogen",
    "act.case_hold": "zeggen dat een dossier moet blijven",
    "act.person_rights": "een kopie of het wissen van gegevens regelen, op vraag van de persoon",
    "act.system_health": "zien of het systeem werkt",
    "act.account_own": "het eigen account",
    "when.own": "eigen",
    "when.substitute": "in vervanging",
    "when.shared": "gedeeld of met een taak erin",
    "when.service": "bij de eigen dienst",
    "when.group": "in de eigen wachtrij",
    "when.neighbourhood": "netwerk en activiteiten in de eigen buurt",
    "when.team": "van het eigen team",
    "when.other": "van anderen",
    "when.none": "nieuw",
    "when.any": "altijd",
    "when.any_thing": "van iedereen in de gemeente",
    "page.title": "Wie mag wat zien?",
    "page.lead": (
        "Deze bladzijde komt uit de tabel waarmee Meernet zelf beslist (`app/engine/access.py`). "
        "Wat er niet staat, mag niet. Niemand ziet iets van een andere gemeente."
    ),
    "page.how": (
        "Schrijf ze opnieuw met `meernet access > docs/toegang.md`. Een test houdt ze gelijk met de tabel, "
        "en een andere probeert elke bladzijde met elke rol."
    ),
    "page.what": "Wat",
    "page.when": "Wanneer",
    "page.nothing": "Ziet niets van bewoners.",
    "page.council": (
        "Een raadslid of lid van het bijzonder comité heeft geen rol in Meernet en is nooit een bestemming. "
        "Een functie die een gemeente zelf toevoegt, geeft op zich geen enkel recht."
    ),
    "page.restricted": (
        "Een beperkt dossier (aanspreekpunt met `restricted`) leest alleen wie het opvolgt. "
        "Voor collega's bestaat het niet in lijsten en zoekresultaten."
    ),
    "page.emergency": (
        "Noodinzage: twee anderen geven akkoord, nooit wie het zelf vraagt. Daarna één dossier, alleen om te lezen, "
        "60 minuten. Elke keer lezen wordt genoteerd en staat op het blad van de bewoner. "
        "De functionaris gegevensbescherming kijkt het na."
    ),
    "page.wider": "Waar dit ruimer of enger is dan de matrix waarvan we vertrokken",
    "page.wider.contact": (
        "Een contactpersoon mag zoeken zoals het onthaal: die voert ook gesprekken en moet dubbels zien. "
        "De inhoud van dossiers van collega's blijft dicht."
    ),
    "page.wider.coordinator": (
        "Een coördinator komt erbij: ziet het overzicht en verdeelt werk, maar leest ook met een reden "
        "niets van anderen."
    ),
    "page.wider.neighbourhood": (
        "Een buurtzorgregisseur ziet netwerk en activiteiten van de eigen buurt. Hulp van het OCMW ziet die alleen "
        "als de contactpersoon het dossier deelt, met het akkoord van de bewoner als grond."
    ),
    "page.wider.dpo": (
        "De functionaris gegevensbescherming geeft altijd een reden, ook na een ingetrokken toestemming."
    ),
}
