"""With which answers each shipped workflow is walked, and what is said behind its buttons."""

from __future__ import annotations

from tests.engine.shipped_lives import Json

WISH: Json = {"lukt.tuin": "hulp_gewenst"}
CHANNEL: Json = {"kanaal_website": True}
FORMS: dict[str, tuple[str, tuple[Json, ...]]] = {
    "warme_doorverwijzing": (
        "doorverwijskaart",
        (
            {"persoon.geboorte": 1941, "buurt": "oosthoek", "zorgen": ["eenzaam"], "dringend": "ja"},
            {
                "buurt": "statie",
                "zorgen": ["wonen"],
                "dringend": "ja",
                "akkoord_terug": True,
                "verwijzer.email": "huisarts@zandlede.example",
            },
            {"buurt": "andere_gemeente", "zorgen": ["andere"], "dringend": "ja"},
        ),
    ),
    "brede_intake": (
        "brede_intake",
        ({"dringend": "nee", "geldvraag": "nee", "domeinen.wonen": "zorgen", "domeinen.kinderen": "zorgen"},),
    ),
    "wettelijke_termijn": ("brede_intake", ({"dringend": "nee", "geldvraag": "ja"},)),
    "verwijzing_naar_partner": ("brede_intake", ({"dringend": "nee", "geldvraag": "nee"},)),
    "vrijwilligerstaak": (
        "vrijwilligerstaak",
        ({"wat": "Voorlezen", "organisatie": "Bibliotheek", "contact_tel": "0400 00 00 71"},),
    ),
    "vrijwilligerstraject": (
        "vrijwilligersintake",
        (
            {"inkomen_statuut": "nee", "informatienota": True},
            {"inkomen_statuut": "ziekenfonds", "minderjarigen": "ja"},
            {"inkomen_statuut": "werkloosheid"},
            {"inkomen_statuut": "leefloon"},
        ),
    ),
    "actiefiche": (
        "actiefiche",
        (
            {
                "buurt": "oosthoek",
                "start": "2027-01-11",
                "einde": "2027-12-17",
                "partners": [{"naam": "De dorpsraad"}],
            },
        ),
    ),
    "afspraak": ("meewerken", ({"organisatie": "Bakkerij", "buurt": "statie"},)),
    "belgesprek": (
        "belgesprek",
        (
            {"resultaat": "gesprek", "mag_door": "ja", "vervolg": "nee", **WISH},
            {"resultaat": "gesprek", "vervolg": "wekelijks", **WISH},
            {"resultaat": "gesprek", "vervolg": "tweewekelijks", "gezelschap_zelf": "ja", **WISH},
            {"resultaat": "gesprek", "vervolg": "maandelijks", **WISH},
            {"resultaat": "gesprek", "vervolg": "eenmalig", "vervolg_weken": 3, **WISH},
            {"resultaat": "gesprek", "vervolg": "nee", "sfeer": "veel"},
            {"resultaat": "geen_antwoord"},
            {"resultaat": "bel_terug", "terugbel": "2026-11-20"},
            {"resultaat": "overleden"},
        ),
    ),
    "buurtplan": ("buurtplan", ({"naam": "Samen", "buurt": "oosthoek"},)),
    "buurtactiviteit": (
        "buurtactiviteit",
        (
            {
                "datum": "2027-05-29",
                "steun_euro": "ja",
                "plaats": "zaal",
                "activiteit": "Feest",
                "plaats_naam": "Zaal",
            },
            {"datum": "2026-11-20", "steun_euro": "nee", "activiteit": "Feest", "plaats_naam": "Zaal"},
        ),
    ),
    "bijeenkomst": ("bijeenkomst", ({"datum": "2026-12-03"},)),
    "buurtgesprek": ("buurtgesprek", ({"type_gesprek": "straat", "buurt": "oosthoek"},)),
    "buurtgezel": (
        "buurtgezel",
        ({"soort": "zoek", "buurt": "oosthoek"}, {"soort": "bied", "buurt": "oosthoek"}),
    ),
    "buurtsignaal": (
        "buurtsignaal",
        (
            {"soort": "de_buurt", "buurt": "oosthoek"},
            {"soort": "persoon", "persoon_akkoord": "nee", "buurt": "oosthoek"},
            {"soort": "persoon", "persoon_akkoord": "ja", "buurt": "oosthoek"},
        ),
    ),
    "dag_van_de_buren": (
        "dag_van_de_buren",
        ({"buurt": "oosthoek", "later": True}, {"buurt": "oosthoek", "later": False}),
    ),
    "gespreksronde": (
        "gespreksronde",
        ({"buurt": "oosthoek", "van": "2026-11-09", "tot": "2026-12-18", "doel": 5},),
    ),
    "huisbezoek_contact": ("huisbezoek_contact", ({"buurt": "oosthoek", "dringend": "ja"},)),
    "klacht": ("klacht", ({"wat": "Niet teruggebeld"},)),
    "mdc_inschrijving": (
        "mdc_inschrijving",
        ({"sessie": "MS-2026-00001", "bel_mij": True},),
    ),
    "mdc_sessie": ("mdc_sessie", ({"datum": "2026-12-18", "inschrijven_tot": "2026-12-14"},)),
    "microproject": ("microproject", ({"naam": "Bus", "van": "2027-01-12"},)),
    "netwerkmoment": ("netwerkmoment", ({"bijeenkomst": "LB-2026-00001"},)),
    "nood_of_kans": (
        "nood_of_kans",
        (
            {"titel": "Winkel", "dorp": "statie", "professioneel": "nee"},
            {"titel": "Brieven", "dorp": "statie", "professioneel": "ja"},
        ),
    ),
    "trajectplan": ("trajectplan", ({"voor_wie": "straat", "volgend_moment": "2026-11-20"},)),
    "partner_aanmelding": ("partner_aanmelding", ({"organisatie": "Gezinszorg"},)),
    "privacyvraag": ("privacyvraag", ({"wat": ["inzage"]},)),
    "toegankelijkheid": ("toegankelijkheid", ({"waar": "website"},)),
    "verhaal": (
        "verhaal",
        (
            {"herkenbaar": "nee", "bewerken": "ja", **CHANNEL},
            {"herkenbaar": "nee", "bewerken": "nee", **CHANNEL},
        ),
    ),
    "impactmeting": ("impactmeting", ({"buurt": "oosthoek", "moment": "t0"},)),
    "zelfevaluatie": ("zelfevaluatie", ({"kader": "c_visie", "fase": "planning"},)),
    "zorgzame_buur": ("zorgzame_buur", ({"buurt": "oosthoek"},)),
}

NOTHING: Json = {}
TOLD = ("inkomen_statuut", "informatienota.gelezen")
"""What makes two cases in one state go on differently."""
SAID: dict[str, tuple[Json, ...]] = {
    "voortgang_actie": (
        {"status": "klaar"},
        {"status": "gestopt"},
        {"status": "vertraagd", "beslissing_nodig": "ja", "wat_beslissen": "De bus", "wie_beslist": "Wij"},
        {"status": "op_schema", "beslissing_nodig": "nee"},
    ),
    "informatienota": ({"gelezen": True, "hoe": "samen"},),
    "rapport_buurtanalyse": (
        {
            "samenvatting": "Goed",
            "aandachtspunt_1": "De bus",
            "aandachtspunt_2": "Wie",
            "aandachtspunt_3": "Een bank",
        },
    ),
}
"""What is filled in behind a button where the way on depends on it."""
