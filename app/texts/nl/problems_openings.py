"""What can be wrong with a form that is quick, warns, or is open for a part of the year?"""

TEXTS: dict[str, str] = {
    "S260": "Dit formulier is te lang voor `quick:`: er staan {number} vragen in beeld.",
    "S260.hint": "Hou er hoogstens {most} over. Wat niet nodig is, zet je achter een knop met `show_after:`.",
    "S261": "Dit formulier vraagt te veel voor `quick:`: {number} vragen zijn verplicht.",
    "S261.hint": "Maak er hoogstens {most} verplicht. De rest kan je later nog vragen.",
    "S262": "`{id}` past niet in een formulier met `quick: true`: dat vult niemand in enkele tikken in.",
    "S262.hint": "Kies een vraag met hoogstens {most} antwoorden, een korte tekst, een telefoonnummer of een foto.",
    "S263": "`quick:` werkt niet bij een formulier achter een knop of in een gesprek.",
    "S263.hint": "Schrap `quick:`.",
    "S264": "`{text}` is geen dag van het jaar.",
    "S264.hint": "Schrijf `1 january`, `last friday of may`, `3 weeks before last friday of may` of `2027-01-04`.",
    "S265": "De ene dag heeft een jaartal, de andere niet.",
    "S265.hint": "Geef beide een jaartal, of geen van beide: dan opent het formulier elk jaar opnieuw.",
    "S266": "`opens:` werkt alleen bij een formulier dat een dossier opent.",
    "S266.hint": "Schrap `opens:`.",
    "S267": "Het formulier sluit voor het opent.",
    "S267.hint": "Zet de eerste dag bij `from:` en de laatste bij `until:`.",
    "S268": "De knop `{name}` zet geen mijlpaal. Dan kan iemand twee keer herinnerd worden.",
    "S268.hint": "Zet er `marks:` bij, zoals `marks: herinnerd`.",
}
