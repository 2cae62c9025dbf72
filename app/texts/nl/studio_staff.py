"""Dutch words of people, contact points, absences and the calendar in the studio."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "role.resident": "Bewoner",
    "role.referrer": "Doorverwijzer",
    "role.volunteer": "Vrijwilliger",
    "role.partner": "Partner",
    "role.reception": "Onthaal",
    "role.contact": "Contactpersoon",
    "role.coordinator": "Coördinator",
    "role.team_lead": "Teamverantwoordelijke",
    "role.head_of_service": "Diensthoofd",
    "role.form_admin": "Formulierbeheerder",
    "role.system_admin": "Systeembeheerder",
    "role.dpo": "Functionaris gegevensbescherming",
    "role.policy": "Beleid",
    # a list of staff from a spreadsheet
    "csv.empty": "Er staat niets in deze lijst.",
    "csv.unknown_column": "De kolom “{name}” kennen we niet; ze wordt niet gelezen.",
    "csv.missing_column": "De kolom “{name}” ontbreekt in de eerste lijn.",
    "csv.too_many_rows": "Er staan meer dan {n} mensen in. Splits de lijst op.",
    "csv.no_name": "Vul een naam in.",
    "csv.name_long": "Deze naam is te lang. Schrijf hoogstens {n} tekens.",
    "csv.email": "“{typed}” is geen e-mailadres. Schrijf er één, zoals an@voorbeeld.be.",
    "csv.email_twice": "Dit e-mailadres staat ook op lijn {first}.",
    "csv.phone": "“{typed}” is geen telefoonnummer.",
    "csv.unknown_roles": "De rol “{typed}” bestaat niet.",
    "csv.unknown_points": "Het aanspreekpunt “{typed}” bestaat niet.",
    "csv.unknown_places": "Het dorp of de wijk “{typed}” bestaat niet.",
    "csv.places_alone": "Er staan dorpen of wijken, maar geen aanspreekpunt.",
    "csv.days": "“{typed}” zijn geen dagen. Schrijf ze zoals ma di do, of ma-vr.",
    "csv.role_not_yours": "De rol “{typed}” mag jij niet geven. Vraag het aan de systeembeheerder.",
    "csv.no_owner": "Niemand is eindverantwoordelijke. Geef eerst iemand de rol Diensthoofd of Coördinator.",
    "csv.cannot_carry": "{name} krijgt een aanspreekpunt, maar heeft geen rol om dossiers op te volgen.",
    # a pasted list of closing days
    "days.no_date": "Lijn {line}: “{typed}” begint niet met een datum. Schrijf ze zoals 02/01/2027.",
    "days.no_such_day": "Lijn {line}: de datum in “{typed}” bestaat niet.",
}
