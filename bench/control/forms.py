"""The broad intake as a static Flask-WTF class: every field written out."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, Regexp

YES_NO = [("ja", "Ja"), ("nee", "Nee")]
YES_NO_UNASKED = [*YES_NO, ("niet_besproken", "Niet besproken")]
SCORES = [
    ("niet_besproken", "Niet besproken"),
    ("gaat_goed", "Gaat goed"),
    ("kan_beter", "Kan beter"),
    ("zorgen", "Zorgen"),
    ("dringend", "Dringend"),
]
RIGHTS = [
    ("niet_besproken", "Niet besproken"),
    ("heeft_het", "Heeft het"),
    ("nakijken", "Nakijken"),
    ("aangevraagd", "Aangevraagd"),
    ("toegekend", "Toegekend"),
    ("geen_recht", "Geen recht"),
]
VILLAGES = [
    ("", "Kies"),
    ("zandlede_centrum", "Zandlede-Centrum"),
    ("oosthoek", "Oosthoek"),
    ("sint_amand_lede", "Sint-Amand-Lede"),
    ("statie", "Statie"),
    ("ter_heide", "Ter Heide"),
    ("andere_gemeente", "Andere gemeente"),
    ("geen_vast_adres", "Geen vast adres"),
]
PHONE = Regexp(r"^\+?[0-9 ./-]{8,20}$", message="Schrijf een telefoonnummer.")


def _text(label: str, hint: str = "", *, length: int = 200, needed: bool = False) -> StringField:
    first = DataRequired("Vul dit in.") if needed else Optional()
    return StringField(label, [first, Length(max=length)], description=hint)


def _note(label: str, hint: str = "", *, length: int = 2000, needed: bool = False) -> TextAreaField:
    first = DataRequired("Vul dit in.") if needed else Optional()
    return TextAreaField(label, [first, Length(max=length)], description=hint)


def _radio(label: str, choices: list[tuple[str, str]], hint: str = "", *, needed: bool = False) -> RadioField:
    first = InputRequired("Maak een keuze.") if needed else Optional()
    return RadioField(label, [first], choices=choices, description=hint)


def _score(label: str, hint: str = "") -> RadioField:
    ids = [score for score, _ in SCORES]
    return RadioField(label, [AnyOf(ids)], choices=SCORES, default="niet_besproken", description=hint)


def _right(label: str) -> RadioField:
    return RadioField(label, [Optional()], choices=RIGHTS, default="niet_besproken")


class Agreement(Form):
    """One agreement made in the talk."""

    wat = _text("Wat", needed=True)
    wie = SelectField(
        "Wie doet het", choices=[("resident", "Bewoner"), ("staff", "Wij"), ("partner", "Partner")]
    )
    tegen = DateField("Tegen wanneer", [Optional()])
    domein = SelectField(
        "Domein", choices=[("", "Kies"), ("inkomen", "Geld"), ("wonen", "Wonen"), ("werk", "Werk")]
    )


class Referral(Form):
    """One partner the resident may be referred to."""

    partner = _text("Partner")
    warm = _radio("Gaan we samen naar de partner (warm)?", YES_NO)
    akkoord = BooleanField("Ik vind het goed dat deze partner mijn vraag krijgt.")


class BroadIntake(FlaskForm):  # type: ignore[misc]
    """The whole form; field names as in the definition, dots as double underscores."""

    kanaal = _radio(
        "Hoe komt de persoon bij ons?",
        [
            ("onthaal", "Onthaal"),
            ("telefoon", "Telefoon"),
            ("email", "E-mail"),
            ("huisbezoek", "Huisbezoek"),
            ("zitdag", "Zitdag in de wijk"),
            ("doorverwijskaart", "Via een doorverwijskaart"),
        ],
        needed=True,
    )
    persoon__voornaam = _text("Voornaam", length=80)
    persoon__naam = _text("Familienaam", length=80)
    persoon__roepnaam = _text("Hoe word je graag genoemd?", "Een alias mag.", length=80, needed=True)
    persoon__geboorte = StringField(
        "Geboortedatum of geboortejaar",
        [Optional(), Regexp(r"^(\d{1,2}/){0,2}\d{4}$")],
        description="Bijvoorbeeld 1941.",
    )
    persoon__taal = _text("Welke taal spreek je het liefst?", "Alleen om een tolk te regelen.", length=60)
    persoon__tolk = _radio("Heb je een tolk nodig?", YES_NO)
    buurt = SelectField("In welk dorp of welke wijk?", choices=VILLAGES)
    straat = _text("Straat", length=120)
    huisnummer = _text("Huisnummer", length=12)
    bus = _text("Bus", length=8)
    postcode = StringField("Postcode", [Optional(), Regexp(r"^[1-9][0-9]{3}$")])
    gemeente = _text("Gemeente", length=80)
    geen_adres = BooleanField("Ik heb geen vast adres.")
    contact__tel = TelField("Telefoon", [Optional(), PHONE])
    contact__gsm = TelField("Gsm", [Optional(), PHONE])
    contact__email = EmailField("E-mail", [Optional(), Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")])
    contact__via = _text(
        "Iemand via wie we je mogen bereiken", "De naam van een buur of familielid.", length=120
    )
    contact__via_band = _text("Wie is dat voor jou?", length=80)
    contact__via_tel = TelField("Telefoon van die persoon", [Optional(), PHONE])
    contact__voorkeur = _radio(
        "Hoe contacteren we je het liefst?",
        [
            ("bellen", "Bellen"),
            ("sms", "Sms"),
            ("email", "E-mail"),
            ("brief", "Brief"),
            ("langskomen", "Langskomen"),
        ],
    )
    contact__beste_moment = SelectMultipleField(
        "Wat is het beste moment?",
        choices=[("voormiddag", "Voormiddag"), ("namiddag", "Namiddag"), ("na_17", "Na 17 uur")],
    )
    contact__beste_dagen = SelectMultipleField(
        "Op welke dagen?", choices=[("ma", "Ma"), ("di", "Di"), ("wo", "Wo"), ("do", "Do"), ("vr", "Vr")]
    )
    contact__bericht_ok = _radio("Mogen we een bericht inspreken of sms sturen?", YES_NO)
    vraag_eigen_woorden = _note(
        "Wat wil je graag bespreken of oplossen?",
        "Schrijf op in de woorden van de persoon.",
        length=5000,
        needed=True,
    )
    verwachting = _text("Wat zou je vandaag al vooruithelpen?", length=500)
    dringend = _radio("Is er vandaag nog iemand nodig?", YES_NO, needed=True)
    geldvraag = _radio("Gaat het (ook) over geld of een uitkering van het OCMW?", YES_NO_UNASKED, needed=True)
    iemand_anders = _radio("Wil je liever een andere contactpersoon dan vroeger?", YES_NO)
    inkomen = _score("Geld en rekeningen")
    inkomen_nota = _note("Wat speelt er?")
    wonen = _score("Wonen en energie")
    wonen_nota = _note("Wat speelt er?")
    gezondheid = _score("Gezondheid van je lichaam")
    gezondheid_nota = _note("Wat speelt er?")
    psychisch = _score("Hoe je je voelt")
    psychisch_nota = _note("Wat speelt er?")
    afhankelijkheid = _score("Alcohol, drugs, medicatie, gokken", "Vraag enkel als het past.")
    afhankelijkheid_nota = _note("Wat speelt er?")
    zorg_thuis = _score("Hulp thuis en mantelzorg")
    zorg_thuis_nota = _note("Wat speelt er?")
    gezin = _score("Gezin en relaties")
    gezin_nota = _note("Wat speelt er?")
    veiligheid = _score("Veilig voelen, geweld", "Alleen als je alleen met de persoon bent.")
    veiligheid_nota = _note("Wat speelt er?")
    kinderen = _score("Kinderen, opvang en school")
    kinderen_nota = _note("Wat speelt er?")
    werk = _score("Werk en opleiding")
    werk_nota = _note("Wat speelt er?")
    dagbesteding = _score("Wat je overdag doet, vrije tijd")
    dagbesteding_nota = _note("Wat speelt er?")
    netwerk = _score("Mensen om je heen, buren, ontmoeting")
    netwerk_nota = _note("Wat speelt er?")
    mobiliteit = _score("Je verplaatsen")
    mobiliteit_nota = _note("Wat speelt er?")
    papieren = _score("Papieren, post en rechten, verblijf")
    papieren_nota = _note("Wat speelt er?")
    taal_digitaal = _score("Nederlands, lezen, computer en smartphone")
    taal_digitaal_nota = _note("Wat speelt er?")
    domein_sterk = _note("Wat loopt goed? Waar ben je trots op?", "Krachten horen er ook in.")
    verhoogde_tegemoetkoming = _right("Verhoogde tegemoetkoming")
    sociaal_tarief_energie = _right("Sociaal tarief energie")
    zorgbudget_ouderen = _right("Zorgbudget voor ouderen met een zorgnood")
    zorgbudget_zorgbehoevenden = _right("Zorgbudget voor zwaar zorgbehoevenden")
    igo = _right("Inkomensgarantie voor ouderen (IGO)")
    huurpremie = _right("Huurpremie of huursubsidie")
    schooltoeslag = _right("Schooltoeslag")
    groeipakket_toeslag = _right("Sociale toeslag Groeipakket")
    verwarmingstoelage = _right("Verwarmingstoelage")
    uitpas = _right("UiTPAS met kansentarief")
    minder_mobielen_centrale = _right("Minder Mobielen Centrale")
    parkeerkaart = _right("Parkeerkaart")
    disability_card = _right("European Disability Card")
    leefloon = _right("Leefloon")
    afspraken = FieldList(FormField(Agreement), min_entries=1)
    doorverwijzen = FieldList(FormField(Referral), min_entries=1)
    samenvatting_mee = _radio(
        "Wil je een blad met de afspraken mee?", [("papier", "Papier"), ("email", "E-mail"), ("nee", "Nee")]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for one way to reach the person, as the definition's rule does."""
        valid = bool(super().validate(extra_validators))
        if not (self.contact__tel.data or self.contact__gsm.data or self.contact__email.data):
            self.contact__tel.errors = ["Geef minstens één manier om de persoon te bereiken."]
            return False
        return valid
