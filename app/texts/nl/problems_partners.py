"""What can be wrong with a case for a partner, and with who hears something?"""

TEXTS: dict[str, str] = {
    "S181": "`partner:` past hier niet.",
    "S181.hint": "Zet `partner:` naast `case:`. Wat meegaat, staat bij `shares:` van het akkoord: schrap `carry:`.",
    "G461": "De partner uit `{partner}` krijgt dit zonder akkoord dat zegt wat gedeeld wordt.",
    "G461.hint": "Zet naast `partner:` een `consent:` met één akkoord, bijvoorbeeld `consent: row.akkoord`, en geef "
    "dat akkoord `shares:`.",
    "G462": "Het bericht `{message}` gaat naar `{to}`, maar dit proces weet niet wie dat is.",
    "G462.hint": "Alleen een proces dat met `case:` en `partner:` opengaat, kan een partner schrijven. Stuur het "
    "anders naar `holder`, `resident` of `referrer`.",
    "G463": "De knop `{action}` nodigt een partner uit, maar dit proces gaat over geen partner.",
    "G463.hint": "Open dit proces in `also:` met `case:` en `partner:`, of schrap `invite_partner`.",
    "G464": "Zo sluit een dossier zonder dat de verwijzer iets hoort: {path}.",
    "G464.hint": "Geef een knop op deze weg een `feedback:` aan `referrer`. Met `if:` beslist het akkoord mee.",
}
